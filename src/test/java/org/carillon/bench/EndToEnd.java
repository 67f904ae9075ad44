package org.carillon.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.delivery.smpp.SmppGateway;
import org.jsmpp.session.SMPPSession;

/**
 * PERF-07: SMS from due to recorded outcome, every step on disk, beside Kannel without a store, each over one session to the same simulator, which
 * keeps no log here and sends no receipts. Also what the simulator can take, from our gateway alone and from the library's client. Sizes:
 * {@code carillon.bench.messages} (20,000 a round), {@code .window} (100).
 */
public final class EndToEnd {

    private static final int WINDOW = Integer.getInteger("carillon.bench.window", 100);
    private static final int MESSAGES = Integer.getInteger("carillon.bench.messages", 20_000);

    private EndToEnd() { }

    public static void main(String[] args) throws Exception {
        try (DurableDatabase database = DurableDatabase.open(); Smsc smsc = Smsc.start(Duration.ZERO)) {
            new Chain(20, 50, Math.max(20_000, MESSAGES)).fill(database.owner());
            SentByUs.furnish(database.owner());
            SmppGateway gateway = smsc.gateway(WINDOW);
            SMPPSession library = smsc.library();
            Optional<Kannel> kannel = Kannel.start(smsc, WINDOW, MESSAGES);
            try (BareNode node = new BareNode(database, "bench", gateway, route -> null)) {
                SentByUs ours = new SentByUs(database, node, smsc, false, MESSAGES);
                SentByUs queued = new SentByUs(database, node, smsc, true, MESSAGES);
                Traffic bare = new Traffic("our gateway alone", smsc, MESSAGES, () -> Smsc.send(gateway, MESSAGES));
                Traffic theirs = new Traffic("jSMPP, " + WINDOW + " threads", smsc, MESSAGES, () -> Smsc.send(library, MESSAGES, WINDOW));
                List<Workload> all = new ArrayList<>(List.of(ours, queued, bare, theirs));
                kannel.ifPresent(all::add);
                Contest contest = new Contest(all.toArray(Workload[]::new)).run();
                kannel.ifPresentOrElse(other -> contest.row("PERF-07", ours, other, ">= 1.5, stretch 2.5"), () -> System.out.println("| PERF-07 | Kannel is not installed: not measured |"));
                contest.row("PERF-07", queued, bare, "what the database costs");
                contest.row("PERF-07", bare, theirs, "the simulator's ceiling");
            } finally {
                if (kannel.isPresent()) {
                    kannel.get().close();
                }
                gateway.stop();
                library.unbindAndClose();
            }
        }
    }
}
