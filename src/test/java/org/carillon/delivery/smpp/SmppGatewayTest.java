package org.carillon.delivery.smpp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.InboundText;
import org.carillon.delivery.Inbox;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Receipt;
import org.carillon.delivery.ReceiptDesk;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.template.Alphabet;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.SubmitSm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an SMSC that speaks real PDUs on loopback. */
@Timeout(30)
class SmppGatewayTest {

    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final int RECEIPT = 0x04;

    private final BlockingQueue<Receipt> receipts = new LinkedBlockingQueue<>();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private ReceiptDesk desk = receipts::add;
    private Inbox inbox = text -> { throw new IllegalStateException("no database"); };
    private ScriptedSmsc smsc;
    private SmppGateway gateway;

    @BeforeEach
    void openTheSmsc() throws IOException { smsc = new ScriptedSmsc(); }

    @AfterEach
    void closeBoth() throws IOException {
        if (gateway != null) gateway.stop();
        smsc.close();
        executor.shutdownNow();
    }

    private void start(String... namesAndValues) {
        Map<String, String> given = new HashMap<>(Map.of("host", "127.0.0.1", "port", "" + smsc.port(), "systemId", "shop", "password", "secret",
            "responseTimeout", "PT5S"));
        for (int i = 0; i < namesAndValues.length; i += 2) given.put(namesAndValues[i], namesAndValues[i + 1]);
        gateway = new SmppGateway(SmppSettings.read(name -> Optional.ofNullable(given.get(name))), desk(), text -> inbox.receive(text), () -> NOW);
        gateway.start(executor, Executors.defaultThreadFactory(), (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** Looks at the test's desk at each call. */
    private ReceiptDesk desk() {
        return new ReceiptDesk() {
            @Override public void record(Receipt receipt) { desk.record(receipt); }

            @Override public void record(List<Receipt> together) { desk.record(together); }
        };
    }

    private void startBound(String... namesAndValues) {
        start(namesAndValues);
        await(() -> gateway.health().open());
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "waited in vain");
            Thread.onSpinWait();
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Outgoing sms(String text) { return sms(new Outgoing.Sms(false, text, 0, 1, 1, SmsTerms.USUAL), "+15145550199", "", Duration.ofHours(12), 5); }

    private static Outgoing sms(Outgoing.Sms content, String to, String from, Duration validity, int seconds) {
        return new Outgoing(new UUID(0x1234, 0xABCDEF12345678L), 7, content.partNo(), to, from, content, validity, System.nanoTime() + SECONDS.toNanos(seconds));
    }

    private Submission send(Outgoing outgoing) throws Exception { return gateway.submit(outgoing).toCompletableFuture().get(20, SECONDS); }

    private static byte[] content(SubmitSm pdu) { return pdu.getShortMessage(); }

    @Test
    void submitsAndKeepsTheProvidersId() throws Exception {
        startBound();
        Submission submission = send(sms("Votre véhicule est à récupérer à 17 h"));
        assertEquals(Verdict.ACCEPTED, submission.verdict());
        assertEquals("0x00000000", submission.code());
        SubmitSm pdu = smsc.submits.get(0);
        assertEquals("ID" + pdu.getSequenceNumber(), submission.providerId());
        assertEquals("15145550199", pdu.getDestAddress());
        assertEquals(1, pdu.getDestAddrTon());
        assertEquals(1, pdu.getDestAddrNpi());
        assertEquals(0, pdu.getDataCoding());
        assertEquals(0, pdu.getEsmClass());
        assertEquals(1, pdu.getRegisteredDelivery());
        assertEquals("000000120000000R", pdu.getValidityPeriod());
        assertEquals(0x5678, pdu.getOptionalParameter(OptionalParameter.User_message_reference.class).getValue() & 0xFFFF);
    }

    @Test
    @DisplayName("MSG-06: '@' is 0x00 and survives, extension characters take their escape")
    void keepsTheAtSign() throws Exception {
        startBound();
        send(sms("@£$éà@ €{}[]~|^\\ _Δ"));
        assertArrayEquals(new byte[] {0, 1, 2, 5, 0x7F, 0, 0x20, 0x1B, 0x65, 0x1B, 0x28, 0x1B, 0x29, 0x1B, 0x3C, 0x1B, 0x3E, 0x1B, 0x3D, 0x1B, 0x40, 0x1B, 0x14,
            0x1B, 0x2F, 0x20, 0x11, 0x10}, content(smsc.submits.get(0)));
    }

    @Test
    void sendsUcs2WhereAsked() throws Exception {
        startBound();
        send(sms(new Outgoing.Sms(true, "prête 😀", 0, 1, 1, SmsTerms.USUAL), "+33612345678", "+33700000000", Duration.ofDays(30), 5));
        SubmitSm pdu = smsc.submits.get(0);
        assertEquals(8, pdu.getDataCoding());
        assertArrayEquals("prête 😀".getBytes(StandardCharsets.UTF_16BE), content(pdu));
        assertEquals("000003000000000R", pdu.getValidityPeriod(), "REL-22: the route's cap of 72 h");
        assertEquals(1, pdu.getSourceAddrTon());
        assertEquals("33700000000", pdu.getSourceAddr());
    }

    @Test
    @DisplayName("MSG-05: parts of a long text carry an 8-bit concatenation header")
    void marksPartsOfALongText() throws Exception {
        startBound("dataCoding", "gsm7");
        for (int part = 1; part <= 3; part++) {
            send(sms(new Outgoing.Sms(false, "é".repeat(153), 200, part, 3, SmsTerms.USUAL), "+15145550199", "GARAGE", Duration.ofSeconds(3_725), 5));
        }
        for (int part = 1; part <= 3; part++) {
            SubmitSm pdu = smsc.submits.get(part - 1);
            assertEquals(0x40, pdu.getEsmClass());
            assertEquals("[5, 0, 3, -56, 3, " + part + "]", ScriptedSmsc.udh(pdu));
            assertEquals(159, content(pdu).length);
            assertEquals(5, content(pdu)[6]);
            assertEquals(5, pdu.getSourceAddrTon());
            assertEquals("GARAGE", pdu.getSourceAddr());
            assertEquals("000000010205000R", pdu.getValidityPeriod());
        }
    }

    private static Outgoing counted(Alphabet alphabet, boolean ucs2, String text) {
        return sms(new Outgoing.Sms(ucs2, text, 0, 1, 1, new SmsTerms(alphabet, LongMessages.UDH, null)), "+15145550199", "", Duration.ofHours(12), 5);
    }

    /** A text on a route set up like this, counted under that alphabet: data coding and octets on the wire. */
    @ParameterizedTest(name = "MSG-01, MSG-06: {3} counted in {2} by {0}, cedilla {1}: {4}") @CsvSource(textBlock = """
        gsm7,   ucs2,    GSM7,         ca,   0 6361
        gsm7,   capital, GSM7_CEDILLA, ça,   0 0961
        gsm7,   ucs2,    GSM7_CEDILLA, ça,   0 0961
        gsm7,   capital, GSM7,         é{,   0 051b28
        latin1, ucs2,    LATIN1,       çê{@, 0 e7ea7b40
        gsm7,   ucs2,    LATIN1,       çê{@, 3 e7ea7b40
        latin1, ucs2,    GSM7,         é{@,  0 e97b40
        latin1, capital, GSM7_CEDILLA, ça,   0 e761
        latin1, ucs2,    GSM7,         aΔ€,  8 0061039420ac
        """)
    void sendsAsItWasCountedWhateverTheRouteSaysByNow(String dataCoding, String cedilla, Alphabet counted, String text, String wire) throws Exception {
        startBound("dataCoding", dataCoding, "cedilla", cedilla);
        assertEquals(Verdict.ACCEPTED, send(counted(counted, false, text)).verdict());
        SubmitSm pdu = smsc.submits.get(0);
        assertEquals(wire, pdu.getDataCoding() + " " + HexFormat.of().formatHex(content(pdu)));
    }

    @Test @DisplayName("MSG-06: what Latin-1 lacks leaves a Latin-1 route as UCS-2")
    void sendsUcs2ByARouteOfLatin1() throws Exception {
        startBound("dataCoding", "latin1");
        assertEquals(Verdict.ACCEPTED, send(counted(Alphabet.LATIN1, true, "prête, 5 € Δ")).verdict());
        assertEquals(8, smsc.submits.get(0).getDataCoding());
        assertArrayEquals("prête, 5 € Δ".getBytes(StandardCharsets.UTF_16BE), content(smsc.submits.get(0)));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"0x58,THROTTLE", "0x14,QUEUE_FULL", "0x08,TEMPORARY", "0x0B,BAD_ADDRESS", "0x01,PERMANENT", "0x0A,BAD_SENDER", "0x45,TEMPORARY_FEW",
        "0x410,TEMPORARY_FEW", "0x777,TEMPORARY_FEW", "0x0D,ROUTE_FAULT"})
    void judgesARefusal(String status, Verdict verdict) throws Exception {
        smsc.onSubmit = (talk, pdu) -> talk.answer(pdu, Integer.decode(status), null);
        startBound();
        Submission submission = send(sms("x"));
        assertEquals(verdict, submission.verdict());
        assertNull(submission.providerId());
        assertEquals(Integer.decode(status), Integer.decode(submission.code()));
    }

    @Test
    void countsAGenericNack() throws Exception {
        smsc.onSubmit = (talk, pdu) -> talk.nack(pdu, 0x03);
        startBound();
        assertEquals(Verdict.TEMPORARY_FEW, send(sms("x")).verdict());
        smsc.onSubmit = ScriptedSmsc.OK;
        assertEquals(Verdict.ACCEPTED, send(sms("x")).verdict(), "the session lives on");
    }

    @Test
    void bindsAgainAfterASessionFault() throws Exception {
        smsc.onSubmit = (talk, pdu) -> talk.answer(pdu, 0x04, null);
        startBound();
        assertEquals(Verdict.SESSION, send(sms("x")).verdict());
        smsc.onSubmit = ScriptedSmsc.OK;
        await(() -> smsc.binds.get() == 2 && gateway.health().open());
        assertEquals(1, smsc.unbinds.get(), "in peace");
        assertEquals(Verdict.ACCEPTED, send(sms("x")).verdict());
    }

    @Test
    @DisplayName("REL-13: silence is UNKNOWN; T12: a late yes is evidence")
    void knowsNothingAfterSilenceUntilALateAnswer() throws Exception {
        BlockingQueue<SubmitSm> silent = new LinkedBlockingQueue<>();
        smsc.onSubmit = (talk, pdu) -> silent.add(pdu);
        startBound("responseTimeout", "PT0.3S");
        Submission submission = send(sms("x"));
        assertEquals(Verdict.UNKNOWN, submission.verdict());
        assertNull(submission.providerId());
        smsc.talks.peek().answer(silent.take(), 0, "LATE-1");
        Receipt evidence = receipts.poll(10, SECONDS);
        assertEquals(new Receipt("smpp", "LATE-1", 0x5678, "+15145550199", Receipt.State.ACCEPTED, "", NOW), evidence);
        smsc.onSubmit = ScriptedSmsc.OK;
        assertEquals(Verdict.ACCEPTED, send(sms("x")).verdict());
        assertEquals(1, smsc.binds.get(), "one slow answer does not end the session");
    }

    @Test
    void knowsNothingOfAllOpenSubmitsAfterACut() throws Exception {
        CountDownLatch all = new CountDownLatch(10);
        smsc.onSubmit = (talk, pdu) -> {
            all.countDown();
            if (all.getCount() == 0) talk.reset();
        };
        startBound();
        List<CompletableFuture<Submission>> open = new ArrayList<>();
        for (int i = 0; i < 10; i++) open.add(gateway.submit(sms("x")).toCompletableFuture());
        for (CompletableFuture<Submission> one : open) assertEquals(Verdict.UNKNOWN, one.get(3, SECONDS).verdict());
        smsc.onSubmit = ScriptedSmsc.OK;
        await(() -> smsc.binds.get() >= 2 && gateway.health().open());
        assertEquals(Verdict.ACCEPTED, send(sms("x")).verdict());
    }

    @Test
    void hasSentNothingWithoutASession() throws Exception {
        smsc.onBind = (talk, sequence) -> talk.cut();
        start();
        Submission submission = send(sms("x"));
        assertEquals(Verdict.NOT_SENT, submission.verdict());
        await(() -> smsc.connections.get() >= 2);
        assertFalse(gateway.health().open());
        assertFalse(gateway.health().suspended());
        assertEquals(0, smsc.submits.size());
    }

    @Test
    @DisplayName("T6: nothing is written after the deadline")
    void writesNothingAfterTheDeadline() throws Exception {
        startBound();
        Submission submission = send(sms(new Outgoing.Sms(false, "x", 0, 1, 1, SmsTerms.USUAL), "+15145550199", "", Duration.ofHours(1), -1));
        assertEquals(Verdict.NOT_SENT, submission.verdict());
        assertEquals(Verdict.ACCEPTED, send(sms("y")).verdict());
        assertEquals(1, smsc.submits.size());
    }

    @Test
    @DisplayName("REL-15: no more than the window is under way")
    void waitsWhileTheWindowIsFull() throws Exception {
        BlockingQueue<SubmitSm> held = new LinkedBlockingQueue<>();
        smsc.onSubmit = (talk, pdu) -> held.add(pdu);
        startBound("window", "2");
        var first = gateway.submit(sms("1")).toCompletableFuture();
        var second = gateway.submit(sms("2")).toCompletableFuture();
        Submission third = send(sms(new Outgoing.Sms(false, "3", 0, 1, 1, SmsTerms.USUAL), "+15145550199", "", Duration.ofHours(1), 1));
        assertEquals(Verdict.NOT_SENT, third.verdict());
        assertEquals(2, smsc.submits.size());
        var fourth = CompletableFuture.supplyAsync(() -> gateway.submit(sms("4")), executor).thenCompose(s -> s);
        smsc.talks.peek().answer(held.take(), 0, "A");
        smsc.talks.peek().answer(held.take(), 0, "B");
        smsc.talks.peek().answer(held.take(), 0, "C");
        for (var one : List.of(first, second, fourth)) assertEquals(Verdict.ACCEPTED, one.get(5, SECONDS).verdict());
    }

    @Test
    void refusesWhatCannotBeSentWithoutWritingIt() throws Exception {
        startBound("dataCoding", "latin1");
        assertEquals(Verdict.PERMANENT, send(sms(new Outgoing.Sms(false, "x", 0, 1, 1, SmsTerms.USUAL), "5145550199", "", Duration.ofHours(1), 5)).verdict());
        assertEquals(Verdict.BAD_SENDER, send(sms(new Outgoing.Sms(false, "x", 0, 1, 1, SmsTerms.USUAL), "+15145550199", "Garage du Nord", Duration.ofHours(1), 5)).verdict());
        assertEquals(0, smsc.submits.size());
        assertEquals(Verdict.ACCEPTED, send(sms("@é")).verdict());
        assertArrayEquals(new byte[] {0x40, (byte) 0xE9}, content(smsc.submits.get(0)));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @CsvSource({"+15145550100,1,1,15145550100", "15145550100,1,1,15145550100", "12345,3,0,12345", "Garage Élan,5,0,Garage Elan", "'',0,0,''"})
    void namesTheKindOfSender(String sender, int ton, int npi, String address) {
        SourceAddress source = SourceAddress.of(sender);
        assertEquals(ton, source.ton().value());
        assertEquals(npi, source.npi().value());
        assertEquals(address, source.address());
    }

    @Test
    void suspendsTheRouteWhenThePasswordIsRefused() throws Exception {
        smsc.onBind = (talk, sequence) -> talk.bindAnswer(sequence, 0x0E);
        start();
        await(() -> gateway.health().suspended());
        assertFalse(gateway.health().open());
        assertEquals(NOW, gateway.health().since());
        assertTrue(gateway.health().detail().contains("0x0000000E"), gateway.health().detail());
        Thread.sleep(2_500);  // longer than the first back-off, to see that none follows
        assertEquals(1, smsc.binds.get(), "five bad passwords may lock the account");
    }

    @Test
    void triesAgainWhenABindIsRefusedForATime() throws Exception {
        smsc.onBind = (talk, sequence) -> {
            smsc.onBind = ScriptedSmsc.BIND_OK;
            talk.bindAnswer(sequence, 0x08);
        };
        startBound();
        assertEquals(2, smsc.binds.get());
    }

    @Test
    void isAbsentWithoutAHost() throws Exception {
        start("host", "");
        assertFalse(gateway.health().open());
        assertFalse(gateway.health().suspended());
        assertEquals(Verdict.NOT_SENT, send(sms("x")).verdict());
        assertEquals(0, smsc.connections.get());
    }

    @Test
    @DisplayName("SEC-27: plaintext to a public address is refused without its flag")
    void refusesPlaintextToAPublicAddress() {
        start("host", "203.0.113.1");
        await(() -> gateway.health().suspended());
        assertEquals("a public address without TLS", gateway.health().detail());
    }

    @Test
    @DisplayName("REL-23: receipts by parameters and by text, before the bind's answer and before the submit's")
    void takesReceiptsInEveryShape() throws Exception {
        String text = "id:ID2 sub:001 dlvrd:001 submit date:2611221000 done date:2611221001 stat:DELIVRD err:000 text:Votre vehicule est pret. A bientot chez";
        assertTrue(text.length() > 127, "as long as real ones are");
        smsc.onBind = (talk, sequence) -> {
            talk.deliver(RECEIPT, "15145550199", "", new OptionalParameter.Receipted_message_id("EARLY"), new OptionalParameter.Message_state((byte) 5),
                new OptionalParameter.User_message_reference((short) 0xFFFE));
            talk.bindAnswer(sequence, 0);
        };
        smsc.onSubmit = (talk, pdu) -> {
            talk.deliver(RECEIPT, "15145550199", text);
            ScriptedSmsc.OK.submitted(talk, pdu);
        };
        startBound();
        assertEquals(new Receipt("smpp", "EARLY", 0xFFFE, "+15145550199", Receipt.State.UNDELIVERED, "", NOW, null, new Receipt.Traits("15145550100", null, "")), receipts.poll(5, SECONDS));
        assertEquals("ID2", send(sms("x")).providerId());
        assertEquals(new Receipt("smpp", "ID2", null, "+15145550199", Receipt.State.DELIVERED, "000", NOW, NOW,
            new Receipt.Traits("15145550100", null, "Votre vehicule est p")), receipts.poll(5, SECONDS));
        for (int i = 1; i <= 2; i++) assertEquals(0, smsc.deliverAnswers.poll(5, SECONDS)[1]);
    }

    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @CsvSource({"same,00Ab,00Ab", "hexToDecimal,1F,31", "decimalToHex,31,1F", "decimalToHex,not-a-number,not-a-number"})
    void convertsIdsOfReceipts(String setting, String inReceipt, String handedIn) throws Exception {
        startBound("receiptIds", setting);
        smsc.talks.peek().deliver(RECEIPT, "15145550199", "id:" + inReceipt + " stat:EXPIRED err:0");
        Receipt receipt = receipts.poll(5, SECONDS);
        assertEquals(handedIn, receipt.providerId());
        assertEquals(Receipt.State.EXPIRED, receipt.state());
    }

    @Test
    void bringsIdsOfAnswersToTheSameForm() throws Exception {
        smsc.onSubmit = (talk, pdu) -> talk.answer(pdu, 0, "0000001f");
        startBound("receiptIds", "decimalToHex");
        assertEquals("1F", send(sms("x")).providerId());
    }

    @Test
    void leavesAReceiptWithTheProviderUntilItIsStored() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        desk = receipt -> {
            if (calls.incrementAndGet() == 1) throw new IllegalStateException("no database");
            receipts.add(receipt);
        };
        startBound();
        ScriptedSmsc.Talk talk = smsc.talks.peek();
        int first = talk.deliver(RECEIPT, "15145550199", "id:A stat:DELIVRD");
        assertArrayEquals(new int[] {first, 0x64}, smsc.deliverAnswers.poll(5, SECONDS));
        int again = talk.deliver(RECEIPT, "15145550199", "id:A stat:DELIVRD");
        assertArrayEquals(new int[] {again, 0}, smsc.deliverAnswers.poll(5, SECONDS));
        assertNotNull(receipts.poll());
        int unreadable = talk.deliver(RECEIPT, "15145550199", "hello");
        assertArrayEquals(new int[] {unreadable, 0x65}, smsc.deliverAnswers.poll(5, SECONDS));
        int text = talk.deliver(0, "15145550199", "Merci, id:7 stat:DELIVRD");
        assertArrayEquals(new int[] {text, 0x64}, smsc.deliverAnswers.poll(5, SECONDS), "an inbound text is not acknowledged before it can be stored");
        assertEquals(0, receipts.size());
    }

    @Test
    @DisplayName("REL-24: a customer's text is acknowledged once it is stored")
    void acknowledgesStoredTexts() throws Exception {
        BlockingQueue<InboundText> kept = new LinkedBlockingQueue<>();
        inbox = kept::add;
        startBound();
        int text = smsc.talks.peek().deliver(0, "15145550199", "Merci, id:7 stat:DELIVRD");
        assertArrayEquals(new int[] {text, 0}, smsc.deliverAnswers.poll(5, SECONDS));
        InboundText stored = kept.poll();
        assertEquals("Merci, id:7 stat:DELIVRD", stored.text());
        assertEquals("+15145550199", stored.from());
        assertNull(stored.piece());
        assertEquals(0, receipts.size());
    }

    @Test
    @DisplayName("REL-14: answers and enquiries do not wait behind slow receipts")
    void answersPassSlowReceipts() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        desk = receipt -> {
            busy.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            receipts.add(receipt);
        };
        startBound("responseTimeout", "PT1S", "enquireLink", "PT0.2S");
        ScriptedSmsc.Talk talk = smsc.talks.peek();
        talk.deliver(RECEIPT, "15145550199", "id:R0 stat:DELIVRD");
        assertTrue(busy.await(5, SECONDS));  // one is in hand, so that more than what may wait is taken
        for (int i = 1; i < 2_000; i++) talk.deliver(RECEIPT, "15145550199", "id:R" + i + " stat:DELIVRD");
        for (int i = 0; i < 50; i++) assertEquals(Verdict.ACCEPTED, send(sms("x")).verdict());
        await(() -> smsc.enquires.get() >= 8);
        assertTrue(gateway.health().open());
        assertEquals(1, smsc.binds.get());
        assertEquals(0, receipts.size());
        int refused = 0;
        while (smsc.deliverAnswers.peek() != null) refused += smsc.deliverAnswers.poll()[1] == 0x14 ? 1 : 1_000_000;
        assertTrue(refused >= 600 && refused < 1_000, "what does not fit stays with the provider: " + refused);
        int taken = 2_000 - refused;
        release.countDown();
        await(() -> receipts.size() == taken && smsc.deliverAnswers.size() == taken);
    }

    @Test
    void storesReceiptsTogetherAndTurnsAwayOnlyTheBadOne() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        desk = new ReceiptDesk() {
            @Override public void record(Receipt receipt) { record(List.of(receipt)); }

            @Override public void record(List<Receipt> together) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                commits.incrementAndGet();
                if (together.stream().anyMatch(r -> r.providerId().equals("R77"))) throw new IllegalStateException("bad");
                receipts.addAll(together);
            }
        };
        startBound();
        ScriptedSmsc.Talk talk = smsc.talks.peek();
        for (int i = 0; i < 300; i++) talk.deliver(RECEIPT, "15145550199", "id:R" + i + " stat:DELIVRD");
        assertEquals(Verdict.ACCEPTED, send(sms("x")).verdict(), "what came before this answer was read");
        release.countDown();
        await(() -> smsc.deliverAnswers.size() == 300);
        assertEquals(299, receipts.size());
        assertEquals(1, smsc.deliverAnswers.stream().filter(a -> a[1] == 0x64).count());
        assertTrue(commits.get() <= 230, "together where it can be: " + commits);
    }

    @Test
    @DisplayName("REL-11: while the database is away receipts stay with the provider all at once, not one after the other")
    void leavesAllReceiptsWithTheProviderWhileTheDatabaseIsAway() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        desk = new ReceiptDesk() {
            @Override public void record(Receipt receipt) { record(List.of(receipt)); }

            @Override public void record(List<Receipt> together) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                tries.incrementAndGet();
                throw new IllegalStateException(new java.sql.SQLTransientConnectionException("no connection in time"));
            }
        };
        startBound();
        ScriptedSmsc.Talk talk = smsc.talks.peek();
        for (int i = 0; i < 300; i++) talk.deliver(RECEIPT, "15145550199", "id:R" + i + " stat:DELIVRD");
        assertEquals(Verdict.ACCEPTED, send(sms("x")).verdict(), "what came before this answer was read");
        release.countDown();
        await(() -> smsc.deliverAnswers.size() == 300);
        assertEquals(300, smsc.deliverAnswers.stream().filter(a -> a[1] == 0x64).count());
        assertTrue(tries.get() <= 6, "together: " + tries);
    }

    @Test
    @DisplayName("REL-13: a peer that is silent to enquire_link is given up, open submits are UNKNOWN")
    void givesUpADeadPeer() throws Exception {
        smsc.onSubmit = (talk, pdu) -> { };
        smsc.answersEnquire = false;
        startBound("enquireLink", "PT0.3S", "responseTimeout", "PT2S");
        var open = gateway.submit(sms("x")).toCompletableFuture();
        assertEquals(Verdict.UNKNOWN, open.get(10, SECONDS).verdict());
        await(() -> smsc.binds.get() >= 2);
    }

    @Test
    @DisplayName("SEC-19: a PDU of impossible length ends the session at once")
    void endsASessionThatIsOutOfStep() throws Exception {
        startBound();
        smsc.onSubmit = (talk, pdu) -> talk.send(new byte[] {0x7F, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1});
        assertEquals(Verdict.UNKNOWN, send(sms("x")).verdict());
        await(() -> smsc.binds.get() >= 2 && gateway.health().open());
    }

    @Test
    void survivesReceiptsOfAnyBytes() throws Exception {
        long seed = 20261122;
        java.util.Random random = new java.util.Random(seed);
        startBound();
        ScriptedSmsc.Talk talk = smsc.talks.peek();
        for (int i = 0; i < 500; i++) {
            byte[] pdu = new byte[16 + random.nextInt(300)];
            random.nextBytes(pdu);
            java.nio.ByteBuffer.wrap(pdu).putInt(pdu.length).putInt(5).putInt(0).putInt(i + 1);
            talk.send(pdu);
        }
        await(() -> smsc.deliverAnswers.size() == 500);
        assertEquals(Verdict.ACCEPTED, send(sms("x")).verdict(), "seed " + seed);
    }

    @Test
    void stopsInPeaceWhenAnswersAreStillOut() throws Exception {
        BlockingQueue<SubmitSm> held = new LinkedBlockingQueue<>();
        smsc.onSubmit = (talk, pdu) -> held.add(pdu);
        startBound();
        var open = gateway.submit(sms("x")).toCompletableFuture();
        SubmitSm pdu = held.poll(5, SECONDS);
        var stop = CompletableFuture.runAsync(gateway::stop, executor);
        await(() -> !gateway.health().open());
        assertEquals(Verdict.NOT_SENT, send(sms("y")).verdict());
        smsc.talks.peek().answer(pdu, 0, "Z");
        assertEquals(Verdict.ACCEPTED, open.get(5, SECONDS).verdict());
        stop.get(10, SECONDS);
        assertEquals(1, smsc.unbinds.get());
    }

    @Test
    void hidesThePassword() {
        start();
        assertFalse(SmppSettings.read(n -> Optional.of(n.equals("password") ? "secret" : "").filter(s -> !s.isEmpty())).toString().contains("secret"));
    }
}
