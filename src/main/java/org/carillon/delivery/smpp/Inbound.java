package org.carillon.delivery.smpp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.carillon.delivery.InboundText;
import org.carillon.delivery.Inbox;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Receipt;
import org.carillon.delivery.ReceiptDesk;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.util.DefaultDecomposer;

/** What the SMSC brings: receipts go to the desk, customers' texts to the inbox, and both are answered once they are stored (REL-23, REL-24). */
final class Inbound {

    /** Answers one deliver_sm. */
    interface Answer {
        void send(int commandStatus) throws IOException;
    }

    private static final Logger LOG = System.getLogger(Inbound.class.getName());
    private static final int WORKERS = 2, TOGETHER = 200, WAITING = 1_000;

    /** Something to store; evidence that was read already has no answer to give. */
    private record Waiting(byte[] pdu, Receipt evidence, Answer answer) { }

    private record Stored(Receipt receipt, Answer answer) { }

    private final ReceiptReader reader;
    private final TextReader texts;
    private final ReceiptDesk desk;
    private final Inbox inbox;
    private final InstantSource clock;
    private final Lane<Waiting> lane;

    Inbound(ReceiptReader reader, TextReader texts, ReceiptDesk desk, Inbox inbox, InstantSource clock, Executor executor) {
        this.reader = reader;
        this.texts = texts;
        this.inbox = inbox;
        this.desk = desk;
        this.clock = clock;
        this.lane = new Lane<>(executor, WORKERS, TOGETHER, WAITING, this::store);
    }

    /** Never blocks; on the reading thread. */
    void deliver(byte[] pdu, Answer answer) {
        if (!lane.offer(new Waiting(pdu, null, answer))) reply(answer, SMPPConstant.STAT_ESME_RMSGQFUL);
    }

    /** A yes that came after its timeout is evidence like a receipt: the provider has the message (T12). */
    void late(Outgoing outgoing, String providerId) {
        try {
            Receipt evidence = new Receipt(reader.route(), providerId, ShortMessage.userRef(outgoing), outgoing.recipient(), Receipt.State.ACCEPTED, "",
                clock.instant());
            if (lane.offer(new Waiting(null, evidence, status -> { }))) return;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "no clock", e);
        }
        LOG.log(Level.WARNING, "a late answer was not kept");
    }

    /** Together first, which costs one commit; one by one where that failed, so that one bad receipt turns away no other. While the database is away all are left with the provider. */
    private void store(List<Waiting> batch) {
        Instant now;
        try {
            now = clock.instant();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "receipts were not stored: no clock");
            batch.forEach(one -> reply(one.answer(), SMPPConstant.STAT_ESME_RX_T_APPN));
            return;
        }
        List<Stored> read = new ArrayList<>();
        for (Waiting waiting : batch) {
            if (waiting.evidence() != null) read.add(new Stored(waiting.evidence(), waiting.answer()));
            else read(waiting.pdu(), waiting.answer(), now).ifPresent(receipt -> read.add(new Stored(receipt, waiting.answer())));
        }
        if (read.isEmpty()) return;
        RuntimeException failure = failure(read);
        boolean all = read.size() == 1 || failure != null && ReceiptDesk.isAway(failure);
        for (Stored each : read) {
            boolean stored = failure == null || !all && failure(List.of(each)) == null;
            reply(each.answer(), stored ? SMPPConstant.STAT_ESME_ROK : SMPPConstant.STAT_ESME_RX_T_APPN);
        }
    }

    /** Of storing these; null where they are stored. */
    private RuntimeException failure(List<Stored> receipts) {
        try {
            desk.record(receipts.stream().map(Stored::receipt).toList());
            return null;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} receipts were not stored: {1}", receipts.size(), e.getClass().getSimpleName());
            return e;
        }
    }

    private boolean isKept(InboundText text) {
        try {
            inbox.receive(text);
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "an inbound text was not stored, and left with the provider: {0}", e.getClass().getSimpleName());
            return false;
        }
    }

    /** Empty where it is no receipt to store: then it is answered here. */
    private Optional<Receipt> read(byte[] bytes, Answer answer, Instant now) {
        try {
            DeliverSm pdu = new DefaultDecomposer().deliverSm(bytes);
            if (!ReceiptReader.isReceipt(pdu)) {
                reply(answer, isKept(texts.read(pdu, now)) ? SMPPConstant.STAT_ESME_ROK : SMPPConstant.STAT_ESME_RX_T_APPN);
                return Optional.empty();
            }
            Optional<Receipt> receipt = reader.read(pdu, now);
            if (receipt.isEmpty()) reply(answer, SMPPConstant.STAT_ESME_RX_P_APPN);
            return receipt;
        } catch (PDUStringException e) {
            reply(answer, e.getErrorCode());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "a deliver_sm could not be read", e);
            reply(answer, SMPPConstant.STAT_ESME_RX_P_APPN);
        }
        return Optional.empty();
    }

    private static void reply(Answer answer, int status) {
        try {
            answer.send(status);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the session ended before a receipt was answered; the provider will bring it again");
        }
    }
}
