package org.carillon.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.audience.Audience;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.AudienceJson;
import org.carillon.audience.AudienceQuery;
import org.carillon.audience.LocalDays;
import org.carillon.audience.Moment;
import org.carillon.audience.Statement;
import org.carillon.billing.SaleFields;
import org.carillon.booking.AppointmentFields;
import org.carillon.customer.CustomerFields;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.repair.OrderFields;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * PERF-09: rules compiled to SQL beside what a person would write by hand for the same customers, in turn, on invented books of
 * {@code carillon.bench.customers} (1,000,000), three orders, one appointment and half a sale each. Both must find the same customers. Times are those of
 * a count from the client's side, medians of {@code carillon.bench.rounds} (5).
 */
public final class Audiences {

    private static final PrintStream OUT = System.out;
    private static final int CUSTOMERS = Integer.getInteger("carillon.bench.customers", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("carillon.bench.rounds", 5);
    private static final FieldCatalogue CATALOGUE = new FieldCatalogue(Stream.of(new CustomerFields(), new OrderFields(), new AppointmentFields(), new SaleFields())
        .flatMap(s -> s.fields().stream()).toList());
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");

    /** @param byHand customers as a person would ask for them, with parameters :now and :today (the start of the local day) and days counted from it */
    private record Case(String name, String rules, String byHand) { }

    private static final List<Case> CASES = List.of(
        new Case("six-month reminder (KI-R06)", """
            [[%s], [{"field": "appointment.last_one", "operator": "more_than", "value": {"daysAgo": 174}}, {"field": "appointment.last_one", "operator": "does_not_exist"}],
             [{"field": "appointment.next_one", "operator": "does_not_exist"}], [{"field": "repair_order_opened.open_count", "operator": "equal", "value": 0}]]"""
            .formatted(Stream.of(180, 179, 178, 177, 176, 175, 174).map(n -> "{\"field\": \"repair_order_closed.last_time\", \"operator\": \"exactly\", \"value\": {\"daysAgo\": " + n + "}}")
                .collect(Collectors.joining(", "))), """
            select distinct o.customer_id from work_order o join customer c on c.id = o.customer_id and c.erased_at is null
             where o.kind = 'WORK_ORDER' and o.closed_at >= :d180 and o.closed_at < :d173
               and not exists (select from work_order l where l.customer_id = o.customer_id and l.kind = 'WORK_ORDER' and l.closed_at >= :d173)
               and not exists (select from appointment a where a.customer_id = o.customer_id and a.status <> 'CANCELLED' and a.start_at >= :d174)
               and not exists (select from work_order w where w.customer_id = o.customer_id and w.kind = 'WORK_ORDER' and w.status_group in ('OPEN', 'READY'))"""),
        new Case("yesterday's visits (KI-R04)", "[[{\"field\": \"repair_order_closed.last_time\", \"operator\": \"exactly\", \"value\": {\"daysAgo\": 1}}]]", """
            select distinct o.customer_id from work_order o join customer c on c.id = o.customer_id and c.erased_at is null where o.kind = 'WORK_ORDER' and o.closed_at >= :d1 and o.closed_at < :d0
               and not exists (select from work_order l where l.customer_id = o.customer_id and l.kind = 'WORK_ORDER' and l.closed_at >= :d0)"""),
        new Case("missed appointment, a window of ten minutes (KI-R09)", """
            [[{"field": "appointment.time_relative", "operator": "less_than", "value": {"minutesAgo": 130}}], [{"field": "appointment.time_relative", "operator": "more_than", "value": {"minutesAgo": 120}}],
             [{"field": "appointment.status", "operator": "is_not", "value": "Canceled"}], [{"field": "appointment.status", "operator": "is_not", "value": "Rescheduled"}],
             [{"field": "repair_order_opened.last_time", "operator": "more_than", "value": {"daysAgo": 1}}, {"field": "repair_order_opened.times", "operator": "equal", "value": 0}]]""", """
            select distinct a.customer_id from appointment a join customer c on c.id = a.customer_id and c.erased_at is null
             where a.start_at > :now::timestamptz - interval '130 minutes' and a.start_at < :now::timestamptz - interval '120 minutes' and a.status not in ('CANCELLED', 'RESCHEDULED')
               and not exists (select from work_order w where w.customer_id = a.customer_id and w.kind = 'WORK_ORDER' and w.opened_at >= :d1)"""),
        new Case("tomorrow's appointments (KI-R08)", """
            [[{"field": "appointment.date", "operator": "in", "value": {"inDays": 1}}], [{"field": "appointment.status", "operator": "is_not", "value": "Canceled"}]]""", """
            select distinct a.customer_id from appointment a join customer c on c.id = a.customer_id and c.erased_at is null
             where a.start_at >= :p1 and a.start_at < :p2 and a.status <> 'CANCELLED'"""),
        new Case("end of warranty (KI-R12)", """
            [[{"field": "sale.vehicle_delivery_date", "operator": "exactly", "value": 700}], [{"field": "sale.vehicle_condition", "operator": "is", "value": "New"}]]""", """
            select distinct s.customer_id from sale s join customer c on c.id = s.customer_id and c.erased_at is null where s.delivered_on = :now::timestamptz::date - 700 and s.vehicle_condition = 'NEW'"""),
        new Case("a make anywhere, no order for a year (no index helps)", """
            [[{"field": "sale.vehicle_make", "operator": "contains", "value": "toyo"}], [{"field": "repair_order_opened.last_time", "operator": "more_than", "value": {"daysAgo": 365}}]]""", """
            select distinct s.customer_id from sale s join customer c on c.id = s.customer_id and c.erased_at is null where lower(s.vehicle_make) like '%toyo%'
               and exists (select from work_order w where w.customer_id = s.customer_id and w.kind = 'WORK_ORDER')
               and not exists (select from work_order w where w.customer_id = s.customer_id and w.kind = 'WORK_ORDER' and w.opened_at >= :d365)"""));

    private final Jdbi jdbi;
    private final Samples samples = new Samples();
    private final Instant now = Instant.parse("2026-11-24T15:07:00Z");

    private Audiences(Jdbi jdbi) { this.jdbi = jdbi; }

    public static void main(String[] args) throws Exception {
        try (DurableDatabase database = DurableDatabase.open()) {
            new Audiences(database.jdbi(2)).measure(database.owner());
        }
    }

    private void measure(Jdbi owner) throws Exception {
        long began = System.nanoTime();
        new Books(CUSTOMERS, now).fill(owner);
        OUT.printf(Locale.ROOT, "%n%,d customers in %d s; load %.1f%n", CUSTOMERS, (System.nanoTime() - began) / 1_000_000_000L, load());
        for (int round = 0; round <= ROUNDS; round++) {
            for (Case one : CASES) {
                both(one, round == 0);
            }
        }
        for (Case one : CASES) {
            double ours = samples.quantile(one.name() + ", compiled", 0.5);
            double hand = samples.quantile(one.name() + ", by hand", 0.5);
            OUT.printf(Locale.ROOT, "| %s | %.1f ms | %.1f ms | %.2f (worst %.2f) |%n", one.name(), ours, hand, ours / hand, samples.quantile(one.name() + ", compiled", 1) / samples.quantile(one.name() + ", by hand", 1));
        }
        AudienceDesk desk = new AudienceDesk(jdbi, CATALOGUE, new ApplicationClock(jdbi));
        for (int round = 0; round <= ROUNDS; round++) {
            for (Case one : CASES) {
                samples.time("as the wizard counts: " + one.name(), () -> desk.count(Scope.everything(), audience(one), Channel.SMS, false, now));
            }
        }
        OUT.println(samples.table() + "load " + load());
    }

    private static double load() { return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(); }

    private static Audience audience(Case one) { return AudienceJson.parse(one.rules(), null, CATALOGUE); }

    private void both(Case one, boolean rehearsal) throws Exception {
        List<LocalDays> places = jdbi.withHandle(h -> h.createQuery("select id, opening_hours from location").map((r, c) ->
            new LocalDays(r.getLong(1), new BusinessCalendar(OpeningHours.parse(r.getString(2)), Holidays.NONE, ZONE))).list());
        Statement statement = AudienceQuery.compile(audience(one), CATALOGUE, places, places.stream().map(LocalDays::location).collect(Collectors.toSet()), Moment.at(now)).get(0);
        if (rehearsal) {
            Set<Long> ours = jdbi.withHandle(h -> statement.bind(h.createQuery("select distinct customer_id from (" + statement.sql() + ") m")).mapTo(Long.class).set());
            Set<Long> hand = jdbi.withHandle(h -> days(h.createQuery(one.byHand())).mapTo(Long.class).set());
            OUT.printf(Locale.ROOT, "%s: %,d customers, by hand %,d%s%n", one.name(), ours.size(), hand.size(), ours.equals(hand) ? "" : ", NOT THE SAME");
            if (Boolean.getBoolean("carillon.bench.explain")) {
                List<String> plan = jdbi.withHandle(h -> statement.bind(h.createQuery("explain (analyze, costs off, timing off) " + statement.sql())).mapTo(String.class).list());
                OUT.println(String.join("\n", plan));
            }
            return;
        }
        samples.time(one.name() + ", by hand", () -> jdbi.withHandle(h -> days(h.createQuery("select count(*) from (" + one.byHand() + ") m")).mapTo(Long.class).one()));
        samples.time(one.name() + ", compiled", () -> jdbi.withHandle(h -> statement.bind(h.createQuery("select count(distinct customer_id) from (" + statement.sql() + ") m")).mapTo(Long.class).one()));
    }

    private Query days(Query query) {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("now", now));
        for (int n : new TreeSet<>(Set.of(-2, -1, 0, 1, 173, 174, 180, 365))) {
            values.put((n < 0 ? "p" + -n : "d" + n), now.atZone(ZONE).truncatedTo(ChronoUnit.DAYS).minusDays(n).toInstant());
        }
        values.forEach(query::bind);
        return query;
    }
}
