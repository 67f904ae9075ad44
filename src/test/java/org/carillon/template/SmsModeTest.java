package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import org.carillon.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsModeTest {

    @ParameterizedTest(name = "MSG-02 TYPO: {0} -> {1}") @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        L’auto, ‘la vôtre’.              | L’auto, ‘la vôtre’.
        L’auto d‘Anne                    | L'auto d'Anne
        Dites “oui” ou « non »           | Dites "oui" ou " non "
        8\u00A0h\u202F00\u200930         | 8 h 00 30
        lundi–jeudi — fermé              | lundi-jeudi - fermé
        À suivre…                        | À suivre…
        Bientôt…                         | Bientôt…
        Et voilà…                        | Et voilà...
        Votre œuvre, ŒUVRE               | Votre oeuvre, OEUVRE
        Prête 😀 l’auto                  | Prête 😀 l’auto
        l’auto 😀                        | l’auto 😀
        un ` reste                       | un ` reste
        """)
    void typographyBecomesPlainWhereThatKeepsGsm7(String text, String sent) { assertEquals(sent, SmsMode.TYPO.apply(text, Alphabet.GSM7)); }

    @ParameterizedTest(name = "MSG-02 FOLD: {0} -> {1}") @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        Votre vélo est prêt, ça va ?     | Votre vélo est pret, ca va ?
        À bientôt, « Noël » à l’Île      | A bientot, " Noel " à l'Ile
        n° 12, ½ × 3, © ®                | no 12, 1/2 x 3, (c) (R)
        Łódź, Dvořák, þorn               | Lodz, Dvorak, thorn
        prête 😀                         | prête 😀
        """)
    void foldingDropsTheAccentsThatGsm7Lacks(String text, String folded) {
        assertEquals(text, SmsMode.KEEP.apply(text, Alphabet.GSM7));
        assertEquals(folded, SmsMode.FOLD.apply(text, Alphabet.GSM7));
    }

    @Test @DisplayName("MSG-02: FOLD makes GSM-7 of every Latin-1 and Latin Extended-A character")
    void foldCoversLatin() {
        for (int c = 0x20; c <= 0x17F; c++) {
            if (!Character.isISOControl(c)) {
                String folded = SmsMode.FOLD.apply(Character.toString(c), Alphabet.GSM7);
                assertTrue(Alphabet.GSM7.encodable(folded), Integer.toHexString(c) + " " + folded);
            }
        }
    }

    @Test @DisplayName("MSG-02: 10,000 random texts: FOLD and TYPO are idempotent, and a changed text is GSM-7")
    void idempotent() {
        int[] latin = (" abcdefg’‘“”–—…«»œŒ\u00A0\u202F\u2009" + "êçàéèûîïôÀÊ".repeat(2) + "ΔЖ😀字").codePoints().toArray();
        Seeded.run(10_000, random -> {
            StringBuilder made = new StringBuilder();
            int reach = latin.length - (random.nextBoolean() ? 4 : 0);
            random.ints(random.nextInt(60), 0, reach).forEach(i -> made.appendCodePoint(latin[i]));
            String text = made.toString();
            for (SmsMode mode : SmsMode.values()) {
                String once = mode.apply(text, Alphabet.GSM7);
                assertEquals(once, mode.apply(once, Alphabet.GSM7));
                assertTrue(once.equals(text) || Alphabet.GSM7.encodable(once));
            }
            assertTrue(SmsMode.FOLD.apply(text, Alphabet.GSM7).equals(text) || !SmsText.of(SmsMode.FOLD.apply(text, Alphabet.GSM7), Alphabet.GSM7).ucs2());
        });
    }

    @ParameterizedTest(name = "MSG-01, MSG-02 {0} by {1}: {2} -> {3}") @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        FOLD | GSM7_CEDILLA | Votre vélo est prêt, ça va ?   | Votre vélo est pret, ça va ?
        TYPO | GSM7_CEDILLA | L’auto, ça va                  | L'auto, ça va
        TYPO | LATIN1       | L’auto est prête, « ça va »    | L'auto est prête, « ça va »
        FOLD | LATIN1       | Łódź, ŒUVRE prête              | Lódz, OEUVRE prête
        FOLD | LATIN1       | 5 € de l’œuvre                 | 5 € de l’œuvre
        """)
    void changesOnlyWhatTheRouteCannotSay(SmsMode mode, Alphabet route, String text, String sent) { assertEquals(sent, mode.apply(text, route)); }

    @Test @DisplayName("MSG-10: NFC, LF, no lone surrogates, controls or bidi controls")
    void cleansText() {
        assertEquals("été\nb\nc\n", CleanText.of("e\u0301te\u0301\r\nb\rc\n"));
        assertEquals("ab c", CleanText.of("a\u0000\u0007\u001B\u007F\u0085\u009Fb\tc"));
        assertEquals("abc😀", CleanText.of("a\uD83Db\uDE00c😀"));
        assertEquals("abcdef", CleanText.of("a\u202Eb\u200Fc\u2066d\u061Ce\u2069f"));
        assertEquals("é", CleanText.of("e\u200E\u0301"), "what a removed control kept apart composes");
    }

    @Test @DisplayName("MSG-10: 10,000 random strings come out clean, once and for all")
    void cleansAnything() {
        Seeded.run(10_000, random -> {
            StringBuilder raw = new StringBuilder();
            random.ints(random.nextInt(80)).forEach(i -> raw.append((char) (i % 3 == 0 ? i : Math.floorMod(i, 0x250))));
            String clean = CleanText.of(raw.toString());
            assertEquals(clean, CleanText.of(clean));
            assertTrue(Normalizer.isNormalized(clean, Normalizer.Form.NFC));
            assertFalse(clean.codePoints().anyMatch(c -> c != '\n' && (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)));
        });
    }
}
