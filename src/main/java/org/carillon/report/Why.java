package org.carillon.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import org.carillon.report.WhyList.Row;
import org.carillon.report.WhyList.Subject;
import org.carillon.shop.WallTime;

/**
 * Why a notification or an automation was sent to the customer of an order, a lead or an appointment, will be, or was not (B-03). What was decided is told from its row; what never
 * happened is explained from the rules, with the facts of this moment. Pure.
 *
 * @param look    colour of the state
 * @param key     of the sentence; with {@code REASON} the words are those of {@code reason}
 * @param at      when it was sent, is planned for or was decided; null where nothing happened
 * @param reason  a code of {@link org.carillon.fact.Reason}, or null
 * @param remedy  what to open to change it
 * @param warning why it will not leave though it is planned, or would not though it is only waited for; NONE where nothing is in the way
 */
public record Why(Look look, Key key, Instant at, String reason, Remedy remedy, Obstacle warning) {

    /** Sentences, in the order of the rules. */
    public enum Key {
        SENT, ON_ITS_WAY, REASON, PLANNED, PLANNED_MOVED, SWITCHED_OFF, STATUS_UNUSED, NO_WORDS, CLOSED, TYPE_UNDATED, NO_DUE_DATE, DUE_PASSED, NEVER_REACHED, NEVER_CHANGED, DUE_NEVER_CHANGED,
        SILENT, NOT_THERE_THEN, SOON, NOT_MEANT
    }

    public enum Remedy { NONE, CUSTOMER, NOTIFICATION, TEMPLATE, LOCATION, TYPE, MESSAGE, AUTOMATION }

    /** What stands between a customer and a message. */
    public enum Obstacle { NONE, NO_PHONE, NO_EMAIL, UNREACHABLE, UNMAILABLE, NO_CONSENT }

    private static final Set<String> OF_CUSTOMER = Set.of("NO_CONSENT", "CONSENT_WITHDRAWN", "OPTED_OUT", "NO_PHONE", "NO_EMAIL", "NUMBER_UNUSABLE", "ADDRESS_UNUSABLE", "ADDRESS_BOUNCED",
        "COUNTRY_NOT_ALLOWED", "MISSING_VALUE");
    private static final Set<String> OF_NOTIFICATION = Set.of("AUTOMATION_PAUSED", "AUTOMATION_CHANGED", "LEAD_TIME_PASSED", "EXPIRED", "TOO_LATE");
    private static final Set<String> OF_TEMPLATE = Set.of("NO_TEXT_FOR_CHANNEL", "TEXT_TOO_LONG");
    private static final Set<String> OF_LOCATION = Set.of("NO_OPENING", "OUTSIDE_HOURS", "SENDER_REFUSED");

    public static Why of(Row row, Subject subject, Instant now) {
        if (row.messageId() != null) {
            return message(row);
        }
        if (row.planState() != null && !row.planState().equals("RELEASED")) {
            return plan(row, subject);
        }
        return never(row, subject, now);
    }

    private static Why message(Row row) {
        Look look = Look.ofMessage(row.messageState());
        boolean there = look == Look.SENT || look == Look.DELIVERED;
        return new Why(look, there ? Key.SENT : row.messageReason() != null ? Key.REASON : Key.ON_ITS_WAY, row.messageAt(), there ? null : row.messageReason(), Remedy.MESSAGE, Obstacle.NONE);
    }

    private static Why plan(Row row, Subject subject) {
        if (row.planState().equals("PLANNED")) {
            Instant first = first(row, subject);
            boolean moved = first != null && Duration.between(first, row.dueAt()).abs().compareTo(Duration.ofMinutes(1)) >= 0;
            Obstacle obstacle = obstacle(row, subject);
            return new Why(Look.PLANNED, moved ? Key.PLANNED_MOVED : Key.PLANNED, row.dueAt(), null, obstacle == Obstacle.NONE ? Remedy.NONE : Remedy.CUSTOMER, obstacle);
        }
        return new Why(Look.ofPlan(row.planState()), Key.REASON, row.changedAt(), row.reason(), own(remedy(row.reason()), row), Obstacle.NONE);
    }

    /** What an automation with an audience says, and when, is on one page of its own. */
    private static Remedy own(Remedy remedy, Row row) { return row.audience() && (remedy == Remedy.NOTIFICATION || remedy == Remedy.TEMPLATE) ? Remedy.AUTOMATION : remedy; }

    /** When it should leave by delay or lead alone: days before a date are days of the calendar there (REL-44). Null where nothing tells. */
    public static Instant first(Row row, Subject subject) {
        return row.firstDue() != null || !row.reminder() || subject.dueLocal() == null ? row.firstDue()
            : WallTime.at(LocalDateTime.parse(subject.dueLocal()).minusDays(row.delay()), ZoneId.of(subject.zone()));
    }

    private static Remedy remedy(String reason) {
        return OF_CUSTOMER.contains(reason) ? Remedy.CUSTOMER : OF_NOTIFICATION.contains(reason) ? Remedy.NOTIFICATION : OF_TEMPLATE.contains(reason) ? Remedy.TEMPLATE
            : OF_LOCATION.contains(reason) ? Remedy.LOCATION : Remedy.NONE;
    }

    /** There is no row: it was never called for, or not while it could have been. */
    private static Why never(Row row, Subject subject, Instant now) {
        if (!row.active()) {
            return not(Key.SWITCHED_OFF, own(Remedy.NOTIFICATION, row), row, subject);
        }
        if (!row.usable()) {
            return not(Key.STATUS_UNUSED, Remedy.LOCATION, row, subject);
        }
        if (!row.speaks()) {
            return not(Key.NO_WORDS, own(Remedy.TEMPLATE, row), row, subject);
        }
        if (row.audience()) {
            return not(Key.NOT_MEANT, Remedy.AUTOMATION, row, subject);
        }
        return row.reminder() ? reminder(row, subject, now) : event(row, subject);
    }

    private static Why reminder(Row row, Subject subject, Instant now) {
        if (!"OPEN".equals(subject.group()) && !"READY".equals(subject.group())) {
            return not(Key.CLOSED, Remedy.NONE, row, subject);
        }
        if (subject.dueAt() == null) {
            return subject.dated() ? not(Key.NO_DUE_DATE, Remedy.NONE, row, subject) : not(Key.TYPE_UNDATED, Remedy.TYPE, row, subject);
        }
        boolean passed = !subject.dueAt().isAfter(now) || first(row, subject) != null && !first(row, subject).isAfter(now);
        return passed ? not(Key.DUE_PASSED, Remedy.NONE, row, subject) : not(Key.SOON, Remedy.NONE, row, subject);
    }

    private static Why event(Row row, Subject subject) {
        if (row.happened() == null) {
            Key key = "ORDER_SCHEDULED_TIME_CHANGED".equals(row.event()) ? Key.DUE_NEVER_CHANGED : row.status() == null ? Key.NEVER_CHANGED : Key.NEVER_REACHED;
            return not(key, Remedy.NONE, row, subject);
        }
        return not(row.silent() ? Key.SILENT : Key.NOT_THERE_THEN, Remedy.NONE, row, subject);
    }

    private static Why not(Key key, Remedy remedy, Row row, Subject subject) {
        boolean mayStill = key == Key.NEVER_REACHED || key == Key.NEVER_CHANGED || key == Key.DUE_NEVER_CHANGED || key == Key.NO_DUE_DATE || key == Key.SOON
            || key == Key.NOT_MEANT;
        Obstacle obstacle = mayStill ? obstacle(row, subject) : Obstacle.NONE;
        return new Why(Look.SKIPPED, key, null, null, obstacle == Obstacle.NONE ? remedy : Remedy.CUSTOMER, obstacle);
    }

    private static Obstacle obstacle(Row row, Subject subject) {
        boolean sms = "SMS".equals(row.channel());
        return !subject.has(row.channel()) ? sms ? Obstacle.NO_PHONE : Obstacle.NO_EMAIL : !subject.usable(row.channel()) ? sms ? Obstacle.UNREACHABLE : Obstacle.UNMAILABLE
            : subject.agrees(row.channel()) ? Obstacle.NONE : Obstacle.NO_CONSENT;
    }
}
