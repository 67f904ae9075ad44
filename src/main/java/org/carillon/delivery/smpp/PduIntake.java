package org.carillon.delivery.smpp;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jsmpp.PDUReader;
import org.jsmpp.bean.Command;

/**
 * Reads PDUs and shows each to the bind before the library sees it: answers and receipts must not queue behind each other in the library's
 * pool (REL-14), whose full queue would also stop the reading. The library keeps bind, enquire_link and unbind.
 */
final class PduIntake implements PDUReader {

    interface Desk {

        /** True where the PDU is dealt with; runs on the reading thread, so it must not block. */
        boolean takes(Command header, byte[] pdu);

        /** Nothing more will be read. */
        void ended();
    }

    private static final int HEADER = 16, LONGEST = 65_536;

    private Desk desk;
    private byte[] passedOn;

    void attach(Desk to) { desk = to; }

    @Override
    public Command readPDUHeader(DataInputStream in) throws IOException {
        try {
            while (true) {
                int first = in.read();  // the only place where silence is not an error
                if (first < 0) throw new EOFException("the peer has closed the session");
                Command header = new Command();
                byte[] pdu = readRest(in, first, header);
                if (!desk.takes(header, pdu)) {
                    passedOn = pdu;
                    return header;
                }
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            desk.ended();
            throw e;
        }
    }

    private static byte[] readRest(DataInputStream in, int first, Command header) throws IOException {
        try {
            int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            // SEC-19; out of step for good, so the library's polite answer and unbind would only wait for a timeout
            if (length < HEADER || length > LONGEST) throw new IOException("a PDU of impossible length");
            byte[] pdu = new byte[length];
            in.readFully(pdu, 4, length - 4);
            java.nio.ByteBuffer fields = java.nio.ByteBuffer.wrap(pdu).putInt(0, length);
            header.setCommandLength(length);
            header.setCommandId(fields.getInt(4));
            header.setCommandStatus(fields.getInt(8));
            header.setSequenceNumber(fields.getInt(12));
            return pdu;
        } catch (SocketTimeoutException e) {
            throw new IOException("a PDU stopped half-way", e);
        }
    }

    @Override
    public byte[] readPDU(DataInputStream in, Command header) { return passedOn; }

    @Override
    public byte[] readPDU(DataInputStream in, int length, int id, int status, int sequence) { return passedOn; }
}
