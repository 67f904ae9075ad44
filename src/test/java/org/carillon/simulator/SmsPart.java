package org.carillon.simulator;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Tag;
import org.jsmpp.bean.SubmitSm;

/**
 * One submit_sm, or one message over HTTP, as it came over the wire.
 *
 * @param connection           number of the bind it came on, counted from 1 since the simulator started; 0 for HTTP
 * @param messageId            the id given to it
 * @param from                 source address as sent
 * @param to                   destination address as sent, without a plus sign
 * @param udh                  user data header in hexadecimal, empty where none
 * @param concatRef            reference that joins the parts, -1 where it stands alone
 * @param userMessageReference -1 where none was sent
 * @param hex                  what follows the header, undecoded
 * @param validityPeriod       as sent: relative or absolute SMPP time, empty where none
 * @param status               the command_status that was chosen as the answer
 */
public record SmsPart(Instant receivedAt, int connection, int sequence, String messageId, String from, int fromTon, String to, int toTon,
                      int dataCoding, int esmClass, int registeredDelivery, String udh, int concatRef, int part, int parts,
                      int userMessageReference, String validityPeriod, String hex, String text, int status) {

    static SmsPart of(SubmitSm pdu, Instant now, int connection, String messageId, int status) {
        byte[] data = pdu.getShortMessage() == null ? new byte[0] : pdu.getShortMessage();
        if (data.length == 0 && pdu.getOptionalParameter(Tag.MESSAGE_PAYLOAD) instanceof OptionalParameter.OctetString payload) {
            data = payload.getValue();
        }
        byte[] header = (pdu.getEsmClass() & 0x40) != 0 && data.length > 0 ? Arrays.copyOf(data, Math.min(data.length, 1 + (data[0] & 0xFF))) : new byte[0];
        byte[] body = Arrays.copyOfRange(data, header.length, data.length);
        int[] concat = concatenation(pdu, header);
        int coding = pdu.getDataCoding() & 0xFF;
        return new SmsPart(now, connection, pdu.getSequenceNumber(), messageId, pdu.getSourceAddr() == null ? "" : pdu.getSourceAddr(), pdu.getSourceAddrTon(), pdu.getDestAddress(),
            pdu.getDestAddrTon(), coding, pdu.getEsmClass() & 0xFF, pdu.getRegisteredDelivery() & 0xFF, HexFormat.of().formatHex(header),
            concat[0], concat[1], concat[2], number(pdu, Tag.USER_MESSAGE_REFERENCE, -1),
            pdu.getValidityPeriod() == null ? "" : pdu.getValidityPeriod(), HexFormat.of().formatHex(body), Alphabet.decode(body, coding), status);
    }

    /** Reference, number of this part, number of parts: from an 8-bit or 16-bit header element or from the SAR parameters. */
    private static int[] concatenation(SubmitSm pdu, byte[] header) {
        for (int at = 1; at + 1 < header.length; at += 2 + (header[at + 1] & 0xFF)) {
            int length = header[at + 1] & 0xFF;
            if (header[at] == 0 && length == 3 && at + 4 < header.length) {
                return new int[] {header[at + 2] & 0xFF, header[at + 4] & 0xFF, header[at + 3] & 0xFF};
            }
            if (header[at] == 8 && length == 4 && at + 5 < header.length) {
                return new int[] {(header[at + 2] & 0xFF) << 8 | header[at + 3] & 0xFF, header[at + 5] & 0xFF, header[at + 4] & 0xFF};
            }
        }
        int ref = number(pdu, Tag.SAR_MSG_REF_NUM, -1);
        return ref < 0 ? new int[] {-1, 1, 1} : new int[] {ref, number(pdu, Tag.SAR_SEGMENT_SEQNUM, 1), number(pdu, Tag.SAR_TOTAL_SEGMENTS, 1)};
    }

    private static int number(SubmitSm pdu, Tag tag, int otherwise) {
        OptionalParameter parameter = pdu.getOptionalParameter(tag);
        if (parameter instanceof OptionalParameter.Short two) {
            return two.getValue() & 0xFFFF;
        }
        return parameter instanceof OptionalParameter.Byte one ? one.getValue() & 0xFF : otherwise;
    }

    boolean overHttp() { return connection == 0; }

    JsonObjectBuilder json() {
        return Json.createObjectBuilder().add("protocol", overHttp() ? "HTTP" : "SMPP").add("receivedAt", receivedAt.toString()).add("connection", connection).add("sequence", sequence)
            .add("messageId", messageId).add("source", from).add("sourceTon", fromTon).add("destination", to).add("destinationTon", toTon)
            .add("dataCoding", dataCoding).add("data_coding", dataCoding).add("esmClass", esmClass).add("registeredDelivery", registeredDelivery)
            .add("udh", udh).add("concatRef", concatRef).add("part", part).add("parts", parts)
            .add("userMessageReference", userMessageReference).add("user_message_reference", userMessageReference)
            .add("validityPeriod", validityPeriod).add("validity_period", validityPeriod).add("hex", hex).add("text", text).add("status", status);
    }
}
