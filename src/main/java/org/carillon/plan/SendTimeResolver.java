package org.carillon.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.carillon.automation.Timing;
import org.carillon.fact.Reason;
import org.carillon.shop.BusinessCalendar;

/** From what happened to the moment of sending. Pure: the same values give the same moment on every machine (REL-52). */
public final class SendTimeResolver {

    /** How far ahead an opening is looked for. */
    public static final Duration HORIZON = Duration.ofDays(14);

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
}
