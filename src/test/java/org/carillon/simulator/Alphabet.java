package org.carillon.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The characters of SMS (3GPP TS 23.038), written down a second time here: the application must not be its own judge. */
final class Alphabet {

    /** System property: {@code latin1} where data coding 0 is that to this provider. */
    static final String DEFAULT = "carillon.simulator.dataCoding";
    static final int GSM = 0;
    static final int UCS2 = 8;

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENDED = "\f^{}\\[~]|€";
    private static final byte[] EXTENDED_CODES = {0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65};
    private static final int ESCAPE = 0x1B;

    private Alphabet() { }

    /** Characters of unpacked septets (data coding 0), of UTF-16 (8), of Latin-1 (3); anything else as Latin-1. Unknown codes become U+FFFD. */
    static String decode(byte[] bytes, int dataCoding) {
        return switch (dataCoding & 0xFF) {
            case GSM -> "latin1".equals(System.getProperty(DEFAULT)) ? new String(bytes, StandardCharsets.ISO_8859_1) : gsm(bytes);
            case 1 -> gsm(bytes);
            case UCS2 -> new String(bytes, StandardCharsets.UTF_16BE);
            default -> new String(bytes, StandardCharsets.ISO_8859_1);
        };
    }

    static boolean fitsGsm(String text) { return text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 && c != ESCAPE || EXTENDED.indexOf(c) >= 0); }

    static byte[] encode(String text, int dataCoding) {
        if (dataCoding == UCS2) {
            return text.getBytes(StandardCharsets.UTF_16BE);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.chars().forEach(c -> {
            if (BASIC.indexOf(c) >= 0) {
                bytes.write(BASIC.indexOf(c));
            } else {
                bytes.write(ESCAPE);
                bytes.write(EXTENDED_CODES[EXTENDED.indexOf(c)]);
            }
        });
        return bytes.toByteArray();
    }

    private static String gsm(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == ESCAPE && i + 1 < bytes.length) {
                text.append(extended(bytes[++i]));
            } else {
                text.append(bytes[i] >= 0 && bytes[i] != ESCAPE ? BASIC.charAt(bytes[i]) : '\uFFFD');
            }
        }
        return text.toString();
    }

    private static char extended(byte code) {
        for (int i = 0; i < EXTENDED_CODES.length; i++) {
            if (EXTENDED_CODES[i] == code) {
                return EXTENDED.charAt(i);
            }
        }
        return '\uFFFD';
    }
}
