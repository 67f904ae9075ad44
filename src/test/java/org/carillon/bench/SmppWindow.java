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
    private static final int ALONE = 100;

    private SmppWindow() { }

    public static void main(String[] args) throws Exception {
        try (Smsc smsc = Smsc.start(Duration.ofMillis(Integer.getInteger("carillon.bench.delay", 20)))) {
            SmppGateway gateway = smsc.gateway(WINDOW);
            SMPPSession library = smsc.library();
            Traffic bound = new Traffic("window / round-trip time", smsc, WINDOW * ALONE, () -> {
                for (int i = 0; i < ALONE; i++) {
                    Smsc.send(gateway, 1);
                }
            });
            Traffic theirBound = new Traffic("window / jSMPP's round-trip time", smsc, WINDOW * ALONE, () -> Smsc.send(library, ALONE, 1));
            Traffic ours = new Traffic("our gateway", smsc, MESSAGES, () -> Smsc.send(gateway, MESSAGES));
            Traffic theirs = new Traffic("jSMPP, " + WINDOW + " threads", smsc, MESSAGES, () -> Smsc.send(library, MESSAGES, WINDOW));
            Contest contest = new Contest(bound, ours, theirs, theirBound).run();
            contest.row("PERF-06", ours, bound, ">= 0.9");
            contest.row("PERF-06", theirs, theirBound, "beside it");
            contest.row("PERF-06", ours, theirs, "beside it");
            gateway.stop();
            library.unbindAndClose();
        }
    }
}
