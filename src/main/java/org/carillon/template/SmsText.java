package org.carillon.template;

import java.util.ArrayList;
import java.util.List;

/**
 * A text as it leaves by SMS: its encoding, size and parts (MSG-03). What the editor counts is what the gateway sends (MSG-04), because both
 * ask here.
 *
 * @param units   septets in GSM-7, octets in Latin-1, UTF-16 units in UCS-2
 * @param parts   one text a segment, in order; never splits an escape pair or a surrogate pair; none for an empty text
 * @param forcing the characters that force UCS-2, each once, in the order of their appearance
 */
public record SmsText(String text, boolean ucs2, int units, List<String> parts, List<String> forcing) {

    private static final int UCS2_ALONE = 70;
    private static final int UCS2_PART = 67;

    /** Counts the text exactly as given, for a route of that alphabet. */
    public static SmsText of(String text, Alphabet alphabet) {
        List<String> forcing = text.codePoints().filter(c -> !alphabet.encodable(c)).distinct().mapToObj(Character::toString).toList();
        boolean ucs2 = !forcing.isEmpty();
        int units = ucs2 ? text.length() : text.codePoints().map(alphabet::units).sum();
        return new SmsText(text, ucs2, units, split(text, alphabet, ucs2, units), forcing);
    }

    /** The text made ready for the handset: cleaned (MSG-10), its letters treated as the location wishes (MSG-02), then counted. */
    public static SmsText of(String text, SmsMode mode, Alphabet alphabet) { return of(mode.apply(CleanText.of(text), alphabet), alphabet); }

    public int segments() { return parts.size(); }

    private static List<String> split(String text, Alphabet alphabet, boolean ucs2, int units) {
        if (units <= (ucs2 ? UCS2_ALONE : alphabet.alone())) {
            return text.isEmpty() ? List.of() : List.of(text);
        }
        int room = ucs2 ? UCS2_PART : alphabet.part();
        List<String> parts = new ArrayList<>();
        int start = 0;
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int size = ucs2 ? Character.charCount(character) : alphabet.units(character);
            if (used + size > room) {
                parts.add(text.substring(start, i));
                start = i;
                used = 0;
            }
            used += size;
            i += Character.charCount(character);
        }
        parts.add(text.substring(start));
        return List.copyOf(parts);
    }
}
