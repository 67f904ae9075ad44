package org.carillon.delivery.smpp;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import org.carillon.delivery.InboundText;
import org.carillon.template.Alphabet;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.Command;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.util.DefaultDecomposer;

/** SEC-19: whatever a peer writes, it is read or refused, and what is read is usable. */
class PduFuzz {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    /** A stream of PDUs: the seeds are whole ones. */
    @FuzzTest
    void aStreamIsReadOrRefused(byte[] stream) {
        PduIntake intake = new PduIntake();
        intake.attach(new PduIntake.Desk() {
            @Override public boolean takes(Command header, byte[] pdu) {
                assertTrue(header.getCommandLength() == pdu.length && pdu.length <= 65_536);
                read(pdu);
                return true;
            }

            @Override public void ended() { }
        });
        try {
            intake.readPDUHeader(new DataInputStream(new ByteArrayInputStream(stream)));
        } catch (IOException e) {
            // the end, or out of step
        }
    }

    /** One deliver_sm whose head is as it must be, so that bodies are reached. */
    @FuzzTest
    void aBodyIsReadOrRefused(byte[] body) {
        byte[] pdu = new byte[16 + body.length];
        java.nio.ByteBuffer.wrap(pdu).putInt(pdu.length).putInt(5).putInt(0).putInt(1).put(body);
        read(pdu);
    }

    private static void read(byte[] bytes) {
        DeliverSm pdu;
        try {
            pdu = new DefaultDecomposer().deliverSm(bytes);
        } catch (PDUStringException | RuntimeException e) {
            return;  // the library's no; the bind answers it
        }
        if (ReceiptReader.isReceipt(pdu)) {
            for (ReceiptIds ids : ReceiptIds.values()) {
                assertNotNull(new ReceiptReader("smpp", ids, "15145550100", Alphabet.GSM7).read(pdu, NOW));
            }
        }
        for (Alphabet alphabet : Alphabet.values()) {
            InboundText text = new TextReader("smpp", alphabet).read(pdu, NOW);
            assertTrue(text.piece() == null || text.piece().number() <= text.piece().total());
        }
    }
}
