package org.carillon.shop;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When an offer may leave: only while every one of these calendars is open (REL-55). Pure. */
public record OfferHours(List<BusinessCalendar> calendars) {

    /** Where somebody may be: the law of a country, at the clock of a zone. */
    public record Whereabouts(String country, ZoneId zone) { }

    public OfferHours { calendars = List.copyOf(calendars); }

    /**
     * An SMS, at the shop and wherever its reader may be.
     *
     * @param own the company's narrower hours, null where there are none
     */
    public static OfferHours sms(Whereabouts shop, List<Whereabouts> reader, QuietHours quiet, OpeningHours own) {
        List<Whereabouts> places = Stream.concat(Stream.of(shop), reader.stream()).distinct().toList();
        return new OfferHours(Stream.of(places.stream().map(p -> OfferLaw.calendar(p.country(), p.zone())),
            places.stream().map(Whereabouts::zone).distinct().flatMap(zone -> own(own, zone)), loud(quiet, shop.zone())).flatMap(s -> s).toList());
    }

    /** An e-mail rings nobody up: the location's quiet hours and the company's own hours are enough. */
    public static OfferHours email(ZoneId shop, QuietHours quiet, OpeningHours own) {
        return new OfferHours(Stream.concat(own(own, shop), loud(quiet, shop)).toList());
    }

    /** The same while another calendar is open, too. */
    public OfferHours and(BusinessCalendar further) { return new OfferHours(Stream.concat(calendars.stream(), Stream.of(further)).toList()); }

    private static Stream<BusinessCalendar> own(OpeningHours own, ZoneId zone) {
        return own == null ? Stream.empty() : Stream.of(new BusinessCalendar(own, Holidays.NONE, zone));
    }

    private static Stream<BusinessCalendar> loud(QuietHours quiet, ZoneId zone) {
        return quiet.from().equals(quiet.to()) ? Stream.empty()
            : Stream.of(new BusinessCalendar(OpeningHours.of(List.of(new Window(quiet.to(), quiet.from())), DayOfWeek.values()), Holidays.NONE, zone));
    }

    public boolean openAt(Instant instant) { return calendars.stream().allMatch(c -> c.openAt(instant)); }

    /** From itself when all are open then; empty when they are not open together up to and including {@code from + horizon}. */
    public Optional<Instant> nextOpening(Instant from, Duration horizon) {
        Instant last = from.plus(horizon);
        Instant at = from;
        for (int open = 0; open < calendars.size(); ) {
            Instant reached = at;
            open = 0;
            for (BusinessCalendar calendar : calendars) {
                Optional<Instant> next = calendar.nextOpening(reached, Duration.between(reached, last));
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                open = next.get().equals(reached) ? open + 1 : 0;
                reached = next.get();
            }
            open = reached.equals(at) ? open : 0;
            at = reached;
        }
        return Optional.of(at);
    }
}
