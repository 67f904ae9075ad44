package org.carillon.delivery.smpp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.delivery.Likeness;
import org.carillon.delivery.Receipt;
import org.carillon.template.Alphabet;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Tag;

/**
 * Reads delivery receipts: optional parameters first, else the classic text of SMPP 3.4 appendix B. Pure.
 *
 * @param sender the route's own, for messages without one; may be empty
 */
record ReceiptReader(String route, ReceiptIds ids, String sender, Alphabet alphabet) {

    private static final int MESSAGE_TYPE = 0x3C, SMSC_RECEIPT = 0x04, INTERMEDIATE = 0x20, INTERNATIONAL = 1, UCS2 = 8;
    private static final int LONGEST = 500;
    private static final Pattern ID = field("id"), STATE = field("stat"), CODE = field("err"), TEXT = Pattern.compile("(?i)(?<![a-z])text:");

    private static Pattern field(String name) { return Pattern.compile("(?i)(?<![a-z])" + name + ":\\s{0,3}([!-~]{1,64})"); }

    static boolean isReceipt(DeliverSm pdu) {
        int type = pdu.getEsmClass() & MESSAGE_TYPE;
        return type == SMSC_RECEIPT || type == INTERMEDIATE || pdu.getOptionalParameter(Tag.RECEIPTED_MESSAGE_ID) != null;
    }

    /** Empty where it names no message or no state. */
    Optional<Receipt> read(DeliverSm pdu, Instant now) {
        byte[] body = body(pdu);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Optional<String> id = octets(pdu, Tag.RECEIPTED_MESSAGE_ID).map(ReceiptReader::cString).filter(s -> !s.isEmpty()).or(() -> find(ID, text));
        Optional<Receipt.State> state = octets(pdu, Tag.MESSAGE_STATE).filter(b -> b.length == 1).flatMap(b -> ofNumber(b[0]))
            .or(() -> find(STATE, text).flatMap(ReceiptReader::ofWord));
        if (id.isEmpty() || state.isEmpty()) return Optional.empty();
        Integer userRef = octets(pdu, Tag.USER_MESSAGE_REFERENCE).filter(b -> b.length == 2).map(b -> (b[0] & 0xFF) << 8 | b[1] & 0xFF).orElse(null);
        ReceiptDates dates = ReceiptDates.read(text, now);
        return Optional.of(new Receipt(route, ids.ofReceipt(id.get()), userRef, recipient(pdu), state.get(), find(CODE, text).orElse(""), dates.done(), dates.submitted(),
            traits(pdu, body, text)));
    }

    private static Optional<Receipt.State> ofNumber(int state) {
        return Optional.ofNullable(switch (state) {
            case 0, 1, 6, 7 -> Receipt.State.ACCEPTED;
            case 2 -> Receipt.State.DELIVERED;
            case 3 -> Receipt.State.EXPIRED;
            case 4, 5, 8, 9 -> Receipt.State.UNDELIVERED;
            default -> null;
        });
    }

    private static Optional<Receipt.State> ofWord(String word) {
        return Optional.ofNullable(switch (word.toUpperCase(Locale.ROOT)) {
            case "DELIVRD" -> Receipt.State.DELIVERED;
            case "EXPIRED" -> Receipt.State.EXPIRED;
            case "UNDELIV", "REJECTD", "DELETED", "SKIPPED" -> Receipt.State.UNDELIVERED;
            case "ACCEPTD", "ENROUTE", "UNKNOWN", "SCHEDULED" -> Receipt.State.ACCEPTED;
            default -> null;
        });
    }

    /** The handset is the receipt's source. */
    private static String recipient(DeliverSm pdu) {
        String digits = pdu.getSourceAddr() == null ? "" : pdu.getSourceAddr().replaceFirst("^\\+", "");
        boolean international = pdu.getSourceAddrTon() == INTERNATIONAL || !digits.equals(pdu.getSourceAddr());
        return international && digits.matches("[0-9]{5,15}") ? "+" + digits : "";
    }

    private static byte[] body(DeliverSm pdu) {
        byte[] body = octets(pdu, Tag.MESSAGE_PAYLOAD).orElse(pdu.getShortMessage() == null ? new byte[0] : pdu.getShortMessage());
        return Arrays.copyOf(body, Math.min(body.length, LONGEST));
    }

    private Receipt.Traits traits(DeliverSm pdu, byte[] body, String text) {
        String source = pdu.getDestAddress() == null ? "" : pdu.getDestAddress().strip();
        Matcher found = TEXT.matcher(text);
        return new Receipt.Traits(source, Likeness.source(sender, source).orElse(null), found.find() ? beginning(Arrays.copyOfRange(body, found.end(), body.length), pdu.getDataCoding()) : "");
    }

    /** Some repeat the coding of the message, and yet write in ASCII; some give the octets of a part with the header before them. */
    private String beginning(byte[] octets, byte dataCoding) {
        byte[] own = octets.length > 6 && octets[0] == 5 && octets[1] == 0 && octets[2] == 3 ? Arrays.copyOfRange(octets, 6, octets.length) : octets;
        boolean wide = false, beyondAscii = false;
        for (byte b : own) {
            wide |= b == 0;
            beyondAscii |= b < 0;
        }
        String text = dataCoding == UCS2 && wide ? new String(own, StandardCharsets.UTF_16BE)
            : dataCoding == 0 && !beyondAscii ? alphabet.decode(own) : new String(own, StandardCharsets.ISO_8859_1);
        return text.strip().substring(0, Math.min(Likeness.BEGINNING, text.strip().length()));
    }

    private static Optional<byte[]> octets(DeliverSm pdu, Tag tag) {
        return Optional.ofNullable(pdu.getOptionalParameter(tag)).map(OptionalParameter::serialize).map(b -> Arrays.copyOfRange(b, 4, b.length));
    }

    private static String cString(byte[] octets) { return new String(octets, StandardCharsets.ISO_8859_1).replaceFirst("\0.*", "").strip(); }

    private static Optional<String> find(Pattern field, String text) {
        Matcher matcher = field.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
