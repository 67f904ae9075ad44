package org.carillon.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.carillon.automation.LeadTime;
import org.carillon.automation.Timing;
import org.carillon.fact.Reason;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.QuietHours;
import org.carillon.shop.WallTime;

/** From what happened to the moment of sending. Pure: the same values give the same moment on every machine (REL-52). */
public final class SendTimeResolver {

    /** How far ahead an opening is looked for. */
    public static final Duration HORIZON = Duration.ofDays(14);

    /** A reminder that is advanced leaves this long before the closing (or the quiet hours), so that there is time to answer it. */
    static final Duration MARGIN = Duration.ofMinutes(15);

    private SendTimeResolver() { }

    /** Delay first, then opening hours: a moment outside them moves to the next opening and is never lost (RO-23). */
    public static SendTime resolve(Timing timing, Instant event, BusinessCalendar calendar) {
        Instant due = event.plus(timing.duration());
        if (!timing.openingHoursOnly()) {
            return new SendTime.At(due, Optional.empty());
        }
        return calendar.nextOpening(due, HORIZON).<SendTime>map(open -> new SendTime.At(open, calendar.windowEnd(open)))
            .orElseGet(() -> new SendTime.Missed(Reason.NO_OPENING));
    }

    /**
     * The moment of a reminder, whether or not it has passed. Where it may not be then: into opening hours, the location's last opening before;
     * else the end of the quiet hours where that is still before the date, and before they begin where it is not.
     *
     * @param anchor what the reminder is about, in the location's wall time
     */
    public static SendTime remind(LeadTime lead, LocalDateTime anchor, BusinessCalendar calendar, QuietHours quiet) {
        Instant date = WallTime.at(anchor, calendar.zone());
        Instant wished = lead.unit() == Timing.Unit.DAYS ? WallTime.at(anchor.minusDays(lead.amount()), calendar.zone())
            : date.minus(new Timing(lead.amount(), lead.unit(), false).duration());
        if (lead.intoOpeningHours()) {
            return calendar.lastOpen(wished, MARGIN, HORIZON).<SendTime>map(at -> new SendTime.At(at, calendar.windowEnd(at)))
                .orElseGet(() -> new SendTime.Missed(Reason.NO_OPENING));
        }
        Instant at = quiet.around(wished, calendar.zone()).map(night -> night.end().isBefore(date) ? night.end() : night.start().minus(MARGIN)).orElse(wished);
        return new SendTime.At(at, Optional.empty());
    }

    /** The first good moment from {@code now} for a reminder that is late (A-41, REL-48); empty where the date is over by then. */
    public static Optional<Instant> late(LeadTime lead, LocalDateTime anchor, BusinessCalendar calendar, QuietHours quiet, Instant now) {
        Instant date = WallTime.at(anchor, calendar.zone());
        Optional<Instant> at = lead.intoOpeningHours() ? calendar.nextOpening(now, HORIZON)
            : Optional.of(quiet.around(now, calendar.zone()).map(QuietHours.Night::end).orElse(now));
        return at.filter(date::isAfter);
    }
}
