package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("1.5: what a receipt tells of its message is compared where it can be")
class LikenessTest {

    private static Optional<Boolean> expected(String word) { return "?".equals(word) ? Optional.empty() : Optional.of("yes".equals(word)); }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({"+15145550100,15145550100,yes", "+15145550100,0015145550100,yes", "+15145550100,5145550100,yes", "+33612345678,0612345678,yes", "15145550100,+15145550101,no",
        "12345,12345,yes", "12345,15145512345,no", "Garage Roy,GARAGE ROY,yes", "Réno,Reno,yes", "Garage,Pneus,no", "Garage,15145550100,?", "+15145550100,Garage,?", "'',15145550100,?",
        "+15145550100,'',?"})
    void comparesSenders(String ours, String theirs, String answer) { assertEquals(expected(answer), Likeness.source(ours, theirs)); }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "Votre véhicule est prêt. À bientôt.,Votre véhicule est p,yes",
        "Votre véhicule est prêt. À bientôt.,Votre vehicule est p,yes",
        "Votre véhicule est prêt. À bientôt.,Votre v?hicule est p,yes",
        "Votre véhicule est prêt. À bientôt.,Votre vÃ©hicule est,yes",
        "Votre véhicule est prêt. À bientôt.,Votre,yes",
        "Votre véhicule est prêt. À bientôt.,Votre commande est p,no",
        "Votre véhicule est prêt. À bientôt.,Votre véhicule 12 es,no",
        "Prêt à 17 h,Prêt à 17 h 30 chez,no",
        "Prêt à 17 h,PRET A 17 H,yes",
        "Code 4821,Code 4822,no",
        "Total 100 € comptant,Total 100 e comptant,no",
        "Votre véhicule,null,?",
        "Votre véhicule,DELIVRD,?",
        "Votre véhicule,566F7472652076,?",
        "Votre véhicule,'',?",
        "Votre véhicule,Vo,?",
        "Готово в 17 ч,1704,?",
        "👍👍👍👍👍👍👍👍👍👍 merci beaucoup,????????????????????,?"})
    void comparesBeginnings(String ours, String theirs, String answer) { assertEquals(expected(answer), Likeness.beginning(ours, theirs)); }
}
