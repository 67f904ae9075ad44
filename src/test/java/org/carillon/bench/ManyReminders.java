package org.carillon.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.carillon.automation.AutomationState;
import org.carillon.automation.BulkDesk;
import org.carillon.automation.BulkEdit;
import org.carillon.automation.Revision;
import org.carillon.booking.StartTimes;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Database;
import org.carillon.plan.Reminders;
import org.carillon.plan.Replanner;
import org.carillon.plan.Replanning;
import org.carillon.repair.DueDates;
import org.carillon.report.NotificationList;
import org.carillon.report.NotificationSearch;
import org.carillon.report.NotificationSearch.Filter;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
import org.carillon.shop.Scope;
import org.carillon.shop.Secret;
import org.carillon.web.Visitor;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A {@link Chain} of garages on one node. Re-planning: a reminder of the largest garage gets another offset, and newer time zone data concern all
 * reminders; requested as their desks do and worked off by the node's job, beside the hand-written UPDATE of the same rows. Settings: pages of the
 * notifications and edits of thousands, beside bare keyset SQL and the bare UPDATE (PERF-12). Each round does both sides on vacuumed tables.
 */
public final class ManyReminders {

    private static final PrintStream OUT = System.out;
    private static final String EMAIL = "bench@garage.example";
    private static final Scope ALL = Scope.everything();
    private static final Filter ANY = new Filter(null, null, null, null, null);

    private final Stack stack;
    private final Chain chain;
    private final Jdbi jdbi;
    private final Jdbi owner;
    private final ApplicationClock clock;
    private final DueDates dueDates;
    private final Replanner replanner;
    private final Samples samples = new Samples();

    private ManyReminders(Stack stack, Chain chain, Jdbi jdbi) {
        this.stack = stack;
        this.chain = chain;
        this.jdbi = jdbi;
        owner = stack.owner();
        clock = new ApplicationClock(jdbi);
        dueDates = new DueDates(jdbi);
        Outbox outbox = new Outbox(jdbi, clock);
        replanner = new Replanner(jdbi, clock, outbox, dueDates, new StartTimes(jdbi), new Reminders(outbox));
    }

    public static void main(String[] args) throws Exception {
        // opening a connection for each query would be most of what is measured
        try (Stack stack = Stack.own("bench-reminders", Map.of()); Handle kept = stack.jdbi().open()) {
            new ManyReminders(stack, Chain.asAsked(), Database.prepare(Jdbi.create(kept.getConnection()))).measure();
        }
    }

    private void measure() throws Exception {
        long began = System.nanoTime();
        chain.fill(owner);
        OUT.printf(Locale.ROOT, "%n%s in %d s; load %.1f%n", chain, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), load());
        for (int round = 0; round < Integer.getInteger("carillon.bench.rounds", 5); round++) {
            both("another offset", this::anotherOffset, this::offsetByHand);
        }
        for (int round = 0; round < Integer.getInteger("carillon.bench.zoneRounds", 3); round++) {
            both("newer zone data", this::newerZoneData, this::zoneDataByHand);
        }
        ratio("another offset, one garage");
        ratio("newer zone data");
        settings();
        ratio("another template for many");
        OUT.println(samples.table() + "load " + load());
    }

    /** By hand first: it leaves what ours finds outdated. */
    private void both(String what, Callable<Integer> ours, Callable<Integer> byHand) throws Exception {
        tidy();
        int hand = samples.time(what + ", UPDATE by hand", byHand);
        tidy();
        int rows = samples.time(what + ", by the job", ours);
        OUT.printf(Locale.ROOT, "%s: %,d rows by hand, %,d by the job; load %.1f%n", what, hand, rows, load());
    }

    private void tidy() {
        owner.useHandle(h -> List.of("planned_notification", "work_order", "automation").forEach(table -> h.execute("vacuum " + table)));
    }

    private void ratio(String what) {
        String whole = what.split(",")[0];
        double hand = samples.quantile(whole + ", UPDATE by hand", 0.5);
        double ours = samples.quantile(whole + ", by the job", 0.5);
        OUT.printf(Locale.ROOT, "%s: %.1f s, by hand %.1f s, %.2f times (worst round %.1f s)%n", what, ours / 1e3, hand / 1e3, ours / hand, samples.quantile(whole + ", by the job", 1) / 1e3);
    }

    /** What a desk does when a reminder was edited; returns when the node has re-planned. */
    private int anotherOffset() throws Exception {
        long reminder = chain.reminder(1);
        samples.time("another offset, until the change is committed", () -> {
            jdbi.useTransaction(h -> replanner.changedMany(List.of(new Revision(reminder, Set.of(1L), AutomationState.ACTIVE, false, longer(h, reminder))), "bench"));
            return null;
        });
        return awaitReplanned();
    }

    private static int longer(Handle h, long reminder) {
        return h.createQuery("update automation set delay_n = 30 - delay_n, rev = rev + 1, version = version + 1 where id = :id returning rev").bind("id", reminder).mapTo(Integer.class).one();
    }

    private int offsetByHand() {
        long reminder = chain.reminder(1);
        return jdbi.inTransaction(h -> {
            longer(h, reminder);
            return h.createUpdate("update planned_notification p set due_at = o.due_at - make_interval(hours => a.delay_n), plan_rev = a.rev, changed_at = now() from automation a, work_order o "
                + "where p.automation_id = :id and p.location_id = 1 and p.state in ('PLANNED', 'HELD') and a.id = p.automation_id and o.id = p.subject_id").bind("id", reminder).execute();
        });
    }

    private int newerZoneData() throws Exception {
        Replanning replanning = new Replanning(jdbi, clock, replanner, dueDates, new StartTimes(jdbi));
        samples.time("newer zone data, until the tasks are there", () -> jdbi.inTransaction(h -> replanning.followZoneData()));
        return awaitReplanned();
    }

    /** As older data, an hour off, would have it. */
    private int zoneDataByHand() {
        return jdbi.inTransaction(h -> {
            h.execute("update work_order o set due_at = due_local::timestamp at time zone l.zone + interval '1 hour' from location l where l.id = o.location_id and due_local is not null");
            return h.execute("update planned_notification p set due_at = o.due_at - make_interval(hours => a.delay_n), expires_at = o.due_at, tz_version = '2020a', changed_at = now() "
                + "from automation a, work_order o where p.state in ('PLANNED', 'HELD') and p.subject_type = 'ORDER' and a.id = p.automation_id and o.id = p.subject_id");
        });
    }

    private int awaitReplanned() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (System.nanoTime() < end) {
            List<String> task = jdbi.withHandle(h -> h.createQuery("select state || ' ' || changed from replan_task order by id desc limit 1").mapTo(String.class).list());
            if (!task.isEmpty() && task.get(0).startsWith("DONE")) {
                return Integer.parseInt(task.get(0).split(" ")[1]);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException("not re-planned");
    }

    private void settings() throws Exception {
        String password = Secret.make();
        long staff = owner.withHandle(h -> h.createQuery("insert into staff (email, name, role, language, password) values (?, 'Bench', 'ADMINISTRATOR', 'fr', ?) returning id")
            .bind(0, EMAIL).bind(1, new Passwords().hash(password)).mapTo(Long.class).one());
        Visitor visitor = new Visitor(stack.url());
        if (visitor.signIn("", EMAIL, password).statusCode() != 302) {
            throw new IllegalStateException("not signed in");
        }
        NotificationSearch search = new NotificationSearch(jdbi);
        NotificationList list = new NotificationList(jdbi);
        long half = chain.locations() / 2;
        String middle = half + "-" + chain.reminder(half);
        BulkDesk desk = new BulkDesk(jdbi, replanner, clock);
        for (int round = 0; round < 15; round++) {
            samples.time("keyset SQL, notifications", () -> bare(0));
            samples.time("all locations", () -> search.page(ALL, ANY, null));
            samples.time("keyset SQL, from the middle", () -> bare(half));
            samples.time("all locations, from the middle", () -> search.page(ALL, ANY, middle));
            samples.time("all locations, reminders by SMS", () -> search.page(ALL, new Filter("REMINDER", "SMS", null, null, null), null));
            samples.time("all locations, by a word", () -> search.page(ALL, new Filter(null, null, null, null, "garage 19"), null));
            samples.time("all locations, counted", () -> search.count(ALL, ANY));
            samples.time("all locations, all chosen", () -> search.versions(ALL, ANY, BulkDesk.MOST + 1));
            samples.time("the notifications of one location", () -> list.at(ALL, half, false));
            samples.time("the reminders of the largest location", () -> list.at(ALL, 1, true));
            if (round > 4) {
                samples.time("page, one location", () -> visitor.get("/notification/list.xhtml"));
                samples.time("page, all locations", () -> visitor.get("/notification/all.xhtml"));
                samples.time("page, all locations, filtered", () -> visitor.get("/notification/all.xhtml?event=REMINDER&channel=SMS"));
            } else {
                visitor.get("/notification/list.xhtml");
                visitor.get("/notification/all.xhtml");
            }
        }
        for (int round = 0; round < 3; round++) {
            edits(desk, search, staff);
        }
    }

    private void edits(BulkDesk desk, NotificationSearch search, long staff) throws Exception {
        Map<Long, Integer> many = search.versions(ALL, new Filter("REACHED", null, null, null, null), BulkDesk.MOST);
        Long[] ids = many.keySet().toArray(Long[]::new);
        samples.time("another template for many, UPDATE by hand", () -> jdbi.inTransaction(h -> h.createUpdate("update automation set template_id = 51 - template_id, rev = rev + 1 where id = any(:ids)")
            .bind("ids", ids).execute()));
        int changed = samples.time("another template for many, by the job", () -> jdbi.inTransaction(h -> desk.apply(ALL, staff, many, new BulkEdit.UseTemplate(1)))).changed();
        samples.time("another template for many, undone", () -> jdbi.inTransaction(h -> desk.undo(ALL, staff)));
        OUT.printf(Locale.ROOT, "%,d of %,d chosen changed%n", changed, ids.length);
    }

    private List<Map<String, Object>> bare(long after) {
        return jdbi.withHandle(h -> h.createQuery("select * from automation_location w join automation a on a.id = w.automation_id where (w.location_id, w.automation_id) > (:after, 0) "
            + "order by w.location_id, w.automation_id limit 51").bind("after", after).mapToMap().list());
    }

    private static double load() { return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(); }
}
