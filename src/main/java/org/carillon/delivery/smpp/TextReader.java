package org.carillon.delivery.smpp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.carillon.delivery.InboundText;
import org.carillon.template.Alphabet;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Tag;

/** Reads what a customer wrote: its alphabet, its numbers, and its place in a longer text (UDH or optional parameters). Pure. */
record TextReader(String route, Alphabet alphabet) {

    private static final int UDH = 0x40, INTERNATIONAL = 1, CONCAT_8 = 0x00, CONCAT_16 = 0x08, REPLACEMENT = '\uFFFD';

    private record Body(byte[] content, InboundText.Piece piece) { }

    InboundText read(DeliverSm pdu, Instant now) {
        byte[] octets = octets(pdu, Tag.MESSAGE_PAYLOAD).orElse(pdu.getShortMessage() == null ? new byte[0] : pdu.getShortMessage());
        Body body = (pdu.getEsmClass() & UDH) != 0 ? withoutHeader(octets) : new Body(octets, sar(pdu));
        return new InboundText(route, null, number(pdu.getSourceAddr(), pdu.getSourceAddrTon()), number(pdu.getDestAddress(), pdu.getDestAddrTon()),
            text(body.content(), pdu.getDataCoding()), body.piece(), now);
    }

    private static Body withoutHeader(byte[] octets) {
        int end = octets.length == 0 ? 0 : Math.min(octets.length, 1 + (octets[0] & 0xFF));
        InboundText.Piece piece = null;
        for (int i = 1; i + 1 < end; i += 2 + (octets[i + 1] & 0xFF)) {
            int id = octets[i] & 0xFF, length = octets[i + 1] & 0xFF, at = i + 2;
            if (at + length <= end && id == CONCAT_8 && length == 3) {
                piece = piece(octets[at] & 0xFF, octets[at + 1] & 0xFF, octets[at + 2] & 0xFF);
            } else if (at + length <= end && id == CONCAT_16 && length == 4) {
                piece = piece((octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF, octets[at + 2] & 0xFF, octets[at + 3] & 0xFF);
            }
        }
        return new Body(Arrays.copyOfRange(octets, end, octets.length), piece);
    }

    private static InboundText.Piece sar(DeliverSm pdu) {
        Optional<Integer> ref = number(pdu, Tag.SAR_MSG_REF_NUM), total = number(pdu, Tag.SAR_TOTAL_SEGMENTS), at = number(pdu, Tag.SAR_SEGMENT_SEQNUM);
        return ref.isPresent() && total.isPresent() && at.isPresent() ? piece(ref.get(), total.get(), at.get()) : null;
    }

    /** A place that makes no sense is no place: the piece is then a text of its own, and not lost. */
    private static InboundText.Piece piece(int ref, int total, int number) { return total > 1 && number >= 1 && number <= total ? new InboundText.Piece(ref, total, number) : null; }

    /** Data coding by SMPP 3.4 section 5.2.19 and, above 0x0F, by the alphabet bits of TS 23.038. */
    private String text(byte[] content, byte dataCoding) {
        int coding = dataCoding & 0xFF;
        boolean ucs2 = coding == 8 || (coding & 0xC0) == 0 && coding > 0x0F && (coding & 0x0C) == 8 || (coding & 0xF0) == 0xE0;
        if (ucs2) {
            return new String(content, StandardCharsets.UTF_16BE).replace(String.valueOf((char) REPLACEMENT), "?");
        }
        return (coding == 3 || coding == 1 ? Alphabet.LATIN1 : coding == 0 ? alphabet : Alphabet.GSM7).decode(content);
    }

    private static String number(String address, byte ton) {
        String given = address == null ? "" : address.strip();
        return ton == INTERNATIONAL && given.matches("[0-9]{6,15}") ? "+" + given : given;
    }

    private static Optional<Integer> number(DeliverSm pdu, Tag tag) {
        return octets(pdu, tag).map(bytes -> {
            int value = 0;
            for (byte b : bytes) {
                value = value << 8 | b & 0xFF;
            }
            return value;
        });
    }

    private static Optional<byte[]> octets(DeliverSm pdu, Tag tag) {
        return Optional.ofNullable(pdu.getOptionalParameter(tag)).map(OptionalParameter::serialize).map(b -> Arrays.copyOfRange(b, 4, b.length));
    }
}
