package org.carillon.automation;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OfferHours;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.QuietHours;
import org.jdbi.v3.core.Handle;

/**
 * A period that never opens at a location, and what shuts it: the shop, its quiet hours, or, of offers, the law and the company (LAW-08 to 10). Looks as
 * far ahead as a release does, so what passes here is not held for want of an opening. Readers are taken to be where the shop is.
 */
final class PeriodCheck {

    private record Place(String name, String country, BusinessCalendar shop, QuietHours quiet, OpeningHours offers) { }

    private final Handle h;
    private final Instant now;

    PeriodCheck(Handle h, Instant now) {
        this.h = h;
        this.now = now;
    }

    Optional<Invalid> wrong(AudienceDraft draft, Period period) {
        LocalTime from = period.from();
        if (period.days().isEmpty()) {
            return Optional.of(new Invalid("days", "automation.days"));
        }
        if (!period.openingHours() && (from == null || period.to() == null || from.equals(period.to()) && !from.equals(LocalTime.MIDNIGHT))) {
            return Optional.of(new Invalid("period", "automation.period"));
        }
        return places(draft).stream().flatMap(place -> shut(place, draft, period).map(key -> new Invalid("period", key, place.name())).stream()).findFirst();
    }

    /** The first moment from now on at which something may leave, by place, the earliest first. */
    List<AudienceAutomations.NextRun> next(AudienceDraft draft, Period period) {
        if (!period.openingHours() && (period.from() == null || period.to() == null)) {
            return List.of();
        }
        return places(draft).stream().flatMap(place -> OfferHours.email(place.shop().zone(), place.quiet(), null).and(period.in(place.shop())).nextOpening(now, AutomationDesk.HORIZON)
            .map(at -> new AudienceAutomations.NextRun(at, place.shop().zone())).stream()).sorted(Comparator.comparing(AudienceAutomations.NextRun::at)).toList();
    }

    private Optional<String> shut(Place place, AudienceDraft draft, Period period) {
        BusinessCalendar calendar = period.in(place.shop());
        ZoneId zone = calendar.zone();
        if (calendar.nextOpening(now, AutomationDesk.HORIZON).isEmpty()) {
            return Optional.of("automation.noOpening");
        }
        if (!opens(OfferHours.email(zone, place.quiet(), null), calendar)) {
            return Optional.of("automation.quietPeriod");
        }
        boolean offers = !draft.marketing() || draft.channels().stream().allMatch(channel -> opens(channel == Channel.EMAIL ? OfferHours.email(zone, place.quiet(), place.offers())
            : OfferHours.sms(new OfferHours.Whereabouts(place.country(), zone), List.of(), place.quiet(), place.offers()), calendar));
        return offers ? Optional.empty() : Optional.of("automation.offerPeriod");
    }

    private boolean opens(OfferHours hours, BusinessCalendar calendar) { return hours.and(calendar).nextOpening(now, AutomationDesk.HORIZON).isPresent(); }

    private List<Place> places(AudienceDraft draft) {
        return h.createQuery("select l.name, l.country, l.opening_hours, l.holidays, l.zone, l.quiet_from, l.quiet_to, nullif(co.offer_hours, '') offer_hours from location l left join company co on true "
                + "where l.active and (:all or l.id = any(:ids)) order by l.name").bind("all", draft.everywhere()).bind("ids", draft.locations().toArray(Long[]::new))
            .map((r, c) -> new Place(r.getString("name"), r.getString("country"), new BusinessCalendar(OpeningHours.parse(r.getString("opening_hours")), Holidays.parse(r.getString("holidays")),
                ZoneId.of(r.getString("zone"))), new QuietHours(r.getObject("quiet_from", LocalTime.class), r.getObject("quiet_to", LocalTime.class)),
                r.getString("offer_hours") == null ? null : OpeningHours.parse(r.getString("offer_hours")))).list();
    }
}
