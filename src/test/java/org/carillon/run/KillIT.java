package org.carillon.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Database;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.carillon.simulator.Fault;
import org.carillon.simulator.Simulator;
import org.carillon.simulator.SubmitLog;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** kill -9 while messages are under way; the simulator's log, on disk before each answer, is the oracle. */
class KillIT {

    private static final int MESSAGES = 500;
    private static final int WINDOW = 10;
    private static final Path HOME = Path.of("target", "kill");

    @Test @DisplayName("REL-08, REL-05, I1, I2, I5: kill -9 with 500 messages under way loses nothing, and every double is flagged")
    void losesNothingAndFlagsEveryDouble() throws Exception {
        Postgres.stopLeftOver(HOME.resolve("pg"));
        Directories.delete(HOME);
        try (Postgres postgres = Postgres.start(HOME.resolve("pg"), 0, HOME.resolve("postgres.log"));
             Simulator simulator = Simulator.start(Simulator.Settings.anyPorts().withDatabase(postgres.as("carillon")).withLog(HOME.resolve("submits.log")))) {
            Map<String, String> settings = new LinkedHashMap<>(postgres.settings());
            settings.putAll(simulator.settings());
            settings.putAll(Map.of("carillon.smpp.window", Integer.toString(WINDOW), "carillon.delivery.lease", "PT12S", "carillon.delivery.margin", "PT2S",
                "carillon.delivery.recovery", "PT2S", "carillon.delivery.dead", "PT10S", "carillon.delivery.grace", "PT3S"));
            int kills = run(postgres, simulator, settings);
            judge(Database.prepare(Jdbi.create(postgres.as("carillon"))), kills);
        }
    }

    private static int run(Postgres postgres, Simulator simulator, Map<String, String> settings) throws Exception {
        Jdbi jdbi = Database.prepare(Jdbi.create(postgres.as("carillon")));
        Path log = HOME.resolve("submits.log");
        Node node = Node.start(HOME.resolve("node1"), Ports.free(), settings).awaitReady();
        simulator.faults().add(slowAnswers());
        queue(jdbi);
        int kills = 0;
        try {
            for (int seen : List.of(100, 250)) {
                await("the simulator has seen " + seen + " submits", Duration.ofSeconds(90), () -> SubmitLog.read(log).size() >= seen);
                node.kill();
                kills++;
                node = Node.start(HOME.resolve("node" + (kills + 1)), Ports.free(), settings);
                assertEquals(Set.of(401), answers(node), "what a node says while it starts");
                node.awaitReady();
            }
            await("every message has left the queue", Duration.ofSeconds(180), () -> count(jdbi, "select count(*) from message_due") == 0);
        } finally {
            node.stop();
        }
        return kills;
    }

    /** All statuses that a caller without a token gets until the first one that the application gave, and that. */
    private static Set<Integer> answers(Node node) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(node.url().resolve("api/v1/orders/R-1")).timeout(Duration.ofSeconds(10)).build();
        Set<Integer> answers = new TreeSet<>();
        await("the node answers", Duration.ofSeconds(180), () -> {
            try {
                HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                answers.add(answer.statusCode());
                return answer.headers().firstValue("WWW-Authenticate").isPresent();
            } catch (ConnectException refused) {
                return false;
            }
        });
        return answers;
    }

    /** 100 ms an answer keeps the window full, so that a kill always meets submits on the wire. */
    private static Fault slowAnswers() { return new Fault(Fault.Kind.DELAY, 1, 0, "", 0, 0, 100, 0, "AFTER", "", "", 1, false, "AS_GIVEN"); }

    private static void queue(Jdbi jdbi) {
        long location = jdbi.withHandle(h -> h.createQuery("insert into location (code, name, zone, country, language) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr') "
            + "returning id").mapTo(Long.class).one());
        long customer = jdbi.withHandle(h -> h.createQuery("insert into customer (location_id, ref, name, language, sms_consent, created_at) values (:l, 'C-1', 'Anne Roy', 'fr', "
            + "true, now()) returning id").bind("l", location).mapTo(Long.class).one());
        ApplicationClock clock = new ApplicationClock(jdbi);
        Instant expires = clock.now().plus(Duration.ofHours(1));
        List<NewMessage> messages = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            messages.add(new NewMessage(null, 0, 0, null, location, customer, Subject.order(1 + i), null, Channel.SMS, Purpose.TRANSACTIONAL, "+1514556" + (1000 + i), "",
                "", "Bon " + i, expires, false));
        }
        jdbi.useTransaction(h -> new Outbox(jdbi, clock).enqueue(messages));
    }

    private static void judge(Jdbi jdbi, int kills) throws Exception {
        List<SubmitLog.Line> submits = SubmitLog.read(HOME.resolve("submits.log")).stream().filter(line -> line.protocol().equalsIgnoreCase("smpp")).toList();
        Map<String, Long> seen = submits.stream().collect(Collectors.groupingBy(line -> "+" + line.destination().replace("+", ""), Collectors.counting()));
        assertEquals(MESSAGES, seen.size(), "lost: the simulator has not seen every number");
        assertEquals(MESSAGES, count(jdbi, "select count(*) from message where state in ('ACCEPTED', 'DELIVERED')"), "every message reached a final state");
        Set<String> doubled = seen.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).collect(Collectors.toSet());
        Set<String> flagged = jdbi.withHandle(h -> h.createQuery("select m.recipient from attempt a join message m on m.id = a.message_id where a.possible_duplicate")
            .mapTo(String.class).set());
        assertTrue(flagged.containsAll(doubled), "doubles that nobody flagged: " + doubled.stream().filter(d -> !flagged.contains(d)).toList());
        assertTrue(doubled.size() <= kills * WINDOW, doubled.size() + " doubles for " + kills + " kills");
        seen.forEach((number, times) -> assertTrue(times <= 2, number + " was submitted " + times + " times"));
        // REL-05: the low 16 bits of a committed attempt's reference stand in every submit
        long known = submits.stream().filter(line -> count(jdbi, "select count(*) from attempt a join message m on m.id = a.message_id where m.recipient = '+"
            + line.destination().replace("+", "") + "' and ('x' || right(a.wire_ref::text, 4))::bit(16)::int = " + line.reference()) > 0).count();
        assertEquals(submits.size(), known, "submits without a committed attempt");
        System.getLogger(KillIT.class.getName()).log(System.Logger.Level.INFO, kills + " kills, " + submits.size() + " submits of " + MESSAGES + " messages, "
            + doubled.size() + " doubled, " + flagged.size() + " flagged");
    }

    private interface Condition { boolean holds() throws Exception; }

    /** Looks again every 50 ms until it holds; the deadline fails the test. */
    private static void await(String what, Duration patience, Condition condition) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, "not within " + patience.toSeconds() + " s: " + what);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L);
        }
    }

    private static long count(Jdbi jdbi, String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }
}
