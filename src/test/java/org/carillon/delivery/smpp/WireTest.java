package org.carillon.delivery.smpp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.Seeded;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Receipt;
import org.carillon.delivery.ReceiptDesk;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.simulator.Simulator;
import org.carillon.simulator.Sms;
import org.carillon.template.Alphabet;
import org.carillon.template.SmsMode;
import org.carillon.template.SmsText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random texts over real PDUs to the simulator: what was counted is what arrives. */
@Timeout(180)
class WireTest {

    private static final int TEXTS = 3_400;
    private static final List<String> ALPHABETS = List.of("abc XYZ 0123 éèà", "abc{}[]€~|^\\ç", "êçôûÀ«» abc", "😀a🚗ê", "\n@£Δ€", "l’œuvre… – prête ");

    private record Sent(String to, SmsText text, SmsTerms terms) { }

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach void forget() {
        System.clearProperty("carillon.simulator.dataCoding");
        executor.shutdownNow();
    }

    @ParameterizedTest(name = "MSG-04, MSG-05, MSG-06: counted and sent by {0}") @EnumSource(Alphabet.class)
    @DisplayName("MSG-04: of 10,200 random texts the count is what the simulator gets, and what it puts together is the text")
    void countsWhatArrives(Alphabet alphabet) throws Exception {
        if (alphabet == Alphabet.LATIN1) System.setProperty("carillon.simulator.dataCoding", "latin1");
        try (Simulator simulator = Simulator.start(Simulator.Settings.anyPorts())) {
            Map<String, String> given = new HashMap<>(Map.of("window", "100", "dataCoding", alphabet == Alphabet.LATIN1 ? "latin1" : "gsm7"));
            simulator.settings().forEach((name, value) -> given.put(name.replace("carillon.smpp.", ""), value));
            SmppGateway gateway = new SmppGateway(SmppSettings.read(name -> Optional.ofNullable(given.get(name))), new ReceiptDesk() {
                @Override public void record(Receipt receipt) { }
                @Override public void record(List<Receipt> together) { }
            }, text -> { }, () -> Instant.parse("2026-11-22T15:00:00Z"));
            gateway.start(executor, Executors.defaultThreadFactory(), (SSLSocketFactory) SSLSocketFactory.getDefault());
            try {
                Seeded.run(1, random -> compare(gateway, simulator, texts(random, alphabet)));
            } finally {
                gateway.stop();
            }
        }
    }

    private static List<Sent> texts(Random random, Alphabet alphabet) {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            int[] letters = Seeded.oneOf(random, ALPHABETS).codePoints().toArray();
            StringBuilder text = new StringBuilder("x");
            random.ints(random.nextInt(random.nextInt(4) == 0 ? 700 : 200), 0, letters.length).forEach(n -> text.appendCodePoint(letters[n]));
            sent.add(new Sent("+1514" + (2_000_000 + i), SmsText.of(text.toString(), Seeded.oneOf(random, List.of(SmsMode.values())), alphabet),
                new SmsTerms(alphabet, Seeded.oneOf(random, List.of(LongMessages.values())), null)));
        }
        return sent;
    }

    private static void compare(SmppGateway gateway, Simulator simulator, List<Sent> all) {
        List<CompletableFuture<Submission>> answers = new ArrayList<>();
        for (Sent sent : all) {
            boolean whole = sent.terms().longMessages() == LongMessages.PAYLOAD;
            List<String> parts = whole ? List.of(sent.text().text()) : sent.text().parts();
            for (int part = 1; part <= parts.size(); part++) {
                answers.add(submit(gateway, sent, new Outgoing.Sms(sent.text().ucs2(), parts.get(part - 1), 7, part, parts.size(), sent.terms())));
            }
        }
        answers.forEach(answer -> assertEquals(Verdict.ACCEPTED, answer.join().verdict()));
        Map<String, Sms> arrived = new HashMap<>();
        simulator.phones().find(Sms::fromShop).forEach(sms -> assertTrue(arrived.put(sms.to(), sms) == null, "one text came as several"));
        for (Sent sent : all) {
            Sms sms = arrived.get(sent.to());
            boolean whole = sent.terms().longMessages() == LongMessages.PAYLOAD;
            String shown = sent.terms().alphabet() == Alphabet.GSM7_CEDILLA && !sent.text().ucs2() ? sent.text().text().replace('ç', 'Ç') : sent.text().text();
            assertEquals(shown, sms.text());
            assertEquals(whole ? 1 : sent.text().segments(), sms.parts().size());
            assertTrue(sms.complete());
        }
    }

    /** Waits for the session first. */
    private static CompletableFuture<Submission> submit(SmppGateway gateway, Sent sent, Outgoing.Sms sms) {
        long until = System.nanoTime() + SECONDS.toNanos(20);
        while (!gateway.health().open() && System.nanoTime() < until) Thread.onSpinWait();
        return gateway.submit(new Outgoing(UUID.randomUUID(), 1, sms.partNo(), sent.to(), "", sms, Duration.ofHours(1), System.nanoTime() + SECONDS.toNanos(60)))
            .toCompletableFuture();
    }
}
