package org.carillon.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.OfferHours;
import org.carillon.shop.QuietHours;

/** May this message leave now (T6), or what becomes of it instead (T6b)? Pure. */
sealed interface Clearance {

    /** How long a message waits for someone to repair what holds it up. */
    Duration REPAIR = Duration.ofMinutes(5);

    record Go() implements Clearance { }

    record Stop(MessageState to, Reason reason) implements Clearance { }

    /** To the queue and there held, until a person lets it go (T19). */
    record Hold(Reason reason) implements Clearance { }

    record Wait(Instant until, Reason reason) implements Clearance { }

    /** What the database says at this instant, read after the message's lock was had. Null offers: it is none. */
    record Facts(Instant leaseUntil, String cancelRequested, int planRev, boolean suppressed, boolean senderHeld, boolean offersHeld, Automation automation, Consents consents, Hours hours, OfferHours offers) { }

    /** Null calendar: any hour will do, or, where broken, nobody knows. A reminder without a calendar keeps the quiet hours (A-40, REL-48). */
    record Hours(BusinessCalendar calendar, QuietHours quiet, ZoneId zone, boolean broken) {

        static final Hours ANY = new Hours(null, QuietHours.NONE, ZoneOffset.UTC, false);
        static final Hours BROKEN = new Hours(null, QuietHours.NONE, ZoneOffset.UTC, true);
    }

    /** Null where the automation is gone. */
    record Automation(boolean active, boolean deleted, int rev) { }

    /** Null where the customer is gone. */
    record Consents(boolean sms, boolean email, boolean marketing) {

        boolean allow(Channel channel, Purpose purpose) { return (channel == Channel.SMS ? sms : email) && (purpose != Purpose.MARKETING || marketing); }
    }

    static Clearance of(Claimed message, Facts facts, Instant now, Deadlines deadlines) {
        if (facts.cancelRequested() != null) {
            return new Stop(MessageState.CANCELLED, Reason.valueOf(facts.cancelRequested()));
        }
        if (!now.isBefore(message.expiresAt())) {
            return new Stop(MessageState.EXPIRED, Reason.EXPIRED);
        }
        if (facts.suppressed()) {
            return new Stop(MessageState.SUPPRESSED, Reason.OPTED_OUT);
        }
        if (message.automationId() != null && (facts.automation() == null || facts.automation().deleted())) {
            return new Stop(MessageState.CANCELLED, Reason.AUTOMATION_DELETED);
        }
        if (message.automationId() != null && !facts.automation().active()) {
            return new Stop(MessageState.CANCELLED, Reason.AUTOMATION_PAUSED);
        }
        if (message.automationId() != null && facts.automation().rev() != facts.planRev()) {
            return new Stop(MessageState.CANCELLED, Reason.AUTOMATION_CHANGED);
        }
        if (message.customerId() != null && facts.consents() == null) {
            return new Stop(MessageState.CANCELLED, Reason.SUBJECT_GONE);
        }
        if (message.customerId() != null && !facts.consents().allow(message.channel(), message.purpose())) {
            return new Stop(MessageState.SUPPRESSED, Reason.CONSENT_WITHDRAWN);
        }
        if (facts.senderHeld()) {
            return new Hold(Reason.SENDER_HELD);
        }
        if (facts.offersHeld()) {
            return new Hold(Reason.MARKETING_HELD);
        }
        if (facts.hours().broken()) {
            return new Wait(now.plus(REPAIR), Reason.INTERNAL_ERROR);
        }
        if (facts.hours().calendar() != null && !facts.hours().calendar().openAt(now)) {
            return closed(facts.hours().calendar(), message.expiresAt(), now);
        }
        Optional<QuietHours.Night> night = facts.hours().quiet().around(now, facts.hours().zone());
        if (night.isPresent()) {
            return night.get().end().isBefore(message.expiresAt()) ? new Wait(night.get().end(), Reason.OUTSIDE_HOURS) : new Stop(MessageState.EXPIRED, Reason.TOO_LATE);
        }
        if (facts.offers() != null && !facts.offers().openAt(now)) {
            return facts.offers().nextOpening(now, Duration.between(now, message.expiresAt())).filter(opening -> opening.isBefore(message.expiresAt()))
                .<Clearance>map(opening -> new Wait(opening, Reason.OUTSIDE_OFFER_HOURS)).orElse(new Stop(MessageState.EXPIRED, Reason.OUTSIDE_OFFER_HOURS));
        }
        return now.plus(deadlines.margin()).isBefore(facts.leaseUntil()) ? new Go() : new Wait(message.nextAttemptAt(), null);
    }

    private static Clearance closed(BusinessCalendar calendar, Instant expiresAt, Instant now) {
        return calendar.nextOpening(now, Duration.between(now, expiresAt)).filter(opening -> opening.isBefore(expiresAt))
            .<Clearance>map(opening -> new Wait(opening, Reason.OUTSIDE_HOURS)).orElse(new Stop(MessageState.EXPIRED, Reason.OUTSIDE_HOURS));
    }
}
