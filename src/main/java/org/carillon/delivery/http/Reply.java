package org.carillon.delivery.http;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carillon.delivery.Listing;
import org.carillon.delivery.Phase;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.delivery.Verdicts;

/** Reads what the provider answers; whatever it is, the reading never fails. */
final class Reply {

    private Reply() { }

    static Submission of(Provider.Answer answer, Verdicts verdicts, InstantSource clock) {
        Optional<JsonObject> json = json(answer.body());
        boolean yes = answer.status() >= 200 && answer.status() < 300;
        String sid = json.map(j -> text(j, "sid")).filter(id -> id.matches("[A-Za-z0-9_-]{1,64}")).orElse(null);
        String own = yes ? sid == null ? Verdicts.NONSENSE : "" : json.map(j -> number(j, "code")).orElse("");
        String code = own.isEmpty() ? Integer.toString(answer.status()) : answer.status() + " " + own;
        Verdict verdict = verdicts.judge(Protocol.HTTP, Phase.REQUEST, code);
        String detail = verdict == Verdict.ACCEPTED ? "" : own.equals(Verdicts.NONSENSE) ? "a yes without an id" : "answered " + code;
        return new Submission(verdict, code.replace(" " + Verdicts.NONSENSE, ""), verdict == Verdict.ACCEPTED ? sid : null, detail,
            verdict == Verdict.THROTTLE ? retryAfter(answer.retryAfter(), clock) : null);
    }

    /** Adds a page's outgoing messages; answers the next page's path. */
    static Optional<String> page(Provider.Answer answer, String recipient, Instant earliest, List<Listing.Listed> all) throws Listing.Unlisted {
        if (answer.status() != 200) throw new Listing.Unlisted("answered " + answer.status(), answer.status() == 429 || answer.status() >= 500 || answer.status() == 408);
        JsonObject json = json(answer.body()).orElseThrow(() -> new Listing.Unlisted("not a list", true));
        if (!(json.get("messages") instanceof jakarta.json.JsonArray rows)) throw new Listing.Unlisted("not a list", true);
        Instant first = null, last = null;
        for (JsonValue row : rows) {
            if (!(row instanceof JsonObject message) || text(message, "sid").isEmpty()) throw new Listing.Unlisted("not a list", true);
            Instant created = instant(text(message, "date_created"));
            first = first == null ? created : first;
            last = created;
            if (text(message, "to").equals(recipient) && !text(message, "direction").equals("inbound") && (created == null || !created.isBefore(earliest))) {
                all.add(new Listing.Listed(text(message, "sid"), text(message, "body")));
            }
        }
        String next = text(json, "next_page_uri");
        // the newest first: behind one of the day before there is none of ours
        boolean behind = first != null && last != null && !first.isBefore(last) && last.isBefore(earliest.minus(Duration.ofDays(1)));
        if (next.isEmpty() || behind) return Optional.empty();
        if (!next.startsWith("/2010-04-01/")) throw new Listing.Unlisted("a list whose next page cannot be asked for", false);
        return Optional.of(next);
    }

    private static Optional<JsonObject> json(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readValue() instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static String text(JsonObject json, String name) { return json.get(name) instanceof JsonString text ? text.getString() : ""; }

    private static String number(JsonObject json, String name) {
        String value = String.valueOf(json.get(name));
        return value.matches("[0-9]{1,6}") ? value : "";
    }

    /** RFC 2822, always in English. */
    private static Instant instant(String text) {
        try {
            return text.isEmpty() ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).parse(text));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Seconds, or an instant. */
    private static Duration retryAfter(String header, InstantSource clock) {
        if (header == null) return null;
        if (header.strip().matches("[0-9]{1,6}")) return Duration.ofSeconds(Long.parseLong(header.strip()));
        Instant at = instant(header.strip());
        Duration until = at == null ? Duration.ZERO : Duration.between(clock.instant(), at);
        return until.isNegative() || until.isZero() ? null : until;
    }
}
