package org.carillon.web.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.carillon.Seeded;
import org.carillon.fact.Channel;
import org.carillon.template.Alphabet;
import org.carillon.template.CleanText;
import org.carillon.template.Renderer;
import org.carillon.template.Rendering;
import org.carillon.template.SmsMode;
import org.carillon.template.Imprint;
import org.carillon.template.SmsText;
import org.carillon.template.TemplateText;
import org.carillon.web.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the editor counts while one types is what the gateway will send (MSG-04): its script against the Java that sends. */
class EditorIT {

    private static final String[] LETTERS = {"a", "é", "ê", "ç", "€", "{", "}", "[", "]", "|", "~", "’", "«", "»", "\u00A0", "\u202F", "…", "œ", "–", "😀", "字", "É", "\n", "\r\n",
        "\t", "\u0000", "\u200E", "\u0301", "ﬁ", "½", "·", "Ω", "ñ", "Å", " ", "mot ", "ligature ", "\u00AD", "ŀ", "\uD83D", "\f", "\\", "^", "@", "{ a }", "{b | x}", "{{", "}}"};
    private static Browser browser;

    @BeforeAll static void load() throws IOException {
        browser = Browser.open(URI.create("about:blank"), "fr");
        browser.driver().get("about:blank");
        browser.driver().executeScript(Files.readString(Path.of("src/main/webapp/resources/carillon/carillon.js")));
    }

    @AfterAll static void close() { browser.close(); }

    @Test @DisplayName("MSG-01, MSG-02, MSG-03, MSG-04: the script counts random texts as SmsText does, in every mode and alphabet")
    void countsAsTheGatewayDoes() { Seeded.run(1, EditorIT::compareCounts); }

    private static void compareCounts(Random random) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            texts.add(text(random, 1 + random.nextInt(i % 10 == 0 ? 400 : 60)));
        }
        for (Alphabet route : Alphabet.values()) {
            Stream.of(SmsMode.values()).forEach(mode -> compareCounts(texts, mode, route));
        }
    }

    private static void compareCounts(List<String> texts, SmsMode mode, Alphabet route) {
        List<?> counted = inBrowser("var r = '" + route + "', s = Carillon.mode('" + mode + "', Carillon.clean(t), r), m = Carillon.measure(s, r); "
            + "return [s, m.units, m.segments, m.ucs2, m.forcing.join('')].join('#');", texts);
        for (int i = 0; i < texts.size(); i++) {
            SmsText sms = SmsText.of(texts.get(i), mode, route);
            assertEquals(String.join("#", sms.text(), "" + sms.units(), "" + sms.segments(), "" + sms.ucs2(), String.join("", sms.forcing())), counted.get(i), mode + " " + route);
        }
    }

    @Test @DisplayName("MSG-04, LAW-06, LAW-23: the script adds who writes and how to stop as the renderer does")
    void signsAsTheRendererDoes() {
        Imprint imprint = new Imprint("Garage Léo & Fils", "1 rue Masson", "leo.example/offres", "", true);
        List<String> texts = List.of("Rabais", "GARAGE LEO, FILS : rabais", "Garage Leo-fils. Stop !", "Garage Léoo fils, nonstop", "leo example offres STOP", "Ｓｔｏｐ", "x".repeat(200));
        List<?> signed = inBrowser("return Carillon.sign(t, {before: [['Garage Léo & Fils', 'Garage Léo & Fils: ']], after: [['leo.example/offres', 'leo.example/offres'], "
            + "['STOP', 'STOP pour ne plus en recevoir.']], gap: '\\n'});", texts);
        for (int i = 0; i < texts.size(); i++) {
            Rendering rendered = Renderer.render(TemplateText.parse(texts.get(i)), imprint, Map.of(), "fr", "CA", Channel.SMS, 0, SmsMode.KEEP, Alphabet.GSM7);
            assertEquals(((Rendering.Rendered) rendered).text(), signed.get(i), texts.get(i));
        }
    }

    @Test @DisplayName("MSG-04, KI-12, KI-13: the script fills in fields and fallbacks as the renderer does")
    void fillsInAsTheRendererDoes() { Seeded.run(1, EditorIT::compareTexts); }

    private static void compareTexts(Random random) {
        Map<String, String> values = new HashMap<>(Map.of("a", "Sophie’s {b} 😀", "c", "x"));
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            sources.add(text(random, 1 + random.nextInt(12)));
        }
        List<?> filled = inBrowser("return Carillon.clean(Carillon.fill(Carillon.parse(t), {a: 'Sophie’s {b} 😀', c: 'x', b: null}));", sources);
        int rendered = 0;
        for (int i = 0; i < sources.size(); i++) {
            Rendering rendering = Renderer.render(TemplateText.parse(sources.get(i)), values, "fr", "CA", Channel.EMAIL, 0);
            if (rendering instanceof Rendering.Rendered text) {
                rendered++;
                assertEquals(CleanText.of(text.text()), filled.get(i), sources.get(i));
            }
        }
        assertTrue(rendered > 1_000, "only " + rendered + " could be rendered");
    }

    /** Texts travel as numbers, because the wire of the driver takes no lone surrogates. */
    private static List<?> inBrowser(String body, List<String> texts) {
        return (List<?>) browser.driver().executeScript("return arguments[0].map(function (codes) { var t = String.fromCharCode.apply(null, codes); " + body + " });",
            texts.stream().map(text -> text.chars().boxed().toList()).toList());
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(8) == 0 ? Character.toString(0x20 + random.nextInt(0x2E0)) : LETTERS[random.nextInt(random.nextInt(4) == 0 ? LETTERS.length : 2)]);
        }
        return text.toString();
    }
}
