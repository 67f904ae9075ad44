package org.carillon.bench;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Purpose;
import org.carillon.simulator.Sms;

/**
 * REL-21: {@code carillon.bench.offers} (100,000) offers wait for a route of {@code carillon.bench.rate} (50) a second; {@code .each} (5) transactional
 * messages a second come for {@code .seconds} (60). Prints how long those waited from due to the provider.
 */
public final class Campaign {

    private static final int OFFERS = Integer.getInteger("carillon.bench.offers", 100_000);
    private static final int SECONDS = Integer.getInteger("carillon.bench.seconds", 60);
    private static final int EACH = Integer.getInteger("carillon.bench.each", 5);
    private static final double RATE = Integer.getInteger("carillon.bench.rate", 50);

    private Campaign() { }

    public static void main(String[] args) throws Exception {
        try (DurableDatabase database = DurableDatabase.open(); Smsc smsc = Smsc.start(Duration.ZERO); BareNode node = new BareNode(database, "bench", smsc.gateway(10), route -> RATE)) {
            new Chain(20, 50, 20_000).fill(database.owner());
            ApplicationClock clock = atNoon(database);
            Crowd crowd = new Crowd(database, new Outbox(database.jdbi(2), clock));
            crowd.queue(OFFERS, Purpose.MARKETING, clock.now());
            database.owner().useHandle(h -> h.execute("vacuum analyze"));
            node.clock.refresh();
            node.start();
            TimeUnit.SECONDS.sleep(5);
            long[] due = new long[EACH * SECONDS];
            long first = crowd.next();
            for (int i = 0; i < due.length; i++) {
                due[i] = System.currentTimeMillis();
                crowd.queue(1, Purpose.TRANSACTIONAL, clock.now());
                node.dispatcher.ring("smpp");
                Thread.sleep(Math.max(0, due[0] + (i + 1) * 1_000L / EACH - System.currentTimeMillis()));
            }
            TimeUnit.SECONDS.sleep(20);
            node.stop();
            print(smsc, first, due, crowd);
        }
    }

    /** Offers may leave on a weekday's noon, here and where the phones are (LAW-10). */
    private static ApplicationClock atNoon(DurableDatabase database) {
        ApplicationClock clock = new ApplicationClock(database.jdbi(1));
        ZonedDateTime now = clock.now().atZone(ZoneId.of("America/Toronto"));
        long ahead = Duration.between(now, now.with(TemporalAdjusters.next(DayOfWeek.TUESDAY)).withHour(12)).toMillis();
        database.owner().useHandle(h -> {
            h.execute("update application_clock set offset_ms = offset_ms + ?", ahead);
            h.execute("update location set zone = 'America/Toronto'");
            h.execute("update customer set marketing_consent = true");
        });
        clock.refresh();
        return clock;
    }

    private static void print(Smsc smsc, long first, long[] due, Crowd crowd) {
        long[] waited = smsc.simulator.phones().find(sms -> number(sms) >= first).stream().mapToLong(sms -> sms.at().toEpochMilli() - due[(int) (number(sms) - first)]).sorted().toArray();
        System.out.printf(Locale.ROOT, "REL-21: %,d offers waiting, %.0f a second, %d transactional of %d left; due to provider p50 %d ms, p95 %d ms (goal 5,000), p99 %d ms (goal 15,000), worst %d ms; %d offers left meanwhile; %s%n",
            OFFERS, RATE, waited.length, due.length, at(waited, 0.5), at(waited, 0.95), at(waited, 0.99), at(waited, 1), smsc.taken() - waited.length, crowd.states());
    }

    private static long number(Sms sms) { return Long.parseLong(sms.to().substring(sms.to().length() - 7)); }

    private static long at(long[] sorted, double share) { return sorted.length == 0 ? -1 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)]; }
}
