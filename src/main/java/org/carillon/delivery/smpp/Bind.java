package org.carillon.delivery.smpp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Phase;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.Submission;
import org.carillon.delivery.Verdict;
import org.carillon.delivery.Verdicts;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.Command;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.PendingResponse;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;

/**
 * One transceiver session. The library binds, keeps the link alive and unbinds; submits pass beside its blocking call, so that a window of any
 * size needs no thread per message (PERF-06), and receipts beside its pool (REL-14). Used once: a lost session is followed by a new one.
 */
final class Bind extends SMPPSession implements PduIntake.Desk {

    private static final int BIND_SEQUENCE = 1;  // a session's first command

    private final SmppSettings settings;
    private final Verdicts verdicts;
    private final OpenSubmits open;
    private final Inbound inbound;
    private volatile boolean ended, draining;

    static Bind over(SmppLine line, SmppSettings settings, Verdicts verdicts, Inbound inbound) {
        PduIntake intake = new PduIntake();
        Bind bind = new Bind(intake, line, settings, verdicts, inbound);
        intake.attach(bind);
        return bind;
    }

    private Bind(PduIntake intake, SmppLine line, SmppSettings settings, Verdicts verdicts, Inbound inbound) {
        super(new SynchronizedPDUSender(new DefaultPDUSender()), intake, line);
        this.settings = settings;
        this.verdicts = verdicts;
        this.inbound = inbound;
        this.open = new OpenSubmits(verdicts, settings.receiptIds(), settings.responseTimeout().toNanos(), inbound::late);
        setEnquireLinkTimer((int) settings.enquireLink().toMillis());
        setTransactionTimer(settings.responseTimeout().toMillis());
        setMessageReceiverListener(new Refusing());
    }

    /** Connects and binds; receipts may arrive before it returns. */
    void open() throws IOException {
        try {
            connectAndBind(settings.host(), settings.port(), new BindParameter(BindType.BIND_TRX, settings.systemId(), settings.password(),
                settings.systemType(), TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, null), settings.responseTimeout().toMillis());
            if (ended) throw new IOException("the session ended while binding");
        } catch (IOException e) {
            if (connection() != null) close();  // the library leaves it open where the bind could not be composed
            throw e;
        }
    }

    boolean isUsable() { return !ended && !draining && getSessionState().isTransmittable(); }

    boolean isOver() { return ended || !getSessionState().isBound() || draining && open.isEmpty(); }

    /** Lost, so that an unbind would only wait for an answer. */
    boolean hasEnded() { return ended; }

    boolean isIdle() { return open.isEmpty(); }

    /** Takes no more submits; it is over when the open ones are answered. */
    void drain() { draining = true; }

    /** Writes one submit_sm unless its deadline has passed; the outcome is told exactly once, here or by the reading or the watching thread. */
    void submit(ShortMessage message, Outgoing outgoing, Consumer<Submission> outcome) {
        int sequence = sequence().nextValue();
        OpenSubmits.Open one = open.add(sequence, outgoing, outcome);
        try {
            byte[] pdu = message.pdu(sequence);
            OutputStream out = connection().getOutputStream();
            synchronized (out) {  // the library's sender holds the same lock
                if (System.nanoTime() - outgoing.writeBefore() >= 0) {
                    one.end(Submission.notSent("too late to write"));
                } else if (!isUsable() || !connection().isOpen()) {
                    one.giveUp(Verdicts.CUT, "no session");
                } else if (one.startWriting()) {
                    out.write(pdu);
                    out.flush();
                    one.written();
                }
            }
        } catch (PDUStringException e) {
            String code = Verdicts.code(e.getErrorCode());
            one.end(new Submission(verdicts.judge(Protocol.SMPP, Phase.SUBMIT, code), code, null, "does not fit into a submit_sm"));
        } catch (IOException e) {
            one.giveUp(Verdicts.CUT, "the session ended while writing");
            close();
        }
    }

    /** To be called a few times within each response timeout. */
    void sweep() {
        if (open.sweep()) close();
        if (getSessionState().isNotClosed() && !getSessionState().isBound()) close();
        if (ended || !getSessionState().isNotClosed()) open.cutAll();
    }

    @Override
    public boolean takes(Command header, byte[] pdu) {
        int sequence = header.getSequenceNumber();
        Verdict verdict = null;
        switch (header.getCommandId()) {
            case SMPPConstant.CID_SUBMIT_SM_RESP ->
                verdict = open.answered(sequence, Phase.SUBMIT, header.getCommandStatus(), messageId(pdu));
            case SMPPConstant.CID_GENERIC_NACK -> {
                verdict = open.answered(sequence, Phase.NACK, header.getCommandStatus(), "");
                if (verdict == null) return false;
            }
            case SMPPConstant.CID_DELIVER_SM ->
                inbound.deliver(pdu, status -> pduSender().sendDeliverSmResp(connection().getOutputStream(), status, sequence, null));
            default -> {
                return false;
            }
        }
        if (verdict == Verdict.SESSION) drain();
        return true;
    }

    /** Told by the reading thread, before the library has tidied up, which may take it a response timeout. */
    @Override
    public void ended() {
        ended = true;
        open.cutAll();
        PendingResponse<Command> binding = removePendingResponse(BIND_SEQUENCE);
        if (binding != null) binding.doneWithInvalidResponse(new InvalidResponseException("the session ended while binding"));
    }

    @Override
    public void close() {
        ended = true;
        open.cutAll();
        super.close();
    }

    /** A refusal may come without a body. */
    private static String messageId(byte[] pdu) {
        int end = 16;
        while (end < pdu.length && pdu[end] != 0) end++;
        return new String(pdu, 16, end - 16, StandardCharsets.ISO_8859_1);
    }
}
