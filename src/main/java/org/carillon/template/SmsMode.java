package org.carillon.template;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * What a location accepts to change in a text so that it stays in its route's alphabet, where a segment of GSM-7 holds 160 characters and not 70
 * (MSG-02). Only what is outside of that alphabet is changed. A text that needs UCS-2 even after the change is left as it is: nothing would be won.
 */
public enum SmsMode {
    /** Nothing: UCS-2 when needed. */
    KEEP,
    /** Typography becomes plain, letters are kept. The default. */
    TYPO,
    /** Letters lose the accents that the alphabet lacks, too. */
    FOLD;

    private static final Map<Integer, String> PLAIN = new HashMap<>();
    private static final Map<Integer, String> FOLDED = new HashMap<>();

    static {
        put(PLAIN, "'", "’‘");
        put(PLAIN, "\"", "“”«»");
        put(PLAIN, " ", "\u00A0\u202F\u2009");
        put(PLAIN, "-", "–—");
        put(PLAIN, "...", "…");
        put(PLAIN, "oe", "œ");
        put(PLAIN, "OE", "Œ");
        FOLDED.putAll(PLAIN);
        put(FOLDED, "'", "`´‚‛′‹›ʼ");
        put(FOLDED, "\"", "¨„‟″");
        put(FOLDED, "-", "¬¯‐‒―−•");
        put(FOLDED, "", "\u00AD\u200B\u200C\u200D\u2060\uFEFF\uFE0E\uFE0F");
        put(FOLDED, "/", "÷⁄");
        put(FOLDED, ".", "·");
        put(FOLDED, ",", "¸");
        put(FOLDED, "|", "¦");
        put(FOLDED, "§", "¶");
        put(FOLDED, "(c)", "©");
        put(FOLDED, "(R)", "®");
        put(FOLDED, "+/-", "±");
        put(FOLDED, "x", "×");
        put(FOLDED, "o", "°º");
        put(FOLDED, "a", "ª");
        put(FOLDED, "c", "¢");
        put(FOLDED, "u", "µ");
        put(FOLDED, "D", "ÐĐ");
        put(FOLDED, "d", "ðđ");
        put(FOLDED, "Th", "Þ");
        put(FOLDED, "th", "þ");
        put(FOLDED, "H", "Ħ");
        put(FOLDED, "h", "ħ");
        put(FOLDED, "i", "ı");
        put(FOLDED, "k", "ĸ");
        put(FOLDED, "L", "ĿŁ");
        put(FOLDED, "l", "ŀł");
        put(FOLDED, "'n", "ŉ");
        put(FOLDED, "N", "Ŋ");
        put(FOLDED, "n", "ŋ");
        put(FOLDED, "T", "Ŧ");
        put(FOLDED, "t", "ŧ");
    }

    /** Idempotent. */
    public String apply(String text, Alphabet alphabet) {
        if (this == KEEP || alphabet.encodable(text)) {
            return text;
        }
        StringBuilder changed = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(c -> changed.append(alphabet.encodable(c) ? Character.toString(c) : this == TYPO ? PLAIN.getOrDefault(c, Character.toString(c)) : folded(c)));
        String result = changed.toString();
        return alphabet.encodable(result) ? result : text;
    }

    private static String folded(int c) {
        String listed = FOLDED.get(c);
        if (listed != null) {
            return listed;
        }
        StringBuilder bare = new StringBuilder();
        Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD).codePoints()
            .filter(d -> Character.getType(d) != Character.NON_SPACING_MARK)
            .forEach(d -> bare.append(FOLDED.getOrDefault(d, Character.toString(d))));
        return bare.toString();
    }

    private static void put(Map<Integer, String> table, String plain, String characters) { characters.codePoints().forEach(c -> table.put(c, plain)); }
}
