package org.carillon.fault;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;

/**
 * REL-24: nodes are killed again and again while customers write, some of them in several pieces; the provider repeats whatever it got no answer for. Each text
 * is stored once, each stop is confirmed once, each question is forwarded once.
 * {@code mvn -Pfault verify -Dfault=ReceivedTexts -Dcarillon.fault.messages=10000 -Dcarillon.fault.pace=100 -Dcarillon.fault.kills=5}
 */
public final class ReceivedTexts {

    private static final PrintStream OUT = System.out;
    private static final String SHOP = "+15145550000";
    private static final Map<String, String> CHECKS = new LinkedHashMap<>();

    static {
        CHECKS.put("lost", "select w.sender from written w where not exists (select from inbound_message i where i.sender = w.sender)");
        CHECKS.put("stored twice", "select sender from inbound_message group by sender having count(*) > 1");
        CHECKS.put("stored otherwise than written", "select w.sender || ': ' || i.text from written w join inbound_message i on i.sender = w.sender where i.text <> w.text");
        CHECKS.put("pieces left over", "select sender || ' ' || part_no from inbound_part where joined_at is null");
        CHECKS.put("not stopped", "select w.sender from written w where w.text = 'ARRET' and not exists (select from suppression s where s.address = w.sender and s.released_at is null)");
        CHECKS.put("not confirmed once", "select w.sender from written w where w.text = 'ARRET' and (select count(*) from message m where m.recipient = w.sender and m.answers is not null) <> 1");
        CHECKS.put("not forwarded once", "select w.sender from written w join inbound_message i on i.sender = w.sender where w.text <> 'ARRET' "
            + "and (select count(*) from message m where m.channel = 'EMAIL' and m.answers = i.id) <> 1");
    }

    private final Choice choice;
    private final Fleet fleet;
    private final Jdbi owner;
    private final AtomicBoolean writing = new AtomicBoolean(true);

    private ReceivedTexts(Choice choice, Fleet fleet) {
        this.choice = choice;
        this.fleet = fleet;
        owner = fleet.owner();
    }

    public static void main(String[] args) throws Exception {
        Choice choice = Choice.asked();
        OUT.println("texts received: " + choice);
        try (Fleet fleet = Fleet.start("fault-texts", choice.nodes(), choice.seed(), Fleet.quick(choice.rate()))) {
            if (!new ReceivedTexts(choice, fleet).run()) {
                throw new IllegalStateException("texts were lost, or taken twice");
            }
        }
    }

    private boolean run() throws Exception {
        owner.useHandle(h -> {
            h.execute("insert into location (code, name, zone, country, language, sms_sender, reply_email) values ('TEXTS', 'Garage', 'America/Toronto', 'CA', 'fr', ?, 'accueil@shop.test')", SHOP);
            h.execute("create table written (sender text primary key, text text not null)");
        });
        CompletableFuture<Integer> kills = CompletableFuture.supplyAsync(this::kill);
        List<CompletableFuture<Void>> taken = write();
        writing.set(false);
        int killed = kills.get();
        fleet.heal();
        long began = System.nanoTime();
        CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new)).get(choice.patience().toSeconds(), TimeUnit.SECONDS);
        OUT.println("the last of " + taken.size() + " texts was taken " + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms after the last of " + killed + " kills");
        boolean holds = killed > 0 || choice.kills() == 0;
        for (Map.Entry<String, String> check : CHECKS.entrySet()) {
            List<String> found = owner.withHandle(h -> h.createQuery(check.getValue()).mapTo(String.class).list());
            holds &= found.isEmpty();
            OUT.println(check.getKey() + ": " + found.size() + (found.isEmpty() ? "" : ", such as " + found.subList(0, Math.min(5, found.size()))));
        }
        return holds;
    }

    private List<CompletableFuture<Void>> write() throws InterruptedException {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        for (int n = 0; n < choice.messages(); n++) {
            String from = "+1438" + (2_000_000 + n);
            String text = n % 3 == 0 ? "ARRET" : n % 10 == 1 ? "Question " + n + " " + "abcdefghi ".repeat(20).strip() : "Question " + n;
            owner.useHandle(h -> h.execute("insert into written values (?, ?)", from, text));
            taken.add(fleet.simulator().write(from, SHOP, text));
            Thread.sleep(Math.max(0, 1_000L / choice.pace()));
        }
        return taken;
    }

    private int kill() {
        Random random = new Random(choice.seed());
        int killed = 0;
        try {
            while (killed < choice.kills() && writing.get()) {
                Thread.sleep(1_000 + random.nextInt(3_000));
                Fleet.Berth berth = fleet.berth(random.nextInt(choice.nodes()));
                fleet.kill(berth, Duration.ofMillis(random.nextInt(2_000)));
                killed++;
                berth.awaitReady();
            }
            return killed;
        } catch (Exception e) {
            throw new IllegalStateException("after " + killed + " kills", e);
        }
    }
}
