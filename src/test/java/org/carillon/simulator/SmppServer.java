package org.carillon.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jsmpp.bean.OptionalParameter;

/**
 * The provider's SMPP 3.4 side. Codes and decodes with jSMPP; keeps the conversation itself, because jSMPP's server answers every submit in
 * order and at once, which is just what a fault test must be able to prevent.
 */
public final class SmppServer implements Closeable {

    static final Duration RECEIPT_AFTER = Duration.ofMillis(Long.getLong("carillon.simulator.receiptMillis", 400));

    final Phones phones;
    final Faults faults;
    final SubmitLog log;
    final String systemId;
    final String password;
    final ScheduledExecutorService later = Executors.newScheduledThreadPool(2, Simulator.daemon("smpp-later"));

    private final ServerSocket socket;
    private final List<SmppSession> sessions = new CopyOnWriteArrayList<>();
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong ids = new AtomicLong(System.currentTimeMillis() * 64);
    private final AtomicInteger references = new AtomicInteger();

    SmppServer(int port, String systemId, String password, Phones phones, Faults faults, SubmitLog log) throws IOException {
        this.systemId = systemId;
        this.password = password;
        this.phones = phones;
        this.faults = faults;
        this.log = log;
        socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Simulator.daemon("smpp-accept").newThread(this::accept).start();
    }

    public int port() { return socket.getLocalPort(); }

    /** How many binds are up. */
    public long binds() { return sessions.stream().filter(SmppSession::bound).count(); }

    /** Cuts all connections, as a network failure would. */
    public void cut() { sessions.forEach(SmppSession::close); }

    /** Ends all sessions politely, as a provider does before maintenance. */
    public void unbind() { sessions.stream().filter(SmppSession::bound).forEach(SmppSession::unbind); }

    /** Sends what a customer wrote to the application; the stage completes when the application took all of it. */
    CompletableFuture<Void> write(String from, String to, String text) {
        int coding = Alphabet.fitsGsm(text) ? Alphabet.GSM : Alphabet.UCS2;
        List<byte[]> parts = split(text, coding);
        phones.write(from, to, text, parts.size(), Instant.now());
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (byte[] part : parts) {
            CompletableFuture<Void> taken = new CompletableFuture<>();
            deliver(new Delivery(from, to, parts.size() > 1 ? Delivery.HEADER : 0, (byte) coding, part, new OptionalParameter[0], 0, taken));
            all.add(taken);
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    String nextId() { return Long.toString(ids.incrementAndGet()); }

    /** Sends when a receiving bind has room, keeps until then. */
    void deliver(Delivery delivery) {
        synchronized (waiting) {
            waiting.add(delivery);
        }
        drain();
    }

    void drain() {
        synchronized (waiting) {
            Deque<Delivery> left = new ArrayDeque<>();
            for (Delivery next; (next = waiting.poll()) != null;) {
                Delivery delivery = next;
                boolean sent = sessions.stream().filter(session -> session.number() == delivery.preferred()).anyMatch(session -> session.send(delivery))
                    || sessions.stream().anyMatch(session -> session.send(delivery));
                if (!sent) {
                    left.add(delivery);
                    if (sessions.stream().noneMatch(SmppSession::hasRoom)) {
                        break;
                    }
                }
            }
            left.descendingIterator().forEachRemaining(waiting::addFirst);
        }
    }

    void gone(SmppSession session) { sessions.remove(session); }

    @Override
    public void close() throws IOException {
        socket.close();
        cut();
        later.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                SmppSession session = new SmppSession(this, connection, connections.incrementAndGet());
                sessions.add(session);
                Simulator.daemon("smpp-" + session.number()).newThread(session).start();
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<byte[]> split(String text, int coding) {
        byte[] whole = Alphabet.encode(text, coding);
        if (whole.length <= (coding == Alphabet.GSM ? 160 : 140)) {
            return List.of(whole);
        }
        List<byte[]> bodies = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length();) {
            String next = new String(Character.toChars(text.codePointAt(i)));
            if (Alphabet.encode(part + next, coding).length > (coding == Alphabet.GSM ? 153 : 134)) {
                bodies.add(Alphabet.encode(part.toString(), coding));
                part.setLength(0);
            }
            part.append(next);
            i += next.length();
        }
        bodies.add(Alphabet.encode(part.toString(), coding));
        int reference = references.incrementAndGet() & 0xFF;
        List<byte[]> parts = new ArrayList<>();
        for (byte[] body : bodies) {
            byte[] data = new byte[6 + body.length];
            System.arraycopy(new byte[] {5, 0, 3, (byte) reference, (byte) bodies.size(), (byte) (parts.size() + 1)}, 0, data, 0, 6);
            System.arraycopy(body, 0, data, 6, body.length);
            parts.add(data);
        }
        return parts;
    }

    SubmitLog.Line line(SmsPart part, int answer) {
        return new SubmitLog.Line(part.receivedAt(), "SMPP", part.connection(), part.sequence(), part.from(), part.to(),
            Integer.toString(part.userMessageReference()), part.concatRef(), part.part(), part.parts(), answer, part.text());
    }
}
