package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.carillon.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SmsTextTest {

    private static final String EMOJI = "😀";
    private static final List<String> ALPHABETS = List.of("abc XYZ 0123 éèà", "abc{}[]€~|^\\", "êç’«» abc", EMOJI + "a🚗ê", "\n@£Δ€");

    static Stream<Arguments> vectors() {
        return Stream.of(
            vector("160 x A", "A".repeat(160), false, 160, 1), vector("161 x A", "A".repeat(161), false, 161, 2),
            vector("306 x A", "A".repeat(306), false, 306, 2), vector("307 x A", "A".repeat(307), false, 307, 3),
            vector("80 x €", "€".repeat(80), false, 160, 1), vector("81 x €", "€".repeat(81), false, 162, 2),
            vector("152A+€+152A", "A".repeat(152) + "€" + "A".repeat(152), false, 306, 3),
            vector("70 x ê", "ê".repeat(70), true, 70, 1), vector("71 x ê", "ê".repeat(71), true, 71, 2),
            vector("134 x ê", "ê".repeat(134), true, 134, 2), vector("135 x ê", "ê".repeat(135), true, 135, 3),
            vector("35 emoji", EMOJI.repeat(35), true, 70, 1), vector("36 emoji", EMOJI.repeat(36), true, 72, 2),
            vector("67 emoji", EMOJI.repeat(67), true, 134, 3), vector("66ê+emoji+3ê", "ê".repeat(66) + EMOJI + "êêê", true, 71, 2),
            vector("a French sentence", "Votre véhicule est à récupérer à 17 h", false, 37, 1),
            vector("€ alone is two septets", "€", false, 2, 1), vector("€ beside ê is one unit", "€ê", true, 2, 1),
            vector("brackets beside ê count once", "[]{}ê", true, 5, 1), vector("prête forces UCS-2", "Votre voiture est prête", true, 23, 1),
            vector("nothing", "", false, 0, 0));
    }

    private static Arguments vector(String name, String text, boolean ucs2, int units, int segments) { return Arguments.of(name, text, ucs2, units, segments); }

    @ParameterizedTest(name = "MSG-03, P-14: {0}") @MethodSource("vectors")
    void countsAsTheNetworkDoes(String name, String text, boolean ucs2, int units, int segments) {
        SmsText sms = SmsText.of(text, Alphabet.GSM7);
        assertEquals(ucs2, sms.ucs2());
        assertEquals(units, sms.units());
        assertEquals(segments, sms.segments());
        assertPartsAreWhole(sms, Alphabet.GSM7);
    }

    @Test
    void namesTheCharactersThatForceUcs2OnceEach() {
        assertEquals(List.of("ê", "’", "😀"), SmsText.of("prête, l’été’s ê 😀 à", Alphabet.GSM7).forcing());
        assertEquals(List.of(), SmsText.of("é è à ù {€}", Alphabet.GSM7).forcing());
    }

    static Stream<Arguments> routes() {
        return Stream.of(
            Arguments.of("160 x ç", Alphabet.GSM7_CEDILLA, "ç".repeat(160), false, 160, 1), Arguments.of("161 x ç", Alphabet.GSM7_CEDILLA, "ç".repeat(161), false, 161, 2),
            Arguments.of("ç on the usual route", Alphabet.GSM7, "ça", true, 2, 1), Arguments.of("ê all the same", Alphabet.GSM7_CEDILLA, "çê", true, 2, 1),
            Arguments.of("140 x ê", Alphabet.LATIN1, "ê".repeat(140), false, 140, 1), Arguments.of("141 x ê", Alphabet.LATIN1, "ê".repeat(141), false, 141, 2),
            Arguments.of("268 x ç", Alphabet.LATIN1, "ç".repeat(268), false, 268, 2), Arguments.of("269 x ç", Alphabet.LATIN1, "ç".repeat(269), false, 269, 3),
            Arguments.of("brackets need no escape", Alphabet.LATIN1, "{[]}~|^\\@«»", false, 11, 1), Arguments.of("€ is not Latin-1", Alphabet.LATIN1, "€", true, 1, 1),
            Arguments.of("Δ is not Latin-1", Alphabet.LATIN1, "Δ".repeat(71), true, 71, 2), Arguments.of("œ is not Latin-1", Alphabet.LATIN1, "œ", true, 1, 1));
    }

    @ParameterizedTest(name = "MSG-01, MSG-06: {0} by {1}") @MethodSource("routes")
    void countsInTheAlphabetOfTheRoute(String name, Alphabet route, String text, boolean ucs2, int units, int segments) {
        SmsText sms = SmsText.of(text, route);
        assertEquals(ucs2, sms.ucs2());
        assertEquals(units, sms.units());
        assertEquals(segments, sms.segments());
        assertPartsAreWhole(sms, route);
    }

    @Test @DisplayName("MSG-06: of all 1,114,112 code points Latin-1 takes its 191 that can be seen or are spaces, and the line feed")
    void latin1IsScanned() {
        assertEquals(192, java.util.stream.IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(Alphabet.LATIN1::encodable).count());
    }

    @Test @DisplayName("MSG-03, MSG-04: on 10,000 random texts the parts fit, join to the text and split no pair")
    void randomTextsSplitWell() {
        Seeded.run(10_000, random -> {
            int[] alphabet = Seeded.oneOf(random, ALPHABETS).codePoints().toArray();
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(700), 0, alphabet.length).forEach(i -> text.appendCodePoint(alphabet[i]));
            for (Alphabet route : Alphabet.values()) {
                assertPartsAreWhole(SmsText.of(text.toString(), route), route);
            }
        });
    }

    private static void assertPartsAreWhole(SmsText sms, Alphabet route) {
        assertEquals(sms.text(), String.join("", sms.parts()));
        int room = sms.ucs2() ? (sms.segments() == 1 ? 70 : 67) : (sms.segments() == 1 ? route.alone() : route.part());
        for (String part : sms.parts()) {
            int size = sms.ucs2() ? part.length() : route.encode(part).length;
            assertTrue(size > 0 && size <= room, () -> size + " units in a segment");
            assertFalse(Character.isLowSurrogate(part.charAt(0)) || Character.isHighSurrogate(part.charAt(part.length() - 1)), "split surrogates");
        }
        int least = (sms.units() + room - 1) / room;
        assertTrue(sms.segments() >= least, "fewer segments than units allow");
    }
}
