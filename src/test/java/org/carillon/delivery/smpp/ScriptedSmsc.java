package org.carillon.delivery.smpp;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.delivery.Background;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.util.DefaultComposer;
import org.jsmpp.util.DefaultDecomposer;

/** An SMSC on loopback that speaks real PDUs and does with each submit what the test says. */
final class ScriptedSmsc implements Closeable {

    interface OnSubmit {
        void submitted(Talk talk, SubmitSm pdu) throws IOException;
    }

    interface OnBind {
        void bound(Talk talk, int sequence) throws IOException;
    }

    static final OnSubmit OK = (talk, pdu) -> talk.answer(pdu, 0, "ID" + pdu.getSequenceNumber());
    static final OnBind BIND_OK = (talk, sequence) -> talk.bindAnswer(sequence, 0);

    final List<SubmitSm> submits = new CopyOnWriteArrayList<>();
    final List<byte[]> rawSubmits = new CopyOnWriteArrayList<>();
    final BlockingQueue<int[]> deliverAnswers = new LinkedBlockingQueue<>();  // sequence, status
    final AtomicInteger connections = new AtomicInteger(), binds = new AtomicInteger(), enquires = new AtomicInteger(), unbinds = new AtomicInteger();
    final BlockingQueue<Talk> talks = new LinkedBlockingQueue<>();
    volatile OnSubmit onSubmit = OK;
    volatile OnBind onBind = BIND_OK;
    volatile boolean answersEnquire = true;
    private final ServerSocket server;

    ScriptedSmsc() throws IOException { this(plain()); }

    ScriptedSmsc(ServerSocket server) {
        this.server = server;
        Background.run("scripted-smsc", this::accept);
    }

    private static ServerSocket plain() throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return server;
    }

    int port() { return server.getLocalPort(); }

    private void accept() throws IOException {
        while (true) {
            Socket socket = server.accept();
            connections.incrementAndGet();
            Background.run("scripted-smsc", () -> new Talk(socket).listen());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Talk talk : talks) talk.cut();
    }

    final class Talk {

        private final Socket socket;
        private final OutputStream out;
        private final AtomicInteger own = new AtomicInteger(1);
        private final DefaultComposer composer = new DefaultComposer();

        private Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        private void listen() throws IOException {
            talks.add(this);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int length = in.readInt();
                byte[] pdu = new byte[length];
                java.nio.ByteBuffer.wrap(pdu).putInt(length);
                in.readFully(pdu, 4, length - 4);
                int id = java.nio.ByteBuffer.wrap(pdu).getInt(4), status = java.nio.ByteBuffer.wrap(pdu).getInt(8), sequence = java.nio.ByteBuffer.wrap(pdu).getInt(12);
                switch (id) {
                    case SMPPConstant.CID_BIND_TRANSCEIVER -> {
                        binds.incrementAndGet();
                        onBind.bound(this, sequence);
                    }
                    case SMPPConstant.CID_ENQUIRE_LINK -> {
                        enquires.incrementAndGet();
                        if (answersEnquire) send(header(SMPPConstant.CID_ENQUIRE_LINK_RESP, 0, sequence));
                    }
                    case SMPPConstant.CID_UNBIND -> {
                        unbinds.incrementAndGet();
                        send(header(SMPPConstant.CID_UNBIND_RESP, 0, sequence));
                    }
                    case SMPPConstant.CID_SUBMIT_SM -> submitted(pdu);
                    case SMPPConstant.CID_DELIVER_SM_RESP -> deliverAnswers.add(new int[] {sequence, status});
                    default -> { }
                }
            }
        }

        private void submitted(byte[] pdu) throws IOException {
            SubmitSm submit;
            try {
                submit = new DefaultDecomposer().submitSm(pdu);
            } catch (org.jsmpp.PDUException | RuntimeException e) {
                throw new IOException(e);
            }
            rawSubmits.add(pdu);
            submits.add(submit);
            onSubmit.submitted(this, submit);
        }

        void bindAnswer(int sequence, int status) throws IOException {
            try {
                byte[] body = composer.bindResp(SMPPConstant.CID_BIND_TRANSCEIVER_RESP, sequence, "scripted",
                    new OptionalParameter.Sc_interface_version(InterfaceVersion.IF_34.value()));
                send(status == 0 ? body : header(SMPPConstant.CID_BIND_TRANSCEIVER_RESP, status, sequence));
            } catch (org.jsmpp.PDUStringException e) {
                throw new IOException(e);
            }
        }

        void answer(SubmitSm pdu, int status, String id) throws IOException {
            try {
                send(status == 0 ? composer.submitSmResp(pdu.getSequenceNumber(), id)
                    : header(SMPPConstant.CID_SUBMIT_SM_RESP, status, pdu.getSequenceNumber()));
            } catch (org.jsmpp.PDUStringException e) {
                throw new IOException(e);
            }
        }

        void nack(SubmitSm pdu, int status) throws IOException { send(header(SMPPConstant.CID_GENERIC_NACK, status, pdu.getSequenceNumber())); }

        /** @return the sequence number with which the answer will come */
        int deliver(int esmClass, String from, String text, OptionalParameter... tlvs) throws IOException {
            int sequence = own.getAndIncrement();
            try {
                send(composer.deliverSm(sequence, "", (byte) 1, (byte) 1, from, (byte) 1, (byte) 1, "15145550100", (byte) esmClass, (byte) 0, (byte) 0,
                    (byte) 0, (byte) 0, text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), tlvs));
            } catch (org.jsmpp.PDUStringException e) {
                throw new IOException(e);
            }
            return sequence;
        }

        synchronized void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** With a reset, as a crashed host or a firewall does it. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        void cut() {
            try {
                socket.close();
            } catch (SocketException e) {
                // gone already
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static byte[] header(int id, int status, int sequence) {
        return java.nio.ByteBuffer.allocate(16).putInt(16).putInt(id).putInt(status).putInt(sequence).array();
    }

    static String udh(SubmitSm pdu) { return Arrays.toString(Arrays.copyOf(pdu.getShortMessage(), 6)); }
}
