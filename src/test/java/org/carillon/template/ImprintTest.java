package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.carillon.fact.Channel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImprintTest {

    private static final Imprint GARAGE = new Imprint("Garage Rosemont", "1 rue Masson, Montréal", "rosemont.example", "", true);

    private static String sms(Imprint imprint, String text, String language, int most) {
        Rendering rendering = Renderer.render(TemplateText.parse(text), imprint, Map.of("company.name", "Garage Rosemont", "customer.name", "Anne ".repeat(60)), language, "CA", Channel.SMS,
            most, SmsMode.TYPO, Alphabet.GSM7);
        return rendering instanceof Rendering.Rendered r ? r.text() : rendering.toString();
    }

    @ParameterizedTest @DisplayName("LAW-05, LAW-06, LAW-07, LAW-23: an SMS names the shop, where to reach it and how to stop; what it says itself is not said twice")
    @CsvSource(delimiter = '|', value = {
        "Rabais de 10 %|fr|Garage Rosemont: Rabais de 10 %/rosemont.example/STOP pour ne plus en recevoir.",
        "10% off|en|Garage Rosemont: 10% off/rosemont.example/Reply STOP to opt out.",
        "{company.name} : rabais. STOP pour arrêter|fr|Garage Rosemont : rabais. STOP pour arrêter/rosemont.example",
        "Au GARAGE ROSEMONT, rabais ! Voyez rosemont.example|fr|Au GARAGE ROSEMONT, rabais ! Voyez rosemont.example/STOP pour ne plus en recevoir.",
        "Un rabais non-stop|fr|Garage Rosemont: Un rabais non-stop/rosemont.example/STOP pour ne plus en recevoir.",
        "Stop by this week: 20% off|en|Garage Rosemont: Stop by this week: 20% off/rosemont.example/Reply STOP to opt out."})
    void saysWhoWritesAndHowToStop(String text, String language, String expected) {
        assertEquals(expected.replace('/', '\n'), sms(GARAGE, text, language, 3));
    }

    @Test @DisplayName("LAW-07: a sender that nobody can answer names the number for STOP, or lacks it")
    void namesTheNumberForStop() {
        Imprint named = new Imprint("Bercy", "2 rue de Bercy", "bercy.example", "36179", false);
        assertEquals("Bercy: Soldes\nbercy.example\nSTOP au 36179", sms(named, "Soldes", "fr", 3));
        assertEquals(List.of("STOP"), new Imprint("Bercy", "2 rue de Bercy", "bercy.example", "", false).lacks(Channel.SMS));
        assertEquals(List.of(), new Imprint("Bercy", "2 rue de Bercy", "bercy.example", "", false).lacks(Channel.EMAIL));
        assertEquals(List.of("NAME", "ADDRESS", "CONTACT"), new Imprint("", " ", null, "", true).lacks(Channel.SMS));
    }

    @Test @DisplayName("LAW-06: an e-mail carries name, postal address and contact")
    void signsAnEmail() {
        assertEquals(new Rendering.Rendered("Bonjour\n\nGarage Rosemont\n1 rue Masson, Montréal\nrosemont.example"),
            Renderer.render(TemplateText.parse("Bonjour"), GARAGE, Map.of(), "fr", "CA", Channel.EMAIL, 0, SmsMode.TYPO, Alphabet.GSM7));
    }

    @Test @DisplayName("MSG-04, MSG-07: it is counted, and kept whole where values are cut")
    void isCountedAndKept() {
        String text = sms(GARAGE, "Rabais, {customer.name}", "fr", 1);
        assertEquals(1, SmsText.of(text, Alphabet.GSM7).segments());
        assertEquals(true, text.startsWith("Garage Rosemont: Rabais, Anne") && text.endsWith("...\nrosemont.example\nSTOP pour ne plus en recevoir."), text);
        assertEquals(new Rendering.TooLong(2, 1).toString(), sms(GARAGE, "x".repeat(130), "fr", 1));
    }
}
