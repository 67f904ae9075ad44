package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.carillon.run.Stack;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A large location changes its hours: the node's batch job re-plans what waits there. */
class ReplanIT {

    private final Jdbi db = Stack.get().owner();

    @Test @DisplayName("REL-47, B-01: 6,000 reminders follow new quiet hours by a job, and the change answers at once")
    void movesALargeLocationByAJob() {
        Rest rest = Rest.of("replan-it", "ADMIN");
        String code = "BIG" + System.nanoTime() % 100_000;
        Rest.Answer opened = rest.put("locations/" + code, "{'name':'Grand garage','zone':'America/Toronto','country':'CA','language':'fr','quietHours':['21:00','08:00']}");
        assertEquals(201, opened.status(), opened::toString);
        long location = number("select id from location where code = '" + code + "'");
        long reminder = fill(location);
        assertTrue(rest.put("locations/" + code, "{'quietHours':['21:00','09:00']}").status() < 300);
        await("select count(*) from replan_task t join replan_step s on s.task_id = t.id where s.location_id = " + location + " and t.state = 'DONE'", 1);
        assertEquals(6000, number("select count(*) from planned_notification where automation_id = " + reminder + " and state = 'PLANNED' and calendar_rev = "
            + "(select calendar_rev from location where id = " + location + ")"), "made by the job, since nothing was planned before");
    }

    /** Orders due tomorrow at noon and later, and a reminder that nobody has planned yet. */
    private long fill(long location) {
        db.useHandle(h -> h.execute("insert into customer (location_id, ref, name, language, created_at) values (?, gen_random_uuid()::text, 'Vrac', 'fr', now())", location));
        db.useHandle(h -> h.execute("insert into work_order (location_id, customer_id, ref, status, status_group, due_local, due_at, opened_at, status_changed_at, last_time, created_at) "
            + "select ?, (select id from customer where location_id = ?), gen_random_uuid()::text, 'NEW', 'OPEN', to_char(t, 'YYYY-MM-DD\"T\"HH24:MI'), t at time zone 'America/Toronto', "
            + "now(), now(), now(), now() from (select date_trunc('day', now() at time zone 'America/Toronto') + interval '3 days 12 hours' + n % 480 * interval '1 minute' t "
            + "from generate_series(1, 6000) n) s", location, location));
        return db.withHandle(h -> {
            long template = h.createQuery("insert into template (name, purpose) values ('Rappel " + location + "', 'REMINDER') returning id").mapTo(Long.class).one();
            long id = h.createQuery("insert into automation (ref, state, trigger_kind, anchor, delay_n, delay_unit, channels, template_id) values ('replan-" + location
                + "', 'ACTIVE', 'AROUND_DATE', 'order.due', 1, 'DAYS', 'SMS', ?) returning id").bind(0, template).mapTo(Long.class).one();
            h.execute("insert into automation_location values (?, ?)", id, location);
            return id;
        });
    }

    private long number(String sql) { return db.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private void await(String sql, long wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (number(sql) != wanted) {
            assertTrue(System.nanoTime() < end, () -> sql + " is " + number(sql) + "; tasks: " + db.withHandle(h -> h.createQuery("select state || coalesce(error, '') from replan_task").mapTo(String.class).list()));
            Thread.onSpinWait();
        }
    }
}
