package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Gsm7Test {

    private static final Set<Integer> ENCODABLE = IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(Gsm7.STANDARD::encodable).boxed().collect(Collectors.toSet());

    @Test @DisplayName("MSG-01: of all 1,114,112 code points 127 + 10 are encodable, and each comes back")
    void everyCodePointIsScanned() {
        assertEquals(137, ENCODABLE.size());
        assertEquals(10, ENCODABLE.stream().filter(c -> Gsm7.STANDARD.septets(c) == 2).count());
        ENCODABLE.forEach(c -> assertEquals(Character.toString(c), Gsm7.decode(Gsm7.STANDARD.encode(Character.toString(c)))));
    }

    @Test @DisplayName("MSG-01: a septet is one byte below 128, an escape pair two")
    void encodesWithEscapePairs() {
        assertArrayEquals(HexFormat.of().parseHex("000102" + "1b65" + "1b281b29" + "1b3c1b3e" + "1b3d" + "1b2f" + "1b40" + "1b14" + "0a" + "7f"),
            Gsm7.STANDARD.encode("@£$€{}[]~\\|^\nà"));
    }

    @Test @DisplayName("MSG-01: lower-case ç, ê and ’ are not encodable, é è à ù ì ò Ç É are")
    void frenchLettersAsTheTableHasThem() {
        "çêâîôûëïœÀÈÊÙ«»’–…\u00A0\u202F`".codePoints().forEach(c -> assertFalse(Gsm7.STANDARD.encodable(c), Character.toString(c)));
        "éèàùìòÇÉäöüñåæø€".codePoints().forEach(c -> assertTrue(Gsm7.STANDARD.encodable(c), Character.toString(c)));
        assertThrows(IllegalArgumentException.class, () -> Gsm7.STANDARD.encode("ça"));
    }

    @Test @DisplayName("MSG-01: decode(encode(x)) = x on 10,000 random texts")
    void everyTextComesBack() {
        var alphabet = ENCODABLE.stream().sorted().toList();
        Seeded.run(10_000, random -> {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(400)).forEach(i -> text.appendCodePoint(alphabet.get(Math.floorMod(i, alphabet.size()))));
            assertEquals(text.toString(), Gsm7.decode(Gsm7.STANDARD.encode(text.toString())));
            assertEquals(text.codePoints().map(Gsm7.STANDARD::septets).sum(), Gsm7.STANDARD.encode(text.toString()).length);
        });
    }

    @Test
    void aStrangeEscapeIsReadAsTheStandardAsks() {
        assertEquals("A", Gsm7.decode(new byte[] {0x1B, 0x41}));
        assertEquals("a ", Gsm7.decode(new byte[] {0x61, 0x1B}));
        assertEquals(" €", Gsm7.decode(new byte[] {0x1B, 0x1B, 0x65}));
    }

    @Test @DisplayName("MSG-01: in the second table ç, and nothing else, is encodable besides: as 0x09, which is read as Ç")
    void theSecondTableWritesTheCedillaAsACapital() {
        Set<Integer> encodable = IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(Gsm7.CEDILLA::encodable).boxed().collect(Collectors.toSet());
        assertEquals(138, encodable.size());
        assertTrue(encodable.containsAll(ENCODABLE) && encodable.contains((int) 'ç'));
        ENCODABLE.forEach(c -> assertArrayEquals(Gsm7.STANDARD.encode(Character.toString(c)), Gsm7.CEDILLA.encode(Character.toString(c))));
        assertArrayEquals(new byte[] {0x09, 0x61, 0x09}, Gsm7.CEDILLA.encode("çaÇ"));
        assertEquals("ÇaÇ", Gsm7.decode(Gsm7.CEDILLA.encode("çaÇ")));
        assertEquals(1, Gsm7.CEDILLA.septets('ç'));
    }
}
