package org.carillon.template;

import java.text.Normalizer;

/** Text fit to be stored and sent (MSG-10): NFC, lines end in LF, no control characters, no lone surrogates, nothing that turns the direction. */
public final class CleanText {

    private CleanText() { }

    public static String of(String raw) {
        StringBuilder kept = new StringBuilder(raw.length());
        raw.replace("\r\n", "\n").codePoints().forEach(c -> {
            if (c == '\r' || c == '\n') {
                kept.append('\n');
            } else if (c == '\t') {
                kept.append(' ');  // the control goes, the words stay apart
            } else if (!refused(c)) {
                kept.appendCodePoint(c);
            }
        });
        // after the removal, so that what a control kept apart composes now and a second pass finds nothing to do
        return Normalizer.normalize(kept, Normalizer.Form.NFC);
    }

    private static boolean refused(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
            || c == 0x061C || c == 0x200E || c == 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }
}
