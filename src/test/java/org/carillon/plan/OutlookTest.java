package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.carillon.Seeded;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Subject;
import org.carillon.shop.WallTime;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REL-02, A-38, A-39, RO-26 to RO-33: twins live the same lives, one planned by one look and one write, some of them together, the other statement by statement. They never differ. */
class OutlookTest {

    private static final List<String> STATUSES = List.of("NEW", "READY", "CLOSED");

    private record Twins(long ours, long theirs) { }

    private Shop shop;
    private FormerPlanner former;
    private long elsewhere;
    private final List<Twins> twins = new ArrayList<>();
    private final List<Long> automations = new ArrayList<>();

    @Test
    @DisplayName("REL-02: whatever happens, the planner leaves what the former statements leave")
    void plansAsItsFormerSelf() {
        Seeded.run(2, random -> {
            begin(random);
            for (int step = 0; step < 45; step++) {
                String done = step(random);
                for (Twins twin : twins) {
                    assertEquals(plans(twin.theirs()), plans(twin.ours()), "step " + step + ", " + done + ", order " + twin.ours());
                }
            }
        });
    }

    private void begin(Random random) {
        twins.clear();
        automations.clear();
        shop = new Shop();
        former = new FormerPlanner(shop.outbox, shop.reminders);
        shop.at("2027-03-01T15:00:00Z");
        shop.frozen = Instant.parse("2027-03-01T15:00:00Z");
        elsewhere = shop.id("insert into location (code, name, zone, country, language, opening_hours) select 'PAR', 'Bercy', 'Europe/Paris', 'FR', 'fr', opening_hours from location returning id");
        automations.add(shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret {order.status}", ""));
        automations.add(shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret hier", "delay_n=60"));
        automations.add(shop.automation("ORDER_STATUS_CHANGED", null, "Change", "opening_hours_only=true"));
        automations.add(shop.automation("ORDER_STATUS_CHANGED", "CLOSED", "Avis", "delay_n, send_anyway=90, true"));
        automations.add(shop.automation("ORDER_SCHEDULED_TIME_CHANGED", null, "Date", "delay_n=20"));
        automations.add(shop.automation("ORDER_CREATED", null, "Recu", "delay_n=5"));
        automations.add(shop.reminder(3, "HOURS", "Bientot", ""));
        automations.add(shop.reminder(2, "DAYS", "Demain", "send_late=true"));
        shop.run("update automation set channels = 'SMS,EMAIL' where id = " + automations.get(7));
        automations.forEach(a -> { if (random.nextInt(3) > 0) { shop.run("insert into automation_location values (" + a + ", " + elsewhere + ")"); } });
        for (int i = 0; i < 5; i++) {
            Twins twin = new Twins(shop.order(shop.customer("K" + i, "fr", i > 0, "+1514555010" + i)), shop.order(shop.customer("K" + i, "fr", i > 0, "+1514555020" + i)));
            twins.add(twin);
            both(twin, (h, order) -> { }, order -> List.of(event(order, EventType.ORDER_CREATED, false, Map.of("status", "NEW"))));
        }
    }

    @FunctionalInterface
    private interface Change {
        void to(Handle h, long order);
    }

    private String step(Random random) {
        Twins twin = Seeded.oneOf(random, twins);
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> {
                boolean due = random.nextInt(4) == 0;
                String to = Seeded.oneOf(random, STATUSES);
                String local = local(random);
                both(twin, (h, o) -> {
                    h.execute("update work_order set status = ?, status_group = (select status_group from order_status where code = ?) where id = ?", to, to, o);
                    if (due) {
                        date(h, o, local);
                    }
                }, o -> {
                    List<BusinessEvent> events = new ArrayList<>(List.of(event(o, EventType.ORDER_STATUS_CHANGED, false, Map.of("to", to))));
                    if (due) {
                        events.add(event(o, EventType.ORDER_SCHEDULED_TIME_CHANGED, false, Map.of("to", local)));
                    }
                    return events;
                });
                return "status " + to + (due ? " and due " + local : "");
            }
            case 3, 4, 5 -> {
                String local = random.nextInt(5) == 0 ? null : local(random);
                both(twin, (h, o) -> date(h, o, local), o -> List.of(event(o, EventType.ORDER_SCHEDULED_TIME_CHANGED, false, Map.of("to", local == null ? "" : local))));
                return "due " + local;
            }
            case 6 -> {
                long to = random.nextBoolean() ? shop.location : elsewhere;
                both(twin, (h, o) -> h.execute("update work_order set location_id = ? where id = ?", to, o), o -> List.of(event(o, EventType.ORDER_REASSIGNED, false, Map.of())));
                return "at " + to;
            }
            case 7 -> {
                long automation = Seeded.oneOf(random, automations);
                String change = Seeded.oneOf(random, List.of("state = 'PAUSED'", "state = 'ACTIVE'", "delay_n = delay_n + 1", "channels = 'SMS'"));
                if (random.nextBoolean()) {
                    shop.edit(automation, change);
                } else {
                    shop.run("update automation set rev = rev + 1, " + change + " where id = " + automation);  // and nobody re-planned yet
                }
                return automation + " " + change;
            }
            case 8 -> {
                shop.run("update location set calendar_rev = calendar_rev + 1");
                if (random.nextBoolean()) {
                    shop.jdbi.useTransaction(h -> shop.reminders.followLocation(h, shop.location, "test", shop.clock.now()));
                }
                return "calendar";
            }
            case 9 -> {
                shop.run("update planned_notification set state = 'CANCELLED', reason = 'STOPPED_BY_STAFF' where reminder and state = 'PLANNED' and subject_id in (" + twin.ours() + ", " + twin.theirs() + ")");
                return "stopped by staff";
            }
            case 10, 11 -> {
                String to = Seeded.oneOf(random, STATUSES);
                String then = Seeded.oneOf(random, STATUSES);
                batch(to, then);
                return "all " + to + ", the first then " + then;
            }
            default -> {
                shop.frozen = shop.frozen.plus(Duration.ofMinutes(random.nextInt(600)));
                shop.releaser.releaseDue();
                return "released at " + shop.frozen;
            }
        }
    }

    private String local(Random random) {
        return LocalDateTime.ofInstant(shop.frozen, ZoneId.of("America/Toronto")).withSecond(0).withNano(0).plusMinutes(30 + random.nextInt(8_000)).toString();
    }

    private static void date(Handle h, long order, String local) {
        h.createUpdate("update work_order set due_local = :local, due_at = :at where id = :id").bind("local", local)
            .bind("at", local == null ? null : WallTime.at(LocalDateTime.parse(local), ZoneId.of("America/Toronto"))).bind("id", order).execute();
    }

    private BusinessEvent event(long order, EventType type, boolean silent, Map<String, String> data) {
        return shop.jdbi.withHandle(h -> h.createQuery("select status, location_id, customer_id from work_order where id = ?").bind(0, order)
            .map((r, c) -> new BusinessEvent(type, Subject.order(order), r.getLong(2), r.getLong(3), shop.clock.now(), "test", silent, r.getString(1), data)).one());
    }

    private void both(Twins twin, Change change, java.util.function.LongFunction<List<BusinessEvent>> events) {
        shop.jdbi.useTransaction(h -> {
            change.to(h, twin.ours());
            new EventLog(shop.jdbi, shop.planner::plan).record(events.apply(twin.ours()));
        });
        shop.jdbi.useTransaction(h -> {
            change.to(h, twin.theirs());
            new EventLog(shop.jdbi, recorded -> former.plan(h, recorded, shop.clock.now())).record(events.apply(twin.theirs()));
        });
    }

    /** Ours gathered, the first order twice; theirs one after the other. */
    private void batch(String to, String then) {
        EventLog log = new EventLog(shop.jdbi, shop.planner::plan);
        shop.jdbi.useTransaction(h -> log.gather(() -> {
            twins.forEach(twin -> status(h, log, twin.ours(), to));
            status(h, log, twins.get(0).ours(), then);
        }));
        shop.jdbi.useTransaction(h -> {
            EventLog each = new EventLog(shop.jdbi, recorded -> former.plan(h, recorded, shop.clock.now()));
            twins.forEach(twin -> status(h, each, twin.theirs(), to));
            status(h, each, twins.get(0).theirs(), then);
        });
    }

    private void status(Handle h, EventLog log, long order, String to) {
        h.execute("update work_order set status = ?, status_group = (select status_group from order_status where code = ?) where id = ?", to, to, order);
        log.record(List.of(event(order, EventType.ORDER_STATUS_CHANGED, false, Map.of("to", to))));
    }

    private List<String> plans(long order) {
        return shop.jdbi.withHandle(h -> h.createQuery("select concat_ws(' ', p.automation_id, p.plan_rev, p.calendar_rev, p.location_id, case when p.reminder then p.occurrence end, p.channel, p.required_status, "
            + "p.due_at, p.expires_at, p.state, p.reason, p.detail, m.state, m.reason, d.state) from planned_notification p left join message m on m.id = p.message_id left join message_due d "
            + "on d.message_id = m.id where p.subject_id = :order order by p.created_at, p.automation_id, p.channel, p.event_id, 1").bind("order", order).mapTo(String.class).list());
    }
}
