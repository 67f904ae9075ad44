package org.carillon.fault;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.carillon.fault.Fleet.Link;
import org.jdbi.v3.core.Jdbi;

/**
 * Takes the times of reliability.md with the usual deadlines (lease 60 s, dead after 30 s): REL-07, from the kill of a node until its CLAIMED are QUEUED
 * again and its SENDING UNKNOWN ({@code carillon.fault.kills} a round); REL-11, the database cut off for each of {@code carillon.fault.cuts} seconds a
 * round, while orders are asked for by REST; REL-06, once, a node that slept for 120 s ({@code carillon.fault.freeze}; 0: none). Then the invariants.
 * {@code mvn -Pfault verify -Dfault=TakeOver -Dcarillon.fault.rounds=3}
 */
public final class TakeOver {

    private static final PrintStream OUT = System.out;

    private final Choice choice;
    private final Fleet fleet;
    private final Jdbi owner;
    private final Oracle oracle;
    private final Garage garage;
    private final Map<String, List<Long>> figures = new LinkedHashMap<>();

    private TakeOver(Choice choice, Fleet fleet) {
        this.choice = choice;
        this.fleet = fleet;
        owner = fleet.owner();
        oracle = new Oracle(owner, fleet.submits()).open();
        garage = new Garage(fleet, oracle, choice.seed()).furnish();
    }

    public static void main(String[] args) throws Exception {
        Choice choice = Choice.asked();
        try (Fleet fleet = Fleet.start("fault-takeover", 2, choice.seed(), Map.of("carillon.smpp.rate", "20", "carillon.delivery.grace", "PT20S"))) {
            TakeOver takeOver = new TakeOver(choice, fleet);
            takeOver.run();
        }
    }

    private void run() throws Exception {
        for (int round = 0; round < choice.rounds(); round++) {
            for (int kill = 0; kill < choice.kills(); kill++) {
                killed(fleet.berth(round + kill));
            }
        }
        for (int seconds : choice.cuts().stream().distinct().toList()) {
            for (int round = 0; round < choice.rounds(); round++) {
                cut(seconds);
            }
        }
        if (!choice.freeze().isZero()) {
            quiet();
            frozen(fleet.berth(0));
        }
        quiet();
        oracle.read();
        List<Invariants.Finding> findings = new Invariants(owner).judge(20);
        String report = figures + "\n" + garage.made() + " messages, REST answered " + garage.answers() + ", " + (findings.isEmpty() ? "all invariants hold" : findings.toString());
        Path file = Path.of("target", "fault", "take-over.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, report);
        OUT.println(report);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("the invariants do not hold");
        }
    }

    /** Answers take ten seconds, so that the window is full and more is claimed behind it. */
    private void killed(Fleet.Berth berth) throws Exception {
        fleet.simulator().faults().add(slow());
        garage.write(200);
        await("it owns both", Duration.ofSeconds(60), () -> owned(berth, "SENDING") > 0 && owned(berth, "CLAIMED") > 0);
        List<Long> claimed = ids(berth, "CLAIMED");
        List<Long> sending = ids(berth, "SENDING");
        long killed = System.nanoTime();
        berth.node().kill();
        await("its claims are queued again", Duration.ofSeconds(120), () -> owned(berth, "CLAIMED") == 0);
        note("killed: CLAIMED back in QUEUED, ms", since(killed));
        await("its attempts are unknown", Duration.ofSeconds(150), () -> owned(berth, "SENDING") == 0);
        note("killed: SENDING to UNKNOWN, ms", since(killed));
        OUT.println("  " + claimed.size() + " claimed, " + sending.size() + " sending: " + figures);
        fleet.simulator().faults().clear();
        fleet.heal();
        quiet();
    }

    /** Sleeps in mid-dispatch; what it writes when it wakes up must change nothing. */
    private void frozen(Fleet.Berth berth) throws Exception {
        fleet.simulator().faults().add(slow());
        garage.write(100);
        await("it is sending", Duration.ofSeconds(60), () -> owned(berth, "SENDING") >= 5);
        Thread.sleep(2_000);  // its octets are with the provider, whose answers take ten seconds
        berth.node().freeze();
        long inFlight = count("select count(*) from attempt a join message_due d on d.message_id = a.message_id and d.claim_seq = a.claim_seq where d.state = 'SENDING' and d.owner_node = '"
            + berth.name() + "'");
        long before = count("select count(*) from late_outcome");
        Thread.sleep(choice.freeze().toMillis());
        berth.node().thaw();
        fleet.simulator().faults().clear();
        long awake = System.nanoTime();
        // it may say less than it had in flight, which the figures then show
        await("it is awake", Duration.ofSeconds(120), () -> count("select count(*) from late_outcome") - before >= inFlight || since(awake) > 60_000);
        quiet();
        note("frozen: parts in flight", inFlight);
        note("frozen: late outcomes", count("select count(*) from late_outcome") - before);
        note("frozen: states overwritten", new Invariants(owner).judge(20).stream().filter(finding -> finding.invariant().equals("I7")).count());
        OUT.println("  " + figures);
    }

    /** All nodes lose the database at once, in the middle of their work; connects are counted while it is away. */
    private void cut(int seconds) throws Exception {
        garage.write((int) Math.max(0, 300 - count("select count(*) from message_due where state = 'QUEUED'")));
        long working = lines();
        await("it sends", Duration.ofSeconds(90), () -> lines() > working + 5);
        Instant from = Instant.now();
        int before = fleet.proxies(Link.DATABASE).stream().mapToInt(FaultProxy::connects).sum();
        for (FaultProxy link : fleet.proxies(Link.DATABASE)) {
            link.afflict(new Toxic.Blackhole());
        }
        CompletableFuture<Void> order = CompletableFuture.runAsync(this::order);
        Thread.sleep(seconds * 1_000L);
        int connects = fleet.proxies(Link.DATABASE).stream().mapToInt(FaultProxy::connects).sum() - before;
        long submits = lines();
        for (FaultProxy link : fleet.proxies(Link.DATABASE)) {
            link.heal(true);
        }
        long healed = System.nanoTime();
        await("it sends again", Duration.ofSeconds(90), () -> lines() > submits);
        note("cut " + seconds + " s: sends again after, ms", since(healed));
        order.get(90, TimeUnit.SECONDS);
        note("cut " + seconds + " s: connects in all of both nodes", connects);
        oracle.rough(from, Instant.now().plusSeconds(8));
        OUT.println("  REST answered " + garage.answers() + ", " + figures);
    }

    /** Asked again until it is stored, also while the database is away. */
    private void order() {
        try {
            garage.order(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void quiet() throws Exception { await("it is quiet", choice.patience(), () -> count("select count(*) from message_due") == 0); }

    private static org.carillon.simulator.Fault slow() {
        return new org.carillon.simulator.Fault(org.carillon.simulator.Fault.Kind.DELAY, 1, 0, "", 0, 0, 10_000, 0, "AFTER", "", "", 1, false, "AS_GIVEN");
    }

    private long lines() throws Exception {
        try (var lines = Files.lines(fleet.submits())) {
            return lines.count();
        }
    }

    private List<Long> ids(Fleet.Berth berth, String state) {
        return owner.withHandle(h -> h.createQuery("select message_id from message_due where owner_node = ? and state = ?").bind(0, berth.name()).bind(1, state).mapTo(Long.class).list());
    }

    private long owned(Fleet.Berth berth, String state) { return ids(berth, state).size(); }

    private long count(String sql) { return owner.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private void note(String what, long value) {
        List<Long> values = figures.computeIfAbsent(what, key -> new ArrayList<>());
        values.add(value);
        Collections.sort(values);
    }

    private static long since(long nanos) { return (System.nanoTime() - nanos) / 1_000_000; }

    private interface Condition { boolean holds() throws Exception; }

    private static void await(String what, Duration patience, Condition condition) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + patience.toSeconds() + " s: " + what);
            }
            Thread.sleep(50);
        }
    }
}
