package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.carillon.Seeded;
import org.carillon.template.TextDiff.Kind;
import org.carillon.template.TextDiff.Piece;
import org.junit.jupiter.api.Test;

/** What became of a text, as its history shows it (P-37). */
class TextDiffTest {

    private static String shown(List<Piece> pieces) {
        return pieces.stream().map(p -> switch (p.kind()) { case SAME -> p.text(); case GONE -> "[-" + p.text() + "-]"; case NEW -> "[+" + p.text() + "+]"; })
            .collect(Collectors.joining());
    }

    private static String side(List<Piece> pieces, Kind other) {
        return pieces.stream().filter(p -> p.kind() != other).map(Piece::text).collect(Collectors.joining());
    }

    @Test void showsWordsThatChanged() {
        assertEquals("Bonjour {customer.name}, votre [-auto-][+véhicule+] est [-prête-][+prêt+].",
            shown(TextDiff.between("Bonjour {customer.name}, votre auto est prête.", "Bonjour {customer.name}, votre véhicule est prêt.")));
    }

    @Test void tellsAPhraseAsAPhrase() {
        assertEquals("Votre [-auto rouge-][+camion bleu+] est là", shown(TextDiff.between("Votre auto rouge est là", "Votre camion bleu est là")));
    }

    @Test void takesAPlaceholderAsOneWord() {
        assertEquals("Bonjour [-{customer.name}-][+{customer.first_name | client}+]!", shown(TextDiff.between("Bonjour {customer.name}!", "Bonjour {customer.first_name | client}!")));
    }

    @Test void knowsNothingAndEverything() {
        assertEquals(List.of(), TextDiff.between("", ""));
        assertEquals("[+Bonjour+]", shown(TextDiff.between("", "Bonjour")));
        assertEquals("[-Bonjour-]", shown(TextDiff.between("Bonjour", "")));
        assertEquals("Bonjour", shown(TextDiff.between("Bonjour", "Bonjour")));
    }

    @Test void cutsWhatStayedFarFromAChange() {
        String start = "Une longue introduction qui ne change pas d’une version à l’autre, ";
        assertEquals("… à l’autre, [-oui-][+non+]", shown(TextDiff.brief(start + "oui", start + "non", 12)));
    }

    @Test void staysQuickOnLongTexts() {
        String a = "mot ".repeat(2500) + "fin";
        String b = "autre " + "mots ".repeat(2500) + "fin!";
        List<Piece> pieces = TextDiff.between(a, b);
        assertEquals(a, side(pieces, Kind.NEW));
        assertEquals(b, side(pieces, Kind.GONE));
    }

    @Test void losesNothingOfEitherText() {
        List<String> words = List.of("a", "b", " ", "\n", "{x}", "é", "😀", ".", "  ");
        Seeded.run(2000, random -> {
            String a = random.ints(random.nextInt(12), 0, words.size()).mapToObj(words::get).collect(Collectors.joining());
            String b = random.ints(random.nextInt(12), 0, words.size()).mapToObj(words::get).collect(Collectors.joining());
            List<Piece> pieces = TextDiff.between(a, b);
            assertEquals(a, side(pieces, Kind.NEW), () -> a + " -> " + b);
            assertEquals(b, side(pieces, Kind.GONE), () -> a + " -> " + b);
            assertTrue(pieces.stream().noneMatch(p -> p.text().isEmpty()));
        });
    }
}
