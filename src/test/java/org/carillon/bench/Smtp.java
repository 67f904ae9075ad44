package org.carillon.bench;

import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Postmarks;
import org.carillon.delivery.Verdict;
import org.carillon.delivery.mail.MailGateway;
import org.carillon.delivery.mail.MailSettings;
import org.carillon.simulator.Simulator;

/**
 * PERF-08: e-mail over {@code carillon.bench.connections} (4) connections that are kept, beside the same gateway and Jakarta Mail with a connection for
 * each message, and beside {@code smtp-source -d}, the same letter each, all into the simulator, which keeps no log here. {@code carillon.bench.messages}: 4,000 a round.
 */
public final class Smtp {

    private static final int MESSAGES = Integer.getInteger("carillon.bench.messages", 4_000);
    private static final int CONNECTIONS = Integer.getInteger("carillon.bench.connections", 4);
    private static final String FROM = "garage@garage.example";
    private static final String TEXT = "Bonjour Client,\n\nVotre véhicule est prêt, venez quand vous voulez.\n\n" + "Nous avons fait l'entretien et vérifié les freins. ".repeat(8);

    private record Party(String name, Simulator simulator, Traffic.Work work) implements Workload {

            @Override public void prepare() { simulator.mailboxes().clear(); }

        @Override public double run() throws Exception {
            long began = System.nanoTime();
            work.run();
            long took = System.nanoTime() - began;
            if (simulator.mailboxes().count() != MESSAGES) {
                throw new IllegalStateException(simulator.mailboxes().count() + " of " + MESSAGES + " arrived from " + name);
            }
            return Workload.rate(MESSAGES, took);
        }
    }

    private final Simulator simulator;
    private Path letter;
    private final ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS);

    private Smtp(Simulator simulator) { this.simulator = simulator; }

    public static void main(String[] args) throws Exception {
        try (Simulator simulator = Simulator.start(new Simulator.Settings(0, -1, 0, null, null))) {
            new Smtp(simulator).measure();
        }
    }

    private void measure() throws Exception {
        MailGateway pooled = gateway(100);
        MailGateway single = gateway(1);
        Optional<Path> source = Tool.find("smtp-source");
        send(pooled, 1);
        letter = Files.writeString(Files.createDirectories(Path.of("target", "bench-smtp")).resolve("letter.eml"), simulator.mailboxes().find(mail -> true).get(0).raw(), StandardCharsets.ISO_8859_1);
        Party ours = new Party("our gateway, " + CONNECTIONS + " connections", simulator, () -> send(pooled, MESSAGES));
        Party each = new Party("our gateway, a connection each", simulator, () -> send(single, MESSAGES));
        Party bare = new Party("Jakarta Mail, a connection each", simulator, this::sendAlone);
        Party theirs = new Party("smtp-source -d, " + CONNECTIONS + " sessions", simulator, () -> generate(source.orElseThrow()));
        List<Workload> all = new ArrayList<>(List.of(ours, each, bare));
        source.ifPresent(found -> all.add(theirs));
        Contest contest = new Contest(all.toArray(Workload[]::new)).run();
        contest.row("PERF-08", ours, each, ">= 1.8");
        contest.row("PERF-08", ours, bare, ">= 1.8");
        if (source.isPresent()) {
            contest.row("PERF-08", ours, theirs, ">= 0.5");
        } else {
            System.out.println("| PERF-08 | smtp-source is not installed: not measured |");
        }
        pooled.stop();
        single.stop();
        executor.shutdownNow();
    }

    private MailGateway gateway(int perConnection) {
        Map<String, String> given = new HashMap<>();
        simulator.settings().forEach((name, value) -> given.put(name.replace("carillon.smtp.", ""), value));
        given.put("connections", Integer.toString(CONNECTIONS));
        given.put("perConnection", Integer.toString(perConnection));
        MailGateway gateway = new MailGateway("smtp", MailSettings.read(name -> Optional.ofNullable(given.get(name))), Instant::now, Postmarks.NONE);
        gateway.start(executor, (SSLSocketFactory) SSLSocketFactory.getDefault());
        return gateway;
    }

    private static void send(MailGateway gateway, int count) throws InterruptedException {
        CountDownLatch open = new CountDownLatch(count);
        AtomicInteger other = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            UUID reference = new UUID(8, i);
            gateway.submit(new Outgoing(reference, i, 1, "client" + i + "@customer.example", FROM, new Outgoing.Mail(reference + "@garage.example", "Votre véhicule", TEXT, ""),
                Duration.ofHours(12), System.nanoTime() + TimeUnit.SECONDS.toNanos(60))).whenComplete((submission, failure) -> {
                    if (failure != null || submission.verdict() != Verdict.ACCEPTED) {
                        other.incrementAndGet();
                    }
                    open.countDown();
                });
        }
        open.await();
        if (other.get() > 0) {
            throw new IllegalStateException(other + " of " + count + " were not accepted");
        }
    }

    private void sendAlone() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(simulator.smtp().port()));
        Session session = Session.getInstance(properties);
        byte[] same = Files.readAllBytes(letter);
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            String to = "client" + i + "@customer.example";
            all.add(executor.submit(() -> {
                Transport.send(new MimeMessage(session, new ByteArrayInputStream(same)), new Address[] {new InternetAddress(to)});
                return null;
            }));
        }
        for (Future<Void> one : all) {
            one.get();
        }
    }

    private void generate(Path source) throws Exception {
        Process process = new ProcessBuilder(source.toString(), "-4", "-d", "-s", Integer.toString(CONNECTIONS), "-m", Integer.toString(MESSAGES), "-F", letter.toString(),
            "-M", "garage.example", "-f", FROM, "-t", "client@customer.example", "127.0.0.1:" + simulator.smtp().port()).inheritIO().start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("smtp-source failed");
        }
    }
}
