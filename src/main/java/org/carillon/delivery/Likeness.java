package org.carillon.delivery;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether what a receipt tells of its message speaks against a message of ours (reliability.md 1.5). Pure. Providers cut, fold and mangle, so only what is comparable
 * counts; the rest speaks neither for nor against:
 * <ul>
 * <li>senders of one kind. Numbers are one number where one ends with the other (a national form), short codes and names where they are equal. A number in the place of
 *     a name is a provider that puts its own there.
 * <li>plain letters and figures of the beginning, in order. Any other letter may be missing, be in its plain form, or have become something that is no plain letter.
 *     Both need at least four of them. Words that providers write in the place of the text, and octets in hexadecimal, are no text.
 * </ul>
 */
public final class Likeness {

    /** Of a text that a receipt gives. */
    public static final int BEGINNING = 20;
    private static final int FEW = 4, SHORT_CODE = 8;
    private static final Set<String> NO_TEXT = Set.of("null", "none", "text", "delivrd", "undeliv", "expired", "rejectd", "deleted", "acceptd", "unknown");
    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2}){4,}[0-9A-Fa-f]?");

    private Likeness() { }

    /** Empty where the two cannot be compared. */
    public static Optional<Boolean> source(String ours, String theirs) {
        String one = bare(ours), other = bare(theirs);
        if (one.isEmpty() || other.isEmpty() || isNumber(one) != isNumber(other)) {
            return Optional.empty();
        }
        String longer = one.length() < other.length() ? other : one, shorter = longer.equals(one) ? other : one;
        return Optional.of(longer.equals(shorter) || isNumber(one) && shorter.length() >= SHORT_CODE && longer.endsWith(shorter.replaceFirst("^0+", "")));
    }

    /** @param theirs the first characters of the text, as the provider gives them. Empty where the two cannot be compared */
    public static Optional<Boolean> beginning(String ours, String theirs) {
        String given = theirs.strip(), plain = plain(given);
        String first = ours.strip().substring(0, Math.min(BEGINNING, ours.strip().length()));
        if (plain.length() < FEW || plain(first).length() < FEW || NO_TEXT.contains(plain) || HEX.matcher(given).matches()) {
            return Optional.empty();
        }
        Matcher matcher = pattern(ours.strip()).matcher(plain);
        return Optional.of(matcher.matches() || matcher.hitEnd());  // theirs may end anywhere, and go no further than ours
    }

    private static Pattern pattern(String ours) {
        StringBuilder pattern = new StringBuilder();
        ours.substring(0, Math.min(4 * BEGINNING, ours.length())).codePoints().forEach(c -> {
            String character = Character.toString(c), folded = plain(Normalizer.normalize(character, Normalizer.Form.NFKD));
            pattern.append(!plain(character).isEmpty() ? plain(character) : folded.isEmpty() ? "" : "(?:" + folded + ")?");
        });
        return Pattern.compile(pattern.toString());
    }

    private static String plain(String text) { return text.replaceAll("[^A-Za-z0-9]+", "").toLowerCase(Locale.ROOT); }

    private static String bare(String sender) { return plain(Normalizer.normalize(sender, Normalizer.Form.NFKD)).replaceFirst("^00(?=[0-9]{8,}$)", ""); }

    private static boolean isNumber(String bare) { return bare.matches("[0-9]+"); }
}
