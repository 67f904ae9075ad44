package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.Seeded;
import org.carillon.delivery.BadAddresses;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.Dispatcher;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.Node;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.RouteHealth;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Sweeper;
import org.carillon.delivery.Turn;
import org.carillon.delivery.Verdict;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.Channel;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.carillon.shop.WallTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The outage drill (REL-48, REL-49): a shop whose releaser and lines stop for an hour, a night, three days of application-clock time while orders go
 * on changing. After it every plan has an end that adds up, and nobody was told anything too late, twice or at night.
 */
class OutageTest {

    private static final int ORDERS = 1_800;
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final LocalTime EVENING = LocalTime.of(21, 0);
    private static final LocalTime MORNING = LocalTime.of(8, 0);
    private static final Instant START = Instant.parse("2027-03-01T13:00:00Z");  // a Monday, 8:00 in Montréal
    private static final Duration STEP = Duration.ofMinutes(30);
    private static final Person OPERATOR = new Person(1, "garde@example.test", "Ève Garde", Role.OPERATOR, "fr", Person.Appearance.SYSTEM, Scope.nothing(), 1);

    private final Shop shop = new Shop();
    private final Node node = new Node(shop.jdbi);
    private final Map<Long, Instant> submitted = new ConcurrentHashMap<>();
    private final List<Long> twice = new ArrayList<>();
    private final BacklogDesk desk = new BacklogDesk(shop.jdbi, shop.clock, shop.overdue);
    private final Dispatcher dispatcher = new Dispatcher(List.of(new Provider()), new Turn(shop.jdbi, shop.clock, new BadAddresses(shop.outbox), Deadlines.DEFAULT), node, shop.clock, r -> null);
    private final Sweeper sweeper = new Sweeper(shop.jdbi, shop.clock, Deadlines.DEFAULT);
    private Instant now = START;

    /** Takes everything, and notes when. */
    private final class Provider implements Gateway {
        private final AtomicInteger ids = new AtomicInteger();

        @Override public String route() { return "smpp"; }
        @Override public Channel channel() { return Channel.SMS; }
        @Override public RouteHealth health() { return new RouteHealth(true, false, "", Instant.EPOCH); }
        @Override public int window() { return 50; }
        @Override public CompletionStage<Submission> submit(Outgoing outgoing) {
            if (submitted.put(outgoing.messageId(), shop.clock.now()) != null) {
                twice.add(outgoing.messageId());
            }
            return CompletableFuture.completedFuture(new Submission(Verdict.ACCEPTED, "0", "id" + ids.incrementAndGet(), ""));
        }
    }

    @ParameterizedTest(name = "REL-48, REL-49: {0} without releaser") @CsvSource({"PT1H, 1", "PT8H, 2", "P3D, 3"})
    void addsUpAfterAnOutage(Duration outage, int seed) {
        Random random = new Random(Long.getLong("carillon.seed", 20261122L) + seed);
        open();
        List<Long> orders = orders(random);
        while (now.isBefore(START.plus(26, ChronoUnit.HOURS))) {
            ready(orders, random, 25);
            turn();
            go(STEP);
        }
        ready(orders, random, 60);
        shop.releaser.releaseDue();  // released, and the line stands already
        Map<Long, Instant> planned = due();
        Instant stopped = now;
        for (Duration gone = Duration.ZERO; gone.compareTo(outage) < 0; gone = gone.plusMinutes(30)) {
            ready(orders, random, 2);
            go(Duration.ofMinutes(30));
        }
        planned = due();
        Instant resumed = now;
        long overdue = overdue();
        turn();
        long held = desk.count(BacklogDesk.Filter.ALL);
        assertEquals(overdue > BacklogDecider.FEW ? overdue : 0, held);
        assertEquals(outage.toDays() >= 3, held > 0, overdue + " overdue");
        if (held > 0) {
            decide(resumed.minus(outage.dividedBy(2)));
        }
        while (now.isBefore(START.plus(11, ChronoUnit.DAYS)) && shop.id("select (select count(*) from planned_notification where state in ('PLANNED', 'HELD')) + (select count(*) from message_due)") > 0) {
            turn();
            go(Duration.between(now, next()));
        }
        judge(planned, stopped, resumed);
    }

    /** Due for more than a quarter of an hour, of some use still, and not left. */
    private long overdue() {
        return shop.jdbi.withHandle(h -> h.createQuery("select (select count(*) from planned_notification where state = 'PLANNED' and due_at < :before and expires_at > :now) "
                + "+ (select count(*) from message_due where state = 'QUEUED' and next_attempt_at < :before and expires_at > :now)")
            .bind("before", now.minus(BacklogDecider.OVERDUE)).bind("now", now).mapTo(Long.class).one());
    }

    /** What is held waits while new work passes; the older half of the reminders is given up, the rest leaves at a quarter of the route's rate. */
    private void decide(Instant half) {
        int before = submitted.size();
        Instant noon = now.plus(3, ChronoUnit.HOURS);
        while (now.isBefore(noon)) {
            turn();
            go(STEP);
        }
        assertTrue(submitted.size() > before, "new work waits behind the backlog");
        long waiting = desk.count(BacklogDesk.Filter.ALL);
        BacklogDesk.Filter old = new BacklogDesk.Filter(Purpose.REMINDER, shop.location, half);
        long some = desk.count(old);
        assertTrue(some > 0 && some < waiting, some + " of " + waiting);
        long given = shop.jdbi.inTransaction(h -> desk.discard(old, OPERATOR));
        assertEquals(some, given);
        assertEquals(waiting - some, desk.count(BacklogDesk.Filter.ALL));
        shop.jdbi.useTransaction(h -> desk.release(OPERATOR));
        int taken = 0;
        for (int second = 0; second < 20; second++) {
            taken += shop.releaser.releaseBacklog(Map.of(Channel.SMS, 20.0));
            go(Duration.ofSeconds(1));
        }
        assertTrue(taken >= 90 && taken <= 101, taken + " plans in 20 s at 20 a second");
    }

    private void turn() {
        node.beat(shop.jdbi);
        shop.gate.watch();
        shop.releaser.recheckHeld();
        shop.releaser.releaseDue();
        shop.releaser.releaseBacklog(Map.of(Channel.SMS, 600.0));
        dispatcher.drain(Channel.SMS);
        while (sweeper.sweep() > 0) { }
    }

    /** The next step at which there is something to do. */
    private Instant next() {
        Instant due = shop.jdbi.withHandle(h -> h.createQuery("select least((select min(due_at) from planned_notification where state = 'PLANNED' or state = 'HELD' and reason = 'BACKLOG'), "
            + "(select min(next_attempt_at) from message_due where state <> 'HELD'), (select min(expires_at) from message_due))").mapTo(Instant.class).findOne().orElse(now));
        return due.isAfter(now.plus(STEP)) ? due : now.plus(STEP);
    }

    private void go(Duration by) {
        now = now.plus(by);
        shop.frozen = now;
    }

    // ---- the shop

    private void open() {
        shop.frozen = now;
        node.join("drill");
        shop.run("update location set quiet_from = '21:00', quiet_to = '08:00'");
        for (String reminder : List.of("3 DAYS false", "1 DAYS true", "2 HOURS false")) {
            String[] r = reminder.split(" ");
            shop.reminder(Integer.parseInt(r[0]), r[1], "Rappel " + reminder, "into_opening_hours=" + r[2]);
        }
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Votre appareil est prêt", "opening_hours_only=true");
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Merci", "delay_n, delay_unit=5, 'HOURS'");
    }

    private List<Long> orders(Random random) {
        return shop.jdbi.inTransaction(h -> {
            List<Long> customers = h.createQuery("insert into customer (location_id, ref, name, first_name, language, sms_consent, created_at) select :location, 'C' || n, 'C' || n, 'C' || n, "
                + "'fr', true, :now from generate_series(1, :count) n returning id").bind("location", shop.location).bind("now", now).bind("count", ORDERS).mapTo(Long.class).list();
            h.createUpdate("insert into customer_phone (customer_id, position, raw, e164, sms_able) select id, 0, number, number, true from unnest(:ids, :numbers) c (id, number)")
                .bindArray("ids", Long.class, customers).bindArray("numbers", String.class, IntStream.range(0, ORDERS).mapToObj("+1514555%04d"::formatted).toList()).execute();
            List<LocalDateTime> dues = IntStream.range(0, ORDERS).mapToObj(i -> START.atZone(ZONE).toLocalDate().plusDays(random.nextInt(9))
                .atTime(7 + random.nextInt(12), random.nextInt(60))).toList();
            List<Long> orders = h.createQuery("insert into work_order (location_id, customer_id, ref, status, status_group, due_local, due_at, opened_at, status_changed_at, last_time, created_at) "
                    + "select :location, customer, gen_random_uuid()::text, 'NEW', 'OPEN', local, at, :now, :now, :now, :now from unnest(:customers, :locals, :dues) o (customer, local, at) returning id")
                .bind("location", shop.location).bind("now", now).bindArray("customers", Long.class, customers)
                .bindArray("locals", String.class, dues.stream().map(LocalDateTime::toString).toList())
                .bindArray("dues", Instant.class, dues.stream().map(local -> WallTime.at(local, ZONE)).toList()).mapTo(Long.class).list();
            record(IntStream.range(0, ORDERS).mapToObj(i -> event(EventType.ORDER_CREATED, orders.get(i), customers.get(i), "NEW")).toList());
            return orders;
        });
    }

    /** So many random orders become ready. */
    private void ready(List<Long> orders, Random random, int most) {
        Long[] some = IntStream.range(0, random.nextInt(most + 1)).mapToObj(i -> Seeded.oneOf(random, orders)).distinct().toArray(Long[]::new);
        shop.jdbi.useTransaction(h -> record(h.createQuery("update work_order set status = 'READY', status_group = 'READY' where id = any(:ids) and status = 'NEW' returning id, customer_id")
            .bind("ids", some).map((r, x) -> event(EventType.ORDER_STATUS_CHANGED, r.getLong(1), r.getLong(2), "READY")).list()));
    }

    private BusinessEvent event(EventType type, long order, long customer, String status) {
        return new BusinessEvent(type, Subject.order(order), shop.location, customer, now, "drill", false, status, Map.of("from", "", "to", status));
    }

    private void record(List<BusinessEvent> events) {
        if (!events.isEmpty()) {
            new EventLog(shop.jdbi, shop.planner::plan).record(events);
        }
    }

    // ---- what is asked of it

    private record Told(long plan, long message, boolean reminder, boolean hours, long order, Instant appointment) { }

    private Map<Long, Instant> due() {
        return shop.jdbi.withHandle(h -> h.createQuery("select id, due_at from planned_notification").map((r, x) -> Map.entry(r.getLong(1), r.getTimestamp(2).toInstant())).list().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private void judge(Map<Long, Instant> planned, Instant stopped, Instant resumed) {
        Map<String, Long> ends = new HashMap<>();
        shop.jdbi.useHandle(h -> h.createQuery("select coalesce(m.state, p.state) || ' ' || coalesce(case when m.id is null then p.reason else m.reason end, ''), count(*) from planned_notification p "
            + "left join message m on m.id = p.message_id group by 1").map((r, x) -> ends.put(r.getString(1).strip(), r.getLong(2))).list());
        assertEquals(0, shop.id("select (select count(*) from planned_notification where state in ('PLANNED', 'HELD')) + (select count(*) from message_due)"), "undecided; " + ends);
        assertEquals(planned.size(), ends.values().stream().mapToLong(Long::longValue).sum(), "sent + expired + superseded (+ discarded) = planned; " + ends);
        Set<String> known = Set.of("ACCEPTED", "EXPIRED EXPIRED", "EXPIRED BACKLOG", "EXPIRED TOO_LATE", "EXPIRED OUTSIDE_HOURS", "SKIPPED SUPERSEDED", "CANCELLED SUPERSEDED", "SKIPPED TOO_LATE", "SKIPPED BACKLOG_DISCARDED",
            "CANCELLED BACKLOG_DISCARDED", "SKIPPED LEAD_TIME_PASSED");
        assertTrue(known.containsAll(ends.keySet()), ends::toString);
        assertEquals(submitted.size(), ends.get("ACCEPTED"), "sent is what the provider has; " + ends);
        assertEquals(List.of(), twice, "submitted twice");
        Map<Long, Integer> overdue = new HashMap<>();
        BusinessCalendar hours = hours();
        told().forEach(t -> {
            Instant at = submitted.get(t.message());
            LocalTime clock = at.atZone(ZONE).toLocalTime();
            if (t.reminder()) {
                assertTrue(at.isBefore(t.appointment()), () -> t + " was told at " + at);
                assertTrue(t.hours() || !clock.isBefore(MORNING) && clock.isBefore(EVENING), () -> t + " at night: " + at);
                Instant due = planned.get(t.plan());
                if (due.isAfter(stopped) && due.isBefore(resumed)) {
                    overdue.merge(t.order(), 1, Integer::sum);
                }
            }
            assertTrue(!t.hours() || hours.openAt(at), () -> t + " outside hours: " + at);
        });
        overdue.values().removeIf(n -> n == 1);
        assertEquals(Map.of(), overdue, "two overdue reminders of one order");
        System.out.println(Duration.between(stopped, resumed) + ": " + planned.size() + " planned, " + ends);
    }

    private List<Told> told() {
        return shop.jdbi.withHandle(h -> h.createQuery("select p.id, m.id, p.reminder, a.opening_hours_only or a.into_opening_hours, p.subject_id, o.due_at from message m join planned_notification p "
            + "on p.message_id = m.id join automation a on a.id = p.automation_id join work_order o on o.id = p.subject_id where m.state = 'ACCEPTED'")
            .map((r, x) -> new Told(r.getLong(1), r.getLong(2), r.getBoolean(3), r.getBoolean(4), r.getLong(5), r.getTimestamp(6).toInstant())).list());
    }

    private BusinessCalendar hours() {
        return new BusinessCalendar(OpeningHours.parse(shop.jdbi.withHandle(h -> h.createQuery("select opening_hours from location").mapTo(String.class).one())), Holidays.parse("[]"), ZONE);
    }
}
