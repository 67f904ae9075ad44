package org.carillon.delivery.smpp;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dates of a receipt's text (SMPP 3.4 appendix B). They come without a zone, and providers differ; but a receipt comes soon after the state
 * that it tells of, and zones differ by quarters of an hour, so the done date tells the zone of both.
 *
 * @param submitted when the provider took the message; null where it is not told or the zone cannot be
 * @param done      when it came to its state, else the receipt's arrival; never later than that
 */
record ReceiptDates(Instant submitted, Instant done) {

    private static final Pattern SUBMITTED = field("submit"), DONE = field("done");
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuMMddHHmm[ss]", Locale.ROOT);
    private static final long QUARTER = Duration.ofMinutes(15).toSeconds(), FARTHEST_ZONE = Duration.ofHours(14).toSeconds();

    private static Pattern field(String name) { return Pattern.compile("(?i)(?<![a-z])" + name + " date:\\s{0,3}(\\d{10}(?:\\d\\d)?)(?!\\d)"); }

    /** @param now the receipt's arrival */
    static ReceiptDates read(String text, Instant now) {
        Optional<LocalDateTime> done = find(DONE, text);
        Optional<Long> offset = done.map(d -> QUARTER * Math.round((d.toEpochSecond(ZoneOffset.UTC) - now.getEpochSecond()) / (double) QUARTER))
            .filter(seconds -> Math.abs(seconds) <= FARTHEST_ZONE);
        if (offset.isEmpty()) {
            return new ReceiptDates(null, now);
        }
        Instant ended = done.get().toInstant(ZoneOffset.UTC).minusSeconds(offset.get());
        return new ReceiptDates(find(SUBMITTED, text).map(s -> s.toInstant(ZoneOffset.UTC).minusSeconds(offset.get())).orElse(null), ended.isBefore(now) ? ended : now);
    }

    private static Optional<LocalDateTime> find(Pattern field, String text) {
        Matcher matcher = field.matcher(text);
        try {
            return matcher.find() ? Optional.of(LocalDateTime.parse(matcher.group(1), FORMAT)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
