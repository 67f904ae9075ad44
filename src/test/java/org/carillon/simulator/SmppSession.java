package org.carillon.simulator;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.simulator.Fault.Kind;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.Bind;
import org.jsmpp.util.DefaultComposer;
import org.jsmpp.util.DefaultDecomposer;

/** One connection of the application to the provider, from its bind to its end. */
final class SmppSession implements Runnable {

    private static final int RESPONSE = 0x80000000;
    private static final int BIND_RECEIVER = 1, BIND_TRANSMITTER = 2, SUBMIT = 4, DELIVER = 5, UNBIND = 6, BIND_TRANSCEIVER = 9, ENQUIRE_LINK = 0x15;
    private static final int INVALID_BIND_STATUS = 0x04, ALREADY_BOUND = 0x05, INVALID_PASSWORD = 0x0E, INVALID_SYSTEM_ID = 0x0F, INVALID_COMMAND = 0x03;
    private static final int LARGEST_PDU = 65_536;
    private static final int DELIVERIES_UNDER_WAY = 50;

    private final SmppServer server;
    private final Socket socket;
    private final int number;
    private final AtomicInteger sequences = new AtomicInteger();
    private final Map<Integer, Delivery> underWay = new ConcurrentHashMap<>();
    private volatile int boundBy;

    SmppSession(SmppServer server, Socket socket, int number) {
        this.server = server;
        this.socket = socket;
        this.number = number;
    }

    int number() { return number; }

    boolean bound() { return boundBy != 0 && !socket.isClosed(); }

    boolean hasRoom() { return bound() && boundBy != BIND_TRANSMITTER && underWay.size() < DELIVERIES_UNDER_WAY; }

    @Override
    public void run() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            while (true) {
                int length = in.readInt();
                if (length < 16 || length > LARGEST_PDU) {
                    throw new IOException("a PDU of " + length + " octets");
                }
                byte[] pdu = new byte[length];
                ByteBuffer.wrap(pdu).putInt(length);
                in.readFully(pdu, 4, length - 4);
                take(pdu);
            }
        } catch (EOFException e) {
            // the application hung up
        } catch (IOException | PDUStringException | RuntimeException e) {
            if (!socket.isClosed()) {
                System.getLogger(SmppSession.class.getName()).log(System.Logger.Level.INFO, "connection " + number + " ends: " + e);
            }
        } finally {
            close();
            server.gone(this);
            underWay.keySet().forEach(this::again);
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    /** The provider ends the session; it hangs up itself when nobody answers. */
    void unbind() {
        try {
            write(new DefaultComposer().unbind(sequences.incrementAndGet()));
        } catch (IOException e) {
            // it is gone already
        }
        closeSoon();
    }

    /** The other side hangs up first, as a rule; a line cut at once would overtake the answer. */
    private void closeSoon() { server.later.schedule(this::close, 1, TimeUnit.SECONDS); }

    /** Sends it if this bind receives and has room. */
    boolean send(Delivery delivery) {
        if (!hasRoom()) {
            return false;
        }
        int sequence = sequences.incrementAndGet();
        underWay.put(sequence, delivery);
        try {
            write(delivery.pdu(sequence));
            server.later.schedule(() -> again(sequence), 30, TimeUnit.SECONDS);
            return true;
        } catch (IOException | PDUStringException e) {
            underWay.remove(sequence);
            close();
            return false;
        }
    }

    private void take(byte[] pdu) throws IOException, PDUStringException {
        ByteBuffer header = ByteBuffer.wrap(pdu);
        int command = header.getInt(4);
        int status = header.getInt(8);
        int sequence = header.getInt(12);
        switch (command) {
            case BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER -> bind(command, sequence, new DefaultDecomposer().bind(pdu));
            case SUBMIT -> submit(pdu, sequence);
            case ENQUIRE_LINK -> {
                if (server.faults.strike(Kind.NO_LINK, "", 0).isEmpty()) {
                    answer(command, 0, sequence);
                }
            }
            case UNBIND -> {
                answer(command, 0, sequence);
                boundBy = 0;
                closeSoon();
            }
            case DELIVER | RESPONSE -> answered(sequence, status);
            default -> {
                if (command > 0) {
                    write(new DefaultComposer().genericNack(INVALID_COMMAND, sequence));
                }
            }
        }
    }

    private void bind(int command, int sequence, Bind bind) throws IOException, PDUStringException {
        Optional<Fault> fault = server.faults.strike(Kind.BIND, "", 0);
        int refusal = fault.isPresent() ? fault.get().status() : boundBy != 0 ? ALREADY_BOUND
            : !server.systemId.equals(bind.getSystemId()) ? INVALID_SYSTEM_ID : !server.password.equals(bind.getPassword()) ? INVALID_PASSWORD : 0;
        if (refusal != 0) {
            answer(command, refusal, sequence);
            closeSoon();
            return;
        }
        write(new DefaultComposer().bindResp(command | RESPONSE, sequence, "simulator"));
        boundBy = command;
        server.drain();
    }

    private void submit(byte[] pdu, int sequence) throws IOException, PDUStringException {
        if (boundBy == 0 || boundBy == BIND_RECEIVER) {
            answer(SUBMIT, INVALID_BIND_STATUS, sequence);
            return;
        }
        SmsPart part = SmsPart.of(new DefaultDecomposer().submitSm(pdu), Instant.now(), number, server.nextId(), 0);
        Faults faults = server.faults;
        boolean cut = faults.strike(Kind.DISCONNECT, "BEFORE", part.to(), part.part()).isPresent();
        if (cut || faults.strike(Kind.SILENCE, "BEFORE", part.to(), part.part()).isPresent()) {
            server.log.write(server.line(part, -1));
            if (cut) {
                close();
            }
            return;
        }
        Optional<Fault> nack = faults.strike(Kind.NACK, part.to(), part.part());
        int status = nack.or(() -> faults.throttle(part.to())).or(() -> faults.strike(Kind.ERROR, part.to(), part.part())).map(Fault::status).orElse(0);
        server.log.write(server.line(part, status));
        if (status == 0) {
            accept(part, sequence);
        } else {
            byte[] no = nack.isPresent() ? new DefaultComposer().genericNack(status, sequence) : header(SUBMIT | RESPONSE, status, sequence);
            late(part, () -> write(no));
        }
    }

    private void accept(SmsPart part, int sequence) throws IOException, PDUStringException {
        server.phones.receive(part);
        Faults faults = server.faults;
        Optional<Fault> receipt = (part.registeredDelivery() & 3) == 0 ? Optional.empty() : faults.strike(Kind.RECEIPT, part.to(), part.part());
        receipt.filter(Fault::early).ifPresent(fault -> sendReceipts(part, fault));
        if (faults.strike(Kind.DISCONNECT, "AFTER", part.to(), part.part()).isPresent()) {
            close();
        } else if (faults.strike(Kind.SILENCE, "AFTER", part.to(), part.part()).isEmpty()) {
            byte[] yes = new DefaultComposer().submitSmResp(sequence, part.messageId());
            late(part, () -> write(yes));
            if (faults.strike(Kind.TWICE, part.to(), part.part()).isPresent()) {
                late(part, () -> write(yes));
            }
        }
        if ((part.registeredDelivery() & 3) == 1 && receipt.filter(Fault::early).isEmpty()) {
            long wait = receipt.map(Fault::millis).filter(millis -> millis > 0).orElse(SmppServer.RECEIPT_AFTER.toMillis());
            server.later.schedule(() -> sendReceipts(part, receipt.orElse(null)), wait, TimeUnit.MILLISECONDS);
        }
    }

    private void sendReceipts(SmsPart part, Fault fault) {
        for (int i = 0; i < (fault == null ? 1 : fault.copies()); i++) {
            server.deliver(ReceiptText.of(part, fault, Instant.now()));
        }
    }

    private void answered(int sequence, int status) {
        Delivery delivery = underWay.remove(sequence);
        if (delivery == null) {
            return;
        }
        if (status == 0) {
            delivery.taken().complete(null);
        } else {
            server.later.schedule(() -> server.deliver(delivery), 1, TimeUnit.SECONDS);
        }
        server.drain();
    }

    /** An answer that did not come: the provider tries again, so that everything arrives at least once. */
    private void again(int sequence) {
        Delivery delivery = underWay.remove(sequence);
        if (delivery != null) {
            server.deliver(delivery);
        }
    }

    private interface Answer {
        void write() throws IOException;
    }

    private void late(SmsPart part, Answer answer) throws IOException {
        Optional<Fault> delay = server.faults.strike(Kind.DELAY, part.to(), part.part());
        if (delay.isEmpty()) {
            answer.write();
            return;
        }
        server.later.schedule(() -> {
            try {
                answer.write();
            } catch (IOException e) {
                close();
            }
        }, delay.get().millis(), TimeUnit.MILLISECONDS);
    }

    private void answer(int command, int status, int sequence) throws IOException { write(header(command | RESPONSE, status, sequence)); }

    private static byte[] header(int command, int status, int sequence) {
        return ByteBuffer.allocate(16).putInt(16).putInt(command).putInt(status).putInt(sequence).array();
    }

    private void write(byte[] pdu) throws IOException {
        synchronized (socket) {
            socket.getOutputStream().write(pdu);
            socket.getOutputStream().flush();
        }
    }
}
