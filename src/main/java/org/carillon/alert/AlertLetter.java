package org.carillon.alert;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carillon.fact.WordFile;

/**
 * What an e-mail to staff says: how many alerts of which kind, the first of them, and where to see all. Pure.
 *
 * @param language the reader's
 * @param zone     the location's, in which times are told
 * @param counts   of all that is told, also of what the lines leave out
 * @param lines    the first, at most {@link #MOST}
 * @param url      of the pages, without a slash at its end
 */
record AlertLetter(String language, String location, ZoneId zone, Map<AlertKind, Integer> counts, List<AlertLetter.Line> lines, String url) {

    static final int MOST = 20;

    /**
     * @param number  the order's, empty where it is about none
     * @param channel of a message, else null
     * @param state   of a message or plan, else null
     */
    record Line(AlertKind kind, Instant at, String number, String object, String customer, String channel, String state) { }

    String subject() {
        if (counts.size() > 1) {
            return say("subject", total(), location);
        }
        Map.Entry<AlertKind, Integer> only = counts.entrySet().iterator().next();
        return say("subject." + only.getKey(), only.getValue(), location);
    }

    String text() {
        StringBuilder text = new StringBuilder(say("intro", location)).append('\n');
        for (AlertKind kind : new AlertKind[] {AlertKind.OVERDUE, AlertKind.FAILED, AlertKind.UNTOUCHED}) {
            if (counts.getOrDefault(kind, 0) > 0) {
                text.append('\n').append(say("head." + kind, counts.get(kind))).append('\n');
                lines.stream().filter(line -> line.kind() == kind).forEach(line -> text.append("- ").append(sentence(line)).append('\n'));
            }
        }
        if (total() > lines.size()) {
            text.append('\n').append(say("more", total() - lines.size())).append('\n');
        }
        return text.append('\n').append(say("all")).append('\n').append(url).append("/alert/list.xhtml\n\n").append(say("why", location)).append('\n').toString();
    }

    private String sentence(Line line) {
        String what = join(line.number(), line.object(), line.customer());
        return line.kind() != AlertKind.FAILED ? say("line." + line.kind(), what, time(line.at()))
            : say("line.FAILED." + ("HELD".equals(line.state()) || "EXPIRED".equals(line.state()) ? line.state() : "OTHER"), say("channel." + line.channel()), what, time(line.at()));
    }

    private static String join(String... parts) { return String.join(" · ", List.of(parts).stream().filter(p -> p != null && !p.isBlank()).toList()); }

    private int total() { return counts.values().stream().mapToInt(Integer::intValue).sum(); }

    private String time(Instant at) { return at.atZone(zone).format(DateTimeFormatter.ofPattern(words("time"), locale())); }

    private Locale locale() { return "en".equals(language) ? Locale.US : Locale.FRENCH; }

    private String words(String key) { return WordFile.of("alertmail", "en".equals(language) ? "en" : "fr").getProperty(key); }

    private String say(String key, Object... values) { return values.length == 0 ? words(key) : new MessageFormat(words(key), locale()).format(values); }
}
