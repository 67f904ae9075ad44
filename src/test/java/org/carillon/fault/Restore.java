package org.carillon.fault;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.carillon.delivery.Overdue;
import org.carillon.fact.ApplicationClock;
import org.carillon.plan.BacklogDesk;
import org.carillon.run.Node;
import org.carillon.shop.Passwords;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.carillon.simulator.SubmitLog;
import org.carillon.web.Visitor;
import org.jdbi.v3.core.Jdbi;

/**
 * REL-29: a backup, work, a point in time with messages in the queue, which then leave; a disaster, a recovery to that point. The nodes start, hold
 * everything, the operator sees how many, sets them aside and gives them up; what comes after leaves as usual, and nothing left twice.
 * {@code mvn -Pfault verify -Dfault=Restore}; {@code -Dcarillon.fault.messages=} says how many are in the queue.
 */
public final class Restore {

    private static final PrintStream OUT = System.out;
    private static final String EMAIL = "restore@garage.example";
    private static final String PASSWORD = "wood-rain-seven-lamps";
    private static final Duration WATCHED = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final Garage garage;
    private final Backup backup;
    private final Jdbi owner;

    private Restore(Fleet fleet, long seed) throws IOException, SQLException {
        this.fleet = fleet;
        owner = fleet.owner();
        backup = new Backup(fleet.home()).begin(fleet.postgres());
        garage = new Garage(fleet, new Oracle(owner, fleet.submits()).open(), seed).furnish().openHttp();
    }

    public static void main(String[] args) throws Exception {
        Choice choice = Choice.asked();
        try (Fleet fleet = Fleet.start("fault-restore", choice.nodes(), choice.seed(), Fleet.quick(choice.rate()), Node.WAR, Backup.settings())) {
            new Restore(fleet, choice.seed()).drill(Math.max(10, choice.messages() / 10 * 10));
        }
    }

    private void drill(int queued) throws Exception {
        owner.useHandle(h -> h.execute("insert into staff (email, name, role, language, password) values (?, 'Drill', 'OPERATOR', 'fr', ?)", EMAIL, new Passwords().hash(PASSWORD)));
        garage.write(100);
        quiet("what was asked for before the backup is settled");
        long began = System.nanoTime();
        OUT.println("base backup: " + backup.take(fleet.postgres()) / 1_000_000 + " MB in " + since(began) + " ms");

        for (FaultProxy link : fleet.proxies(Fleet.Link.SMPP)) {
            link.afflict(new Toxic.Refuse());
        }
        for (int i = 0; i < queued; i += 10) {
            garage.order(10);
        }
        until("all are in the queue, none on its way", "select count(*) from message_due where state = 'QUEUED' and attempts = 0 and not exists (select from planned_notification where state = 'PLANNED')",
            n -> n == queued);
        Instant point = owner.withHandle(h -> h.createQuery("select clock_timestamp()").mapTo(Instant.class).one()).plusMillis(200);
        TimeUnit.MILLISECONDS.sleep(1_000);
        for (FaultProxy link : fleet.proxies(Fleet.Link.SMPP)) {
            link.heal(true);
        }
        garage.write(50);
        quiet("they left, and more did, after the point in time");
        Map<String, Long> before = submits();
        backup.archiveAll(fleet.postgres());
        Instant lost = Instant.now();

        for (Fleet.Berth berth : fleet.berths()) {
            berth.node().kill();
        }
        fleet.postgres().crash("INT");
        began = System.nanoTime();
        backup.restore(fleet.postgres(), point);
        OUT.println("restored to " + point + ", " + Duration.between(point, lost).toSeconds() + " s before the disaster, in " + since(began) + " ms; "
            + before.size() + " had been submitted to, " + one("select count(*) from attempt") + " of which the database remembers, " + one("select count(*) from message_due") + " are in its queue again");

        began = System.nanoTime();
        fleet.heal();
        OUT.println("nodes serve after " + since(began) + " ms; health: " + health());
        TimeUnit.NANOSECONDS.sleep(WATCHED.toNanos());
        expect("nothing was submitted in " + WATCHED.toSeconds() + " s", before, submits());
        Visitor operator = new Visitor(URI.create(fleet.berth(0).url()));
        expect("the operator signs in", 302, operator.signIn("", EMAIL, PASSWORD).statusCode());
        String page = operator.get("/backlog/restored.xhtml").body();
        String said = page.replaceAll("(?s).*<p role=\"status\">", "").replaceAll("(?s)</p>.*", "").replaceAll("\\s+", " ");
        OUT.println("the operator reads: " + said);
        expect("with how many are due", true, said.contains(queued + " messages sont dus"));

        Map<String, String> form = new LinkedHashMap<>(Map.of("act", "act", "act:aside", "act:aside", "jakarta.faces.partial.ajax", "true", "jakarta.faces.source", "act:aside",
            "jakarta.faces.partial.execute", "act:aside", "jakarta.faces.partial.render", "act", "primefaces.nonce", Visitor.nonce(page), "jakarta.faces.ViewState", Visitor.viewState(page)));
        HttpResponse<String> aside = operator.ajax("/backlog/restored.xhtml", form);
        expect("the operator sets them aside", true, aside.statusCode() == 200 && aside.body().contains("redirect"));
        garage.order(10);
        until("new orders leave as usual", "select count(*) from message where state in ('ACCEPTED', 'DELIVERED') and created_at > (select max(at) from restore_action)", n -> n >= 10);
        Map<String, Long> after = submits();
        expect("what was set aside waits", (long) queued, one("select count(*) from message_due where state = 'HELD' and reason = 'BACKLOG'"));
        expect("only the new ones were submitted", before.size() + 10, after.size());
        expect("nobody was sent a text twice", Map.of(), twice(before, after));
        Person drill = new Person(1, EMAIL, "Drill", Role.OPERATOR, "fr", Person.Appearance.SYSTEM, Scope.everything(), 1);
        ApplicationClock clock = new ApplicationClock(owner);
        clock.refresh();
        expect("the operator gives them up", (long) queued, owner.inTransaction(h -> new BacklogDesk(owner, clock, new Overdue()).discard(BacklogDesk.Filter.ALL, drill)));
        quiet("nothing waits any more");
        expect("and none of them left", after, submits());
        OUT.println("actions: " + owner.withHandle(h -> h.createQuery("select action || ' ' || detail from restore_action order by id").mapTo(String.class).list()));
    }

    /** By recipient, of all protocols; what the provider refused does not count. */
    private Map<String, Long> submits() throws IOException {
        return SubmitLog.read(fleet.submits()).stream().filter(line -> line.answer() <= 0 && line.part() == 1).collect(Collectors.groupingBy(SubmitLog.Line::destination, Collectors.counting()));
    }

    private static Map<String, Long> twice(Map<String, Long> before, Map<String, Long> after) {
        return after.entrySet().stream().filter(e -> e.getValue() > before.getOrDefault(e.getKey(), 1L)).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private String health() throws IOException, InterruptedException {
        String said = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(fleet.berth(0).url() + "health/started")).build(), HttpResponse.BodyHandlers.ofString()).body().replaceAll("\\s", "");
        expect("a check is red", true, said.contains("\"name\":\"restore\",\"status\":\"DOWN\""));
        return said.replaceAll(".*(\\{\"name\":\"restore\"[^}]*\\}\\}?).*", "$1");
    }

    private void quiet(String what) throws InterruptedException {
        until(what, "select (select count(*) from message_due where state <> 'HELD' or reason <> 'BACKLOG') + (select count(*) from planned_notification where state = 'PLANNED')", n -> n == 0);
    }

    private void until(String what, String sql, LongPredicate holds) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(180).toNanos();
        while (!holds.test(one(sql))) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not in time: " + what + ", but " + one(sql) + " " + owner.withHandle(h -> h.createQuery("select state || ' ' || coalesce(reason, '') || ' ' || count(*) "
                    + "from message_due group by state, reason").mapTo(String.class).list()));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        OUT.println(what);
    }

    private long one(String sql) { return owner.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private static long since(long began) { return (System.nanoTime() - began) / 1_000_000; }

    private static void expect(String what, Object wanted, Object seen) {
        OUT.println(what + ": " + (seen instanceof Map<?, ?> map && map.size() > 5 ? map.size() + " recipients" : seen));
        if (!wanted.equals(seen)) {
            throw new IllegalStateException(what + ": expected " + wanted);
        }
    }
}
