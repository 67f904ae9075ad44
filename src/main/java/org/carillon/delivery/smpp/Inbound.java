package org.carillon.delivery.smpp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Receipt;
import org.carillon.delivery.ReceiptDesk;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.util.DefaultDecomposer;

/** What the SMSC brings: receipts go to the desk and are answered once it has stored them (REL-23). */
final class Inbound {

    /** Answers one deliver_sm. */
    interface Answer {
        void send(int commandStatus) throws IOException;
    }

    private static final Logger LOG = System.getLogger(Inbound.class.getName());
    private static final int WORKERS = 4, WAITING = 1_000;

    private final ReceiptReader reader;
    private final ReceiptDesk desk;
    private final InstantSource clock;
    private final Lane lane;

    Inbound(ReceiptReader reader, ReceiptDesk desk, InstantSource clock, Executor executor) {
        this.reader = reader;
        this.desk = desk;
        this.clock = clock;
        this.lane = new Lane(executor, WORKERS, WAITING);
    }

    /** Never blocks; on the reading thread. */
    void deliver(byte[] pdu, Answer answer) {
        if (!lane.offer(() -> reply(answer, store(pdu)))) reply(answer, SMPPConstant.STAT_ESME_RMSGQFUL);
    }

    /** A yes that came after its timeout is evidence like a receipt: the provider has the message (T12). */
    void late(Outgoing outgoing, String providerId) {
        boolean kept = lane.offer(() -> record(new Receipt(reader.route(), providerId, ShortMessage.userRef(outgoing), outgoing.recipient(),
            Receipt.State.ACCEPTED, "", clock.instant())));
        if (!kept) LOG.log(Level.WARNING, "a late answer was not kept: too many receipts are waiting");
    }

    private int store(byte[] bytes) {
        DeliverSm pdu;
        try {
            pdu = new DefaultDecomposer().deliverSm(bytes);
        } catch (PDUStringException e) {
            return e.getErrorCode();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "a deliver_sm could not be read: {0}", e.getClass().getSimpleName());
            return SMPPConstant.STAT_ESME_RX_P_APPN;
        }
        if (!ReceiptReader.isReceipt(pdu)) {
            LOG.log(Level.WARNING, "an inbound text was left with the provider: there is nobody yet to store it");
            return SMPPConstant.STAT_ESME_RX_T_APPN;
        }
        try {
            Optional<Receipt> receipt = reader.read(pdu, clock.instant());
            if (receipt.isPresent()) return record(receipt.get());
        } catch (RuntimeException e) {
            return notStored(e);
        }
        LOG.log(Level.WARNING, "a receipt without a message id or a state was refused");
        return SMPPConstant.STAT_ESME_RX_P_APPN;
    }

    private int record(Receipt receipt) {
        try {
            desk.record(receipt);
            return SMPPConstant.STAT_ESME_ROK;
        } catch (RuntimeException e) {
            return notStored(e);
        }
    }

    private static int notStored(RuntimeException e) {
        LOG.log(Level.WARNING, "a receipt was not stored: {0}", e.getClass().getSimpleName());
        return SMPPConstant.STAT_ESME_RX_T_APPN;
    }

    private static void reply(Answer answer, int status) {
        try {
            answer.send(status);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the session ended before a receipt was answered; the provider will bring it again");
        }
    }
}
