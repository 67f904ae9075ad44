package org.carillon.template;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The default alphabet of 3GPP TS 23.038 with its extension table (MSG-01): 127 characters of one septet and 10 that need an escape before
 * them. The small ç is not in it: 0x09 is the capital Ç. A second table writes ç as that capital, for whoever would rather read « Ça » than pay
 * for UCS-2.
 */
final class Gsm7 {

    private static final int ESCAPE = 0x1B;
    // the place of the escape holds U+FFFF, which no text may contain
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFFÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final Map<Character, Integer> EXTENSION = Map.of('\f', 0x0A, '^', 0x14, '{', 0x28, '}', 0x29, '\\', 0x2F, '[', 0x3C, '~', 0x3D, ']', 0x3E, '|', 0x40,
        '€', 0x65);
    private static final int PAIR = 0x100;
    private static final Map<Integer, Character> EXTENDED = EXTENSION.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    /** As the standard has it. */
    static final Gsm7 STANDARD = new Gsm7("");
    /** ç leaves as 0x09 and is read as Ç. */
    static final Gsm7 CEDILLA = new Gsm7("ç");

    private final short[] codes = new short['€' + 1];  // by character: the code, plus PAIR after an escape; -1 where there is none

    /** @param capitals small letters that leave as their capitals */
    private Gsm7(String capitals) {
        Arrays.fill(codes, (short) -1);
        for (int code = 0; code < BASIC.length(); code++) {
            if (code != ESCAPE) {
                codes[BASIC.charAt(code)] = (short) code;
            }
        }
        EXTENSION.forEach((character, code) -> codes[character] = (short) (PAIR + code));
        capitals.chars().forEach(small -> codes[small] = codes[Character.toUpperCase(small)]);
    }

    boolean encodable(int codePoint) { return codePoint >= 0 && codePoint < codes.length && codes[codePoint] >= 0; }

    /** Septets that a character takes: 1, or 2 with its escape. */
    int septets(int codePoint) { return code(codePoint) < PAIR ? 1 : 2; }

    private int code(int codePoint) {
        if (!encodable(codePoint)) {
            throw new IllegalArgumentException("not in the GSM-7 alphabet: U+" + Integer.toHexString(codePoint));
        }
        return codes[codePoint];
    }

    /** One septet a byte (unpacked), escape pairs included. @throws IllegalArgumentException when the text holds a character that is not in the table */
    byte[] encode(String text) {
        ByteArrayOutputStream septets = new ByteArrayOutputStream(text.length() + 8);
        text.codePoints().forEach(c -> {
            if (code(c) >= PAIR) {
                septets.write(ESCAPE);
            }
            septets.write(code(c) & 0x7F);
        });
        return septets.toByteArray();
    }

    /** As TS 23.038 asks of a receiver: an escape before an unknown code shows the basic character, a lone escape a space. */
    static String decode(byte[] septets) {
        StringBuilder text = new StringBuilder(septets.length);
        for (int i = 0; i < septets.length; i++) {
            int code = septets[i] & 0x7F;
            if (code == ESCAPE && i + 1 < septets.length && (septets[i + 1] & 0x7F) != ESCAPE) {
                code = septets[++i] & 0x7F;
                text.append((char) EXTENDED.getOrDefault(code, BASIC.charAt(code)));
            } else {
                text.append(code == ESCAPE ? ' ' : BASIC.charAt(code));
            }
        }
        return text.toString();
    }
}
