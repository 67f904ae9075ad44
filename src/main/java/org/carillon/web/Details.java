package org.carillon.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a gateway noted of an attempt, in the reader's words (keys {@code detail.*} of {@code message}). The notes are stored in English, for whoever
 * reads the tables; one without words is quoted as it stands.
 */
final class Details {

    private static final Pattern PLACE = Pattern.compile(" at ([A-Z_]+)$");
    private static final String UNWRITTEN = ", nothing was written";

    private Details() { }

    /** @param detail may be null or empty */
    static String say(Locale locale, String detail) {
        List<String> said = new ArrayList<>();
        String note = detail == null ? "" : detail;
        Matcher place = PLACE.matcher(note);
        boolean placed = place.find() && known(locale, "at." + place.group(1));
        note = placed ? note.substring(0, place.start()) : note;
        boolean unwritten = note.endsWith(UNWRITTEN);
        note = unwritten ? note.substring(0, note.length() - UNWRITTEN.length()) : note;
        // the code stands before it, with its meaning
        if (!note.isBlank() && !note.matches("(?:(?:bind )?refused,|answered) .*")) {
            said.add(known(locale, key(note)) ? text(locale, key(note)) : Texts.say(locale, "message", "detail.quoted", note));
        }
        if (placed) {
            said.add(text(locale, "at." + place.group(1)));
        }
        if (unwritten) {
            said.add(text(locale, key(UNWRITTEN.substring(2))));
        }
        return String.join(", ", said);
    }

    private static String key(String note) { return note.replaceAll("[^A-Za-z]+", "_"); }

    private static boolean known(Locale locale, String key) { return !text(locale, key).startsWith("???"); }

    private static String text(Locale locale, String key) { return Texts.say(locale, "message", "detail." + key); }
}
