package org.carillon.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.ReceiptDesk;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.Verdict;
import org.carillon.delivery.smpp.SmppGateway;
import org.carillon.delivery.smpp.SmppSettings;
import org.carillon.simulator.Fault;
import org.carillon.simulator.Simulator;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;

/** The simulator as a provider that answers after a while, writes no log and sends no receipts, and the two clients that are measured against it. */
final class Smsc implements AutoCloseable {

    static final byte[] TEXT = "Bonjour, votre vehicule est pret. Garage Martin, 514 555-0100".getBytes();

    final Simulator simulator;
    private final ExecutorService executor = Executors.newCachedThreadPool();  // as the server's: what stores receipts holds up no answer
    private final List<SmppGateway> gateways = new ArrayList<>();

    Smsc(Simulator simulator) { this.simulator = simulator; }

    /** @param delay of each answer */
    static Smsc start(Duration delay) throws IOException {
        Smsc smsc = start((Path) null);
        smsc.always(Fault.Kind.RECEIPT, 0, 0);
        if (!delay.isZero()) {
            smsc.always(Fault.Kind.DELAY, delay.toMillis(), 0);
        }
        return smsc;
    }

    /** One that answers at once, with receipts. @param log of every submit; null for none */
    static Smsc start(Path log) throws IOException { return new Smsc(Simulator.start(new Simulator.Settings(0, 0, -1, log, null))); }

    /** From now on; a throttled submit is answered RTHROTTLED. */
    void always(Fault.Kind kind, long millis, int perSecond) {
        simulator.faults().add(new Fault(kind, 1, 0, "", 0, kind == Fault.Kind.THROTTLE ? 0x58 : 0, millis, perSecond, "AFTER", "", "", 0, false, "AS_GIVEN"));
    }

    /** Ours, bound. */
    SmppGateway gateway(int window) throws InterruptedException { return gateway("smpp", window, receipt -> { }, Duration.ofSeconds(30)); }

    /** @param answer how long one may take */
    SmppGateway gateway(String route, int window, ReceiptDesk desk, Duration answer) throws InterruptedException {
        Map<String, String> given = new HashMap<>(Map.of("window", Integer.toString(window), "responseTimeout", answer.toString()));
        simulator.settings().forEach((name, value) -> given.put(name.replace("carillon.smpp.", ""), value));
        SmppGateway gateway = new SmppGateway(route, SmppSettings.read(name -> Optional.ofNullable(given.get(name))), desk, text -> { },
            Instant::now);
        gateways.add(gateway);
        gateway.start(executor, Executors.defaultThreadFactory(), (SSLSocketFactory) SSLSocketFactory.getDefault());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!gateway.health().open()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not bound");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return gateway;
    }

    /** Hands over so many from one thread and waits for all outcomes. */
    static void send(SmppGateway gateway, int count) throws InterruptedException {
        CountDownLatch open = new CountDownLatch(count);
        AtomicInteger other = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            gateway.submit(outgoing(i)).whenComplete((submission, failure) -> {
                if (failure != null || submission.verdict() != Verdict.ACCEPTED) {
                    other.incrementAndGet();
                }
                open.countDown();
            });
        }
        open.await();
        accepted(other, count);
    }

    static Outgoing outgoing(int number) {
        return new Outgoing(new UUID(7, number), number, 1, "+1514555" + (10_000 + number % 90_000), "", new Outgoing.Sms(false, new String(TEXT), 0, 1, 1, SmsTerms.USUAL),
            Duration.ofHours(12), System.nanoTime() + TimeUnit.SECONDS.toNanos(60));
    }

    /** The library's own client, bound. */
    SMPPSession library() throws IOException {
        SMPPSession session = new SMPPSession();
        session.setTransactionTimer(30_000);
        session.setPduProcessorDegree(3);
        session.connectAndBind("127.0.0.1", simulator.smpp().port(), new BindParameter(BindType.BIND_TRX, Simulator.SYSTEM_ID, Simulator.PASSWORD, "",
            TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, null), 30_000);
        return session;
    }

    /** Its call blocks until the answer is there: a thread for each place of the window. */
    static void send(SMPPSession session, int count, int threads) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger other = new AtomicInteger();
        Thread[] all = new Thread[threads];
        for (int t = 0; t < threads; t++) {
            all[t] = new Thread(() -> {
                for (int i; (i = next.getAndIncrement()) < count;) {
                    try {
                        session.submitShortMessage("", TypeOfNumber.ALPHANUMERIC, NumberingPlanIndicator.UNKNOWN, "CARILLON", TypeOfNumber.INTERNATIONAL,
                            NumberingPlanIndicator.ISDN, "1514555" + (10_000 + i % 90_000), new ESMClass(), (byte) 0, (byte) 0, null, "000000120000000R",
                            new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE), (byte) 0, new GeneralDataCoding(Alphabet.ALPHA_DEFAULT), (byte) 0, TEXT);
                    } catch (Exception e) {
                        other.incrementAndGet();
                    }
                }
            });
        }
        Arrays.stream(all).forEach(Thread::start);
        for (Thread one : all) {
            one.join();
        }
        accepted(other, count);
    }

    private static void accepted(AtomicInteger other, int count) {
        if (other.get() > 0) {
            throw new IllegalStateException(other + " of " + count + " were not accepted");
        }
    }

    /** How many it was given. */
    int taken() { return simulator.phones().count(); }

    /** Forgets what it was given. */
    void clear() { simulator.phones().clear(); }

    /** With its gateways, whose threads would outlive the bench. */
    @Override public void close() throws IOException {
        gateways.forEach(SmppGateway::stop);
        simulator.close();
        executor.shutdownNow();
    }
}
