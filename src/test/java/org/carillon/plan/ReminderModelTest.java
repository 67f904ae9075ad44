package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.Seeded;
import org.carillon.automation.AutomationState;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.Channel;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Reason;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * REL-47, P-03 to P-05, P-19: random lives of orders (created, moved, cancelled, reopened, consent withdrawn, the number opted out) at a shop whose
 * reminders, opening hours, quiet hours and zone change too, on a real database, against a model that knows nothing of SQL and finds every moment
 * by looking at clocks. 200 orders live in one shop at a time; {@code -Dcarillon.cases=500} is 100,000 lives, which took 52 minutes beside other
 * work on two cores (seeds from 20261122 on).
 */
class ReminderModelTest {

    private static final int ORDERS = 200;
    private static final int ROUNDS = 9;
    private static final List<String> ZONES = List.of("America/Toronto", "Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata");
    private static final Instant START = Instant.parse("2027-03-05T15:00:00Z");
    private static final long EARLIEST = START.getEpochSecond() - 60 * 86_400L;

    private Shop shop;

    private static final class Reminder {
        long id;
        int amount;
        String unit;
        boolean late;
        boolean intoHours;
        boolean paused;
    }

    private record Hours(LocalTime open, LocalTime close) { }

    private static final class Order {
        long id;
        long customer;
        LocalDateTime due;
        String number;
        boolean open = true;
        boolean consent = true;
        boolean optedOut;
        /** What the model holds of each reminder that has not been sent. */
        final Map<Reminder, Entry> entries = new HashMap<>();
        final Map<Reminder, Set<LocalDateTime>> sent = new HashMap<>();
    }

    private record Entry(LocalDateTime wall, Instant at, Instant expires, String state) {
        boolean pending() { return state.equals("PLANNED") || state.equals("HELD"); }
        Entry as(String next) { return new Entry(wall, at, expires, next); }
    }

    private String zone;
    private LocalTime from;
    private LocalTime to;
    private final Map<DayOfWeek, Hours> week = new EnumMap<>(DayOfWeek.class);
    private Instant now;
    private final byte[] looked = new byte[180 * 1_440];
    private final List<Reminder> reminders = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();

    @Test @DisplayName("REL-47: whatever happens, what is pending is what the model says")
    void agreesWithTheModel() {
        Seeded.run(4, random -> {
            begin(random);
            for (int round = 0; round < ROUNDS; round++) {
                List<String> done = random.nextInt(3) == 0 ? shopChanges(random) : ordersChange(random);
                agree("round " + round + ": " + done);
            }
        });
    }

    // ---- what happens

    private void begin(Random random) {
        orders.clear();
        reminders.clear();
        shop = new Shop();
        shop.at(START.toString());
        now = START;
        shop.frozen = now;
        zone = Seeded.oneOf(random, ZONES);
        from = LocalTime.of(20 + random.nextInt(3), 0);
        to = LocalTime.of(7, 30);
        open(random);
        calendar();
        for (int i = 0; i < 3; i++) {
            Reminder r = new Reminder();
            r.amount = List.of(30, 3, 2).get(i) + random.nextInt(3);
            r.unit = List.of("MINUTES", "HOURS", "DAYS").get(i);
            r.late = random.nextInt(4) == 0;
            r.intoHours = random.nextInt(3) == 0;
            r.id = shop.reminder(r.amount, r.unit, "Rappel " + i, "send_late, into_opening_hours=" + r.late + ", " + r.intoHours);
            reminders.add(r);
        }
        List<Long> customers = customers();
        for (int i = 0; i < ORDERS; i++) {
            Order order = new Order();
            order.customer = customers.get(i);
            order.number = number(i);
            reminders.forEach(r -> order.sent.put(r, new HashSet<>()));
            orders.add(order);
        }
    }

    private static String number(int i) { return "+1514555%04d".formatted(i); }

    private List<Long> customers() {
        return shop.jdbi.inTransaction(h -> {
            List<Long> ids = h.createQuery("insert into customer (location_id, ref, name, first_name, language, sms_consent, created_at) select :location, 'C' || n, 'C' || n, 'C' || n, "
                + "'fr', true, :now from generate_series(1, :count) n returning id").bind("location", shop.location).bind("now", now).bind("count", ORDERS).mapTo(Long.class).list();
            h.createUpdate("insert into customer_phone (customer_id, position, raw, e164, sms_able) select id, 0, number, number, true from unnest(:ids, :numbers) c (id, number)")
                .bindArray("ids", Long.class, ids).bindArray("numbers", String.class, IntStream.range(0, ORDERS).mapToObj(ReminderModelTest::number).toList()).execute();
            return ids;
        });
    }

    /** Every order's own fate, all in one transaction. */
    private List<String> ordersChange(Random random) {
        shop.jdbi.useTransaction(h -> {
            List<Order> told = new ArrayList<>();
            List<BusinessEvent> events = new ArrayList<>();
            for (Order order : orders) {
                EventType type = order.id == 0 ? random.nextBoolean() ? EventType.ORDER_CREATED : null : change(h, order, random);
                if (type == EventType.ORDER_CREATED) {
                    order.due = random.nextInt(6) == 0 ? null : someDay(random);
                    order.id = h.createQuery("insert into work_order (location_id, customer_id, ref, status, status_group, opened_at, status_changed_at, last_time, created_at) "
                        + "values (:location, :customer, gen_random_uuid()::text, 'NEW', 'OPEN', :now, :now, :now, :now) returning id").bind("location", shop.location)
                        .bind("customer", order.customer).bind("now", now).mapTo(Long.class).one();
                }
                if (type != null) {
                    told.add(order);
                    events.add(new BusinessEvent(type, Subject.order(order.id), shop.location, order.customer, now, "model", false, order.open ? "NEW" : "CLOSED", Map.of("to", "")));
                }
            }
            PreparedBatch batch = h.prepareBatch("update work_order set due_local = :local, due_at = :at, status = :status, status_group = :group where id = :id");
            told.forEach(o -> batch.bind("local", o.due == null ? null : o.due.toString()).bind("at", o.due == null ? null : instant(o.due))
                .bind("status", o.open ? "NEW" : "CLOSED").bind("group", o.open ? "OPEN" : random.nextBoolean() ? "CLOSED" : "CANCELLED").bind("id", o.id).add());
            if (!told.isEmpty()) {
                batch.execute();
                told.forEach(order -> follow(order, true));
                new EventLog(shop.jdbi, shop.planner::plan).record(events);
            }
        });
        return List.of("orders");
    }

    /** What happens to one order; null where it is not about the order itself. */
    private EventType change(Handle h, Order order, Random random) {
        switch (random.nextInt(10)) {
            case 0 -> order.due = null;
            case 1 -> { order.open = false; return EventType.ORDER_STATUS_CHANGED; }
            case 2 -> { order.open = true; return EventType.ORDER_STATUS_CHANGED; }
            case 3 -> { consent(h, order, !order.consent); return null; }
            case 4 -> { optOut(h, order); return null; }
            case 5 -> { return null; }
            default -> order.due = someDay(random);
        }
        return EventType.ORDER_SCHEDULED_TIME_CHANGED;
    }

    private LocalDateTime someDay(Random random) {
        return LocalDateTime.ofInstant(now, ZoneId.of(zone)).plusMinutes(random.nextInt(7 * 24 * 60) - 600).withSecond(0).withNano(0);
    }

    /** The number says STOP, or START again: what is planned and what waits as a message stops at once (T18), and reminders come back. */
    private void optOut(Handle h, Order order) {
        order.optedOut = !order.optedOut;
        if (order.optedOut) {
            h.execute("insert into suppression (channel, address, reason, evidence, at, actor) values ('SMS', ?, 'STOP', 'STOP', ?, 'model')", order.number, now);
            shop.replanner.stopped(Channel.SMS, order.number, false, Reason.OPTED_OUT, "model");
            order.entries.replaceAll((r, e) -> e.pending() ? e.as("SUPPRESSED") : e);
        } else {
            h.execute("update suppression set released_at = ? where address = ? and released_at is null", now, order.number);
            shop.replanner.started(Channel.SMS, order.number);
            comeBack(order);
        }
    }

    private void comeBack(Order order) {
        if (order.entries.values().stream().anyMatch(e -> e.state().equals("SUPPRESSED"))) {
            follow(order, true);
        }
    }

    private void consent(Handle h, Order order, boolean given) {
        order.consent = given;
        h.execute("update customer set sms_consent = ? where id = ?", given, order.customer);
        if (given) {
            shop.replanner.given(order.customer, Channel.SMS);
            comeBack(order);
        } else {
            shop.replanner.withdrawn(order.customer, Channel.SMS, "model");
            order.entries.replaceAll((r, e) -> e.pending() ? e.as("SUPPRESSED") : e);
        }
    }

    private List<String> shopChanges(Random random) {
        Reminder r = Seeded.oneOf(random, reminders);
        switch (random.nextInt(6)) {
            case 0 -> {
                from = LocalTime.of(18 + random.nextInt(5), 15 * random.nextInt(4));
                to = LocalTime.of(5 + random.nextInt(4), 0);
                calendar();
                orders.forEach(order -> follow(order, false));
                return List.of("quiet " + from + " to " + to);
            }
            case 4 -> {
                open(random);
                calendar();
                orders.forEach(order -> follow(order, false));
                return List.of("hours " + week);
            }
            case 1 -> {
                zone = Seeded.oneOf(random, ZONES);
                calendar();
                orders.forEach(order -> follow(order, false));
                return List.of("zone " + zone);
            }
            case 2 -> {
                r.amount = 1 + random.nextInt(5) * (r.unit.equals("MINUTES") ? 20 : 1);
                shop.edit(r.id, "delay_n = " + r.amount);
                if (!r.paused) {
                    orders.forEach(order -> follow(order, r, false));
                }
                return List.of("lead " + r.amount + " " + r.unit);
            }
            case 3 -> {
                r.paused = !r.paused;
                shop.edit(r.id, r.paused ? "state = 'PAUSED'" : "state = 'ACTIVE'");
                orders.forEach(order -> {
                    if (r.paused) {
                        order.entries.computeIfPresent(r, (k, e) -> e.pending() ? e.as("HELD") : e);
                    } else {
                        follow(order, r, false);
                    }
                });
                return List.of((r.paused ? "paused " : "resumed ") + r.unit);
            }
            default -> {
                now = now.plus(Duration.ofMinutes(60 + random.nextInt(2_000)));
                while (quiet(now) || !isOpen(now)) {
                    now = now.plus(Duration.ofMinutes(1));
                }
                shop.at(now.toString());
                shop.frozen = now;
                shop.releaser.releaseDue();
                // settled, by the shortest legal way: what has left is not recalled
                shop.outbox.cancelByPlans(shop.jdbi.withHandle(h -> h.createQuery("select m.plan_id from message m join message_due d on d.message_id = m.id")
                    .mapTo(Long.class).list()), Reason.STOPPED_BY_STAFF, "model");
                orders.forEach(this::release);
                return List.of("clock " + now);
            }
        }
    }

    /** Other opening hours: at least three days a week, whose edges no clock skips or shows twice. */
    private void open(Random random) {
        week.clear();
        while (week.size() < 3) {
            for (DayOfWeek day : DayOfWeek.values()) {
                if (random.nextBoolean()) {
                    week.put(day, new Hours(LocalTime.of(7 + random.nextInt(5), 15 * random.nextInt(4)), LocalTime.of(13 + random.nextInt(6), 15 * random.nextInt(4))));
                }
            }
        }
    }

    private void calendar() {
        Arrays.fill(looked, (byte) 0);
        String hours = week.entrySet().stream().map(e -> "\"%s\":[[\"%s\",\"%s\"]]".formatted(e.getKey().name().substring(0, 3), e.getValue().open(), e.getValue().close()))
            .collect(Collectors.joining(",", "{", "}"));
        shop.run("update location set zone = '" + zone + "', quiet_from = '" + from + "', quiet_to = '" + to + "', opening_hours = '" + hours + "', calendar_rev = calendar_rev + 1");
        shop.jdbi.useTransaction(h -> {
            PreparedBatch batch = h.prepareBatch("update work_order set due_at = :at where id = :id");
            orders.stream().filter(o -> o.due != null).forEach(o -> batch.bind("at", instant(o.due)).bind("id", o.id).add());
            if (batch.size() > 0) {
                batch.execute();
            }
            shop.replanner.followLocation(h, shop.location, now);
        });
    }

    // ---- the model

    private void follow(Order order, boolean told) { reminders.forEach(r -> follow(order, r, told)); }

    private void follow(Order order, Reminder r, boolean told) {
        Entry e = order.entries.get(r);
        boolean wanted = order.open && order.due != null && !order.sent.get(r).contains(order.due);
        if (!wanted || r.paused) {
            order.entries.computeIfPresent(r, (k, x) -> x.pending() && !wanted ? x.as("CANCELLED") : x);
            return;
        }
        Instant due = instant(order.due);
        if (!told && !due.isAfter(now)) {
            return;  // nobody asks for what is over; it expires by itself
        }
        Instant at = moment(r, order.due);
        boolean same = e != null && e.wall().equals(order.due);
        boolean finished = e != null && Set.of("SKIPPED", "EXPIRED", "SUPPRESSED").contains(e.state());
        if (e != null && e.state().equals("SUPPRESSED") && (!order.consent || order.optedOut) || same && finished && !at.isAfter(now)) {
            return;
        }
        if (same && e.state().equals("PLANNED") && !e.at().isAfter(now) && !at.isAfter(now)) {
            order.entries.put(r, new Entry(e.wall(), e.at(), due, e.state()));  // on its way
        } else if (at.isAfter(now)) {
            order.entries.put(r, new Entry(order.due, at, due, "PLANNED"));
        } else if (r.late && good(r, now).isBefore(due)) {
            order.entries.put(r, new Entry(order.due, good(r, now), due, "PLANNED"));
        } else if (told || e != null) {
            order.entries.put(r, new Entry(order.due, at, due, "SKIPPED"));
        }
    }

    /** What the releaser does at this moment of a day that is not quiet. */
    private void release(Order order) {
        order.entries.replaceAll((r, e) -> e.pending() && !e.expires().isAfter(now) ? e.as("EXPIRED") : e);
        List<Reminder> overdue = order.entries.entrySet().stream().filter(x -> x.getValue().state().equals("PLANNED") && !x.getValue().at().isAfter(now)).map(Map.Entry::getKey).toList();
        if (overdue.isEmpty()) {
            return;
        }
        Instant newest = overdue.stream().map(r -> order.entries.get(r).at()).max(Instant::compareTo).orElseThrow();
        List<Reminder> last = overdue.stream().filter(r -> order.entries.get(r).at().equals(newest)).toList();
        // of two that fall on the same minute the database's order decides; one it is all the same
        Reminder one = last.size() == 1 ? last.get(0) : last.stream().max(Comparator.comparing(r -> plan(order, r))).orElseThrow();
        overdue.forEach(r -> order.entries.computeIfPresent(r, (k, e) -> e.as("SKIPPED")));
        if (order.optedOut) {
            order.entries.computeIfPresent(one, (k, e) -> e.as("SUPPRESSED"));
        } else if (order.consent) {
            order.sent.get(one).add(order.entries.remove(one).wall());
        }
    }

    private long plan(Order order, Reminder r) {
        return shop.id("select max(id) from planned_notification where automation_id = " + r.id + " and subject_id = " + order.id + " and changed_at = (select max(changed_at) "
            + "from planned_notification where automation_id = " + r.id + " and subject_id = " + order.id + ")");
    }

    /** By looking at clocks, minute by minute. */
    private Instant moment(Reminder r, LocalDateTime due) {
        Instant wished = r.unit.equals("DAYS") ? instant(due.minusDays(r.amount)) : instant(due).minus(Duration.ofMinutes(r.amount * (r.unit.equals("HOURS") ? 60L : 1)));
        if (r.intoHours) {
            return isOpen(wished) ? wished : before(wished).minus(Duration.ofMinutes(15));
        }
        if (!quiet(wished)) {
            return wished;
        }
        Instant morning = awake(wished);
        if (morning.isBefore(instant(due))) {
            return morning;
        }
        Instant evening = wished.truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
        while (quiet(evening.minus(Duration.ofMinutes(1)))) {
            evening = evening.minus(Duration.ofMinutes(1));
        }
        return evening.minus(Duration.ofMinutes(15));
    }

    private Instant awake(Instant at) {
        Instant instant = at;
        while (quiet(instant)) {
            instant = instant.truncatedTo(java.time.temporal.ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
        }
        return instant;
    }

    /** When it may leave, from an instant on. */
    private Instant good(Reminder r, Instant at) {
        Instant instant = r.intoHours ? at : awake(at);
        while (r.intoHours && !isOpen(instant)) {
            instant = instant.truncatedTo(java.time.temporal.ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
        }
        return instant;
    }

    /** The closing before an instant at which it is closed. */
    private Instant before(Instant at) {
        Instant instant = at.truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
        while (!isOpen(instant.minus(Duration.ofMinutes(1)))) {
            instant = instant.minus(Duration.ofMinutes(1));
        }
        return instant;
    }

    private boolean isOpen(Instant at) { return (look(at) & 2) != 0; }

    private boolean quiet(Instant at) { return (look(at) & 1) != 0; }

    /** A minute is looked at once under the same calendar: all orders ask for the same days. */
    private int look(Instant at) {
        int minute = (int) Math.floorDiv(at.getEpochSecond() - EARLIEST, 60L);
        if (looked[minute] == 0) {
            Instant start = at.truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
            looked[minute] = (byte) (4 + (showsOpen(start) ? 2 : 0) + (showsQuiet(start) ? 1 : 0));
        }
        return looked[minute];
    }

    private boolean showsOpen(Instant at) {
        LocalDateTime shown = LocalDateTime.ofInstant(at, ZoneId.of(zone));
        Hours hours = week.get(shown.getDayOfWeek());
        return hours != null && !shown.toLocalTime().isBefore(hours.open()) && shown.toLocalTime().isBefore(hours.close());
    }

    private boolean showsQuiet(Instant at) {
        LocalTime clock = at.atZone(ZoneId.of(zone)).toLocalTime();
        return from.isAfter(to) ? !clock.isBefore(from) || clock.isBefore(to) : !clock.isBefore(from) && clock.isBefore(to);
    }

    /** The first instant at which the clock on the wall shows this or has passed it. */
    private Instant instant(LocalDateTime wall) {
        ZoneRules rules = ZoneId.of(zone).getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(wall);
        return offsets.isEmpty() ? rules.getTransition(wall).getInstant() : wall.toInstant(offsets.get(0));
    }

    /** All that both know of an order's reminder. */
    private String life(String key) {
        String[] ids = key.split(" ");
        Order order = orders.stream().filter(o -> o.id == Long.parseLong(ids[0])).findFirst().orElseThrow();
        return "model " + order.entries.entrySet().stream().map(e -> e.getKey().id + ":" + e.getValue()).toList() + " sent "
            + order.sent.entrySet().stream().map(e -> e.getKey().id + ":" + e.getValue()).toList() + ", database "
            + shop.jdbi.withHandle(h -> h.createQuery("select automation_id || ':' || id || ' ' || state || ' ' || coalesce(reason, '') || ' ' || occurrence || ' ' || due_at || ' ' || changed_at "
                + "from planned_notification where subject_id = :o order by id").bind("o", order.id).mapTo(String.class).list());
    }

    private void agree(String after) {
        Map<String, String> real = new TreeMap<>();
        shop.jdbi.useHandle(h -> h.createQuery("select subject_id || ' ' || automation_id, state || ' ' || occurrence || ' ' || to_char(due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') "
            + "from planned_notification where state in ('PLANNED', 'HELD')").map((r, x) -> real.put(r.getString(1), r.getString(2))).list());
        Map<String, String> model = new TreeMap<>();
        orders.forEach(o -> o.entries.forEach((r, e) -> { if (e.pending()) { model.put(o.id + " " + r.id, e.state() + " " + e.wall() + " " + e.at()); } }));
        Set<String> different = new HashSet<>(model.keySet());
        different.addAll(real.keySet());
        different.removeIf(k -> model.getOrDefault(k, "").equals(real.getOrDefault(k, "")));
        assertEquals(Map.of(), different.stream().limit(5).collect(Collectors.toMap(k -> k, k -> "model " + model.get(k) + ", database " + real.get(k) + "; " + life(k))),
            () -> after + " in " + zone + " at " + now + ", " + different.size() + " differ; reminders " + IntStream.range(0, 3).mapToObj(i -> reminders.get(i).id + "=" + reminders.get(i).amount
                + reminders.get(i).unit + (reminders.get(i).late ? " late" : "") + (reminders.get(i).paused ? " paused" : "")).toList());
        assertEquals(orders.stream().mapToLong(o -> o.sent.values().stream().mapToLong(Set::size).sum()).sum(), shop.id("select count(*) from message"), "sent, after " + after);
    }
}
