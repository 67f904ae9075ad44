package org.carillon.bench;

import java.time.Duration;
import org.carillon.delivery.smpp.SmppGateway;
import org.jsmpp.session.SMPPSession;

/**
 * PERF-06: one SMPP session with a window against the simulator, whose answers come {@code carillon.bench.delay} ms (20) late, beside what a window
 * can carry at the round-trip time seen with one submit under way, and beside the library's own client with a thread for each place. Sizes:
 * {@code carillon.bench.window} (100), {@code .messages} (10,000 a round).
 */
public final class SmppWindow {

    private static final int WINDOW = Integer.getInteger("carillon.bench.window", 100);
    private static final int MESSAGES = Integer.getInteger("carillon.bench.messages", 10_000);
    private static final int ALONE = 50;
    private static final String OURS = "ours", LIBRARY = "jSMPP, a thread for each place", BOUND = "window / round-trip time", LIBRARY_BOUND = "window / jSMPP's round-trip time";

    private SmppWindow() { }

    public static void main(String[] args) throws Exception {
        Rates rates = new Rates();
        try (Smsc smsc = Smsc.start(Duration.ofMillis(Integer.getInteger("carillon.bench.delay", 20)))) {
            SmppGateway ours = smsc.gateway(WINDOW);
            SMPPSession library = smsc.library();
            round(new Rates(), smsc, ours, library);  // warms up
            for (int round = 0; round < Rates.ROUNDS; round++) {
                round(rates, smsc, ours, library);
            }
            ours.stop();
            library.unbindAndClose();
        }
        System.out.print(rates.table());
        System.out.print(rates.ratio("PERF-06", OURS, BOUND, 0.9));
        System.out.print(rates.ratio("beside it", LIBRARY, LIBRARY_BOUND, 0.9));
        System.out.print(rates.ratio("beside it", OURS, LIBRARY, 1));
    }

    /** The time of one is seen before and after, since a shared machine changes its mind. */
    private static void round(Rates rates, Smsc smsc, SmppGateway ours, SMPPSession library) throws Exception {
        Rates round = new Rates();
        Rates.Work one = () -> {
            for (int i = 0; i < ALONE; i++) {
                Smsc.send(ours, 1);
            }
        };
        Rates.Work theirs = () -> Smsc.send(library, ALONE, 1);
        double before = round.add(BOUND, ALONE, one);
        rates.add(OURS, MESSAGES, () -> Smsc.send(ours, MESSAGES));
        rates.add(BOUND, WINDOW * (before + round.add(BOUND, ALONE, one)) / 2);
        double theirsBefore = round.add(LIBRARY, ALONE, theirs);
        rates.add(LIBRARY, MESSAGES, () -> Smsc.send(library, MESSAGES, WINDOW));
        rates.add(LIBRARY_BOUND, WINDOW * (theirsBefore + round.add(LIBRARY, ALONE, theirs)) / 2);
        smsc.clear();
    }
}
