package org.carillon.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.carillon.customer.CalledParty;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.carillon.fact.Subject;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OfferHours;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.QuietHours;
import org.carillon.template.Imprint;
import org.carillon.template.Renderer;
import org.carillon.template.Rendering;
import org.carillon.template.SmsMode;
import org.carillon.template.TemplateText;

/** Judges a due plan with fresh facts: still true, allowed, reachable, at a good time, sayable. Pure. */
final class ReleaseDecider {

    private ReleaseDecider() { }

    /** @param terms of the route that an SMS would take */
    static Release decide(Facts.Due due, Map<String, Object> values, SmsTerms terms, Instant now) {
        Release no = untrue(due, now);
        if (no == null) {
            no = unreachable(due);
        }
        if (no == null) {
            no = badTime(due, now);
        }
        return no != null ? no : say(due, values, terms);
    }

    private static Release untrue(Facts.Due due, Instant now) {
        if (due.deleted()) {
            return new Release.No("CANCELLED", Reason.AUTOMATION_DELETED, null);
        }
        if (!"ACTIVE".equals(due.automationState())) {
            return new Release.No("HELD", Reason.AUTOMATION_PAUSED, null);
        }
        if (due.rev() != due.planRev()) {
            return new Release.Stale();
        }
        if (due.requiredStatus() != null && !due.requiredStatus().equals(due.status())) {
            return new Release.No("CANCELLED", Reason.STATUS_MOVED_ON, null);
        }
        if (due.reassigned()) {
            return due.reminder() ? new Release.Stale() : new Release.No("CANCELLED", Reason.REASSIGNED, null);
        }
        if (due.reminder()) {
            Release no = untrueReminder(due);
            if (no != null) {
                return no;
            }
        }
        return now.isBefore(due.expiresAt()) ? null : new Release.No("EXPIRED", Reason.EXPIRED, null);
    }

    /** The rows follow every change in its own transaction; this is the last look, for changes that met. */
    private static Release untrueReminder(Facts.Due due) {
        if (due.dueLocal() == null) {
            return new Release.No("CANCELLED", Reason.DUE_CLEARED, null);
        }
        if (!"OPEN".equals(due.statusGroup()) && !"READY".equals(due.statusGroup())) {
            return new Release.No("CANCELLED", Reason.ORDER_CLOSED, null);
        }
        if (!due.here()) {
            return new Release.No("CANCELLED", Reason.REASSIGNED, null);
        }
        if (!due.occurrence().equals(due.dueLocal()) || due.calendarRev() != due.planCalendarRev()) {
            return new Release.Stale();
        }
        return due.newerOverdue() ? Release.skip(Reason.SUPERSEDED) : null;
    }

    private static Release unreachable(Facts.Due due) {
        boolean sms = due.channel() == Channel.SMS;
        if (due.addresses() == 0) {
            return Release.skip(sms ? Reason.NO_PHONE : Reason.NO_EMAIL);
        }
        if (due.address() == null) {
            return new Release.No("SKIPPED", sms ? Reason.NUMBER_UNUSABLE : Reason.ADDRESS_UNUSABLE, due.addressProblem());
        }
        if (due.suppressed()) {
            return new Release.No("SUPPRESSED", Reason.OPTED_OUT, null);
        }
        boolean allowed = due.consent() && (due.purpose() != Purpose.MARKETING || due.marketingConsent());
        if (!allowed) {
            return Release.skip(Reason.NO_CONSENT);
        }
        return due.marketingHeld() ? new Release.No("HELD", Reason.MARKETING_HELD, null) : null;
    }

    private static Release badTime(Facts.Due due, Instant now) {
        if (due.purpose() == Purpose.MARKETING) {
            return badTimeToOffer(due, now);
        }
        if (due.reminder()) {
            return badTimeToRemind(due, now);
        }
        Optional<Instant> good = due.audience() ? goodTimeToBeFound(due, now) : due.openingHoursOnly() ? calendar(due).nextOpening(now, SendTimeResolver.HORIZON) : Optional.of(now);
        if (good.isPresent() && good.get().equals(now)) {
            return null;
        }
        return good.<Release>map(at -> new Release.Later(at, Reason.OUTSIDE_HOURS)).orElseGet(() -> new Release.No("HELD", Reason.NO_OPENING, null));
    }

    /** A-40, KI-44: nobody was waiting for it, so neither in the quiet hours nor outside its own. */
    private static Optional<Instant> goodTimeToBeFound(Facts.Due due, Instant now) {
        QuietHours quiet = new QuietHours(due.quietFrom(), due.quietTo());
        Instant last = now.plus(SendTimeResolver.HORIZON);
        for (Instant at = now; !at.isAfter(last); ) {
            Optional<QuietHours.Night> night = quiet.around(at, ZoneId.of(due.zone()));
            Instant awake = night.isPresent() ? night.get().end() : at;
            Optional<Instant> open = due.realTime() || due.openingHoursOnly() ? calendar(due).nextOpening(awake, Duration.between(now, last)) : Optional.of(awake);
            if (open.isEmpty() || open.get().equals(at)) {
                return open;
            }
            at = open.get();
        }
        return Optional.empty();
    }

    /** REL-48: late, it waits for the next good moment, where the date is not over by then. */
    private static Release badTimeToRemind(Facts.Due due, Instant now) {
        Optional<Instant> good = due.intoOpeningHours() ? calendar(due).nextOpening(now, SendTimeResolver.HORIZON)
            : Optional.of(new QuietHours(due.quietFrom(), due.quietTo()).around(now, ZoneId.of(due.zone())).map(QuietHours.Night::end).orElse(now));
        if (good.isPresent() && good.get().equals(now)) {
            return null;
        }
        return good.filter(due.expiresAt()::isAfter).<Release>map(at -> new Release.Later(at, Reason.OUTSIDE_HOURS)).orElseGet(() -> Release.skip(Reason.TOO_LATE));
    }

    /** LAW-08 to 10, REL-55: the law's hours at the shop and at the reader, the quiet hours, the company's own. */
    private static Release badTimeToOffer(Facts.Due due, Instant now) {
        ZoneId zone = ZoneId.of(due.zone());
        QuietHours quiet = new QuietHours(due.quietFrom(), due.quietTo());
        OpeningHours own = due.offerHours() == null || due.offerHours().isEmpty() ? null : OpeningHours.parse(due.offerHours());
        OfferHours law = due.channel() == Channel.EMAIL ? OfferHours.email(zone, quiet, own)
            : OfferHours.sms(new OfferHours.Whereabouts(due.country(), zone), CalledParty.of(due.address()), quiet, own);
        Optional<Instant> good = (due.openingHoursOnly() || due.intoOpeningHours() || due.realTime() ? law.and(calendar(due)) : law).nextOpening(now, SendTimeResolver.HORIZON);
        if (good.isEmpty()) {
            return due.reminder() ? Release.skip(Reason.TOO_LATE) : new Release.No("HELD", Reason.NO_OPENING, null);
        }
        if (good.get().equals(now)) {
            return null;
        }
        return due.reminder() && !good.get().isBefore(due.expiresAt()) ? Release.skip(Reason.TOO_LATE) : new Release.Later(good.get(), Reason.OUTSIDE_OFFER_HOURS);
    }

    /** Asked for only where it decides: reading a week is dear. */
    private static BusinessCalendar calendar(Facts.Due due) {
        BusinessCalendar shop = new BusinessCalendar(OpeningHours.parse(due.openingHours()), Holidays.parse(due.holidays()), ZoneId.of(due.zone()));
        return due.realTime() ? shop.within(OpeningHours.days(due.days()), due.periodFrom(), due.periodTo()) : shop;
    }

    private static Release say(Facts.Due due, Map<String, Object> values, SmsTerms terms) {
        if (due.text() == null) {
            return Release.skip(Reason.NO_TEXT_FOR_CHANNEL);
        }
        Imprint imprint = due.imprint();
        if (due.purpose() == Purpose.MARKETING && !imprint.lacks(due.channel()).isEmpty()) {
            return new Release.No("HELD", Reason.NO_IDENTITY, String.join(", ", imprint.lacks(due.channel())));
        }
        Rendering text = Renderer.render(TemplateText.parse(due.text()), due.signed() ? imprint : null, values, due.language(), due.country(), due.channel(),
            due.channel() == Channel.SMS ? due.maxSegments() : 0, SmsMode.valueOf(due.smsMode()), terms.alphabet());
        Rendering subject = due.channel() == Channel.SMS ? new Rendering.Rendered("")
            : Renderer.render(TemplateText.parse(due.subject()), values, due.language(), due.country(), due.channel(), 0);
        return refused(text).or(() -> refused(subject))
            .orElseGet(() -> new Release.Send(message(due, ((Rendering.Rendered) subject).text(), ((Rendering.Rendered) text).text(), terms)));
    }

    private static Optional<Release> refused(Rendering rendering) {
        if (rendering instanceof Rendering.Missing missing) {
            return Optional.of(new Release.No("HELD", Reason.MISSING_VALUE, missing.field()));
        }
        return rendering instanceof Rendering.TooLong tooLong
            ? Optional.of(new Release.No("HELD", Reason.TEXT_TOO_LONG, tooLong.segments() + " > " + tooLong.max())) : Optional.empty();
    }

    private static NewMessage message(Facts.Due due, String subjectLine, String text, SmsTerms terms) {
        return new NewMessage(due.id(), due.planRev(), due.calendarRev(), due.automationId(), due.locationId(), due.customerId(),
            new Subject(Subject.Type.valueOf(due.subjectType()), due.subjectId()), due.eventId(), due.channel(), due.purpose(), due.address(),
            due.channel() == Channel.SMS ? due.smsSender() : due.emailFrom(), subjectLine.replaceAll("\\s+", " "), text, due.expiresAt(), due.openingHoursOnly() || due.intoOpeningHours(), terms);
    }
}
