package org.carillon.delivery.smpp;

import java.io.ByteArrayOutputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Refused;
import org.carillon.delivery.Verdict;
import org.carillon.template.Gsm7;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.util.DefaultComposer;

/** One submit_sm, complete but for its sequence number. Pure. */
record ShortMessage(SourceAddress source, String destination, int esmClass, int dataCoding, byte[] content, String validity, int userRef) {

    private static final int UDH = 0x40, DEFAULT_ALPHABET = 0, UCS2 = 8, RECEIPT_WANTED = 1, INTERNATIONAL = 1, ISDN = 1;

    static ShortMessage of(Outgoing outgoing, SmppSettings settings) throws Refused {
        if (!(outgoing.content() instanceof Outgoing.Sms sms)) throw new Refused(Verdict.PERMANENT, "not an SMS");
        if (!outgoing.recipient().matches("\\+[0-9]{5,15}")) throw new Refused(Verdict.PERMANENT, "not an E.164 number");
        SourceAddress source;
        try {
            source = SourceAddress.of(outgoing.sender() == null || outgoing.sender().isBlank() ? settings.sender() : outgoing.sender());
        } catch (IllegalArgumentException e) {
            throw new Refused(Verdict.BAD_SENDER, e.getMessage());
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        if (sms.parts() > 1) content.writeBytes(new byte[] {5, 0, 3, (byte) sms.concatRef(), (byte) sms.parts(), (byte) sms.partNo()});
        content.writeBytes(encode(sms, settings.alphabet()));
        return new ShortMessage(source, outgoing.recipient().substring(1), sms.parts() > 1 ? UDH : 0, sms.ucs2() ? UCS2 : DEFAULT_ALPHABET,
            content.toByteArray(), relative(outgoing.validity(), settings.validityCap()), userRef(outgoing));
    }

    /** The low 16 bits of the attempt's reference: the SMSC may echo them in receipts. */
    static int userRef(Outgoing outgoing) { return (int) (outgoing.wireRef().getLeastSignificantBits() & 0xFFFF); }

    byte[] pdu(int sequenceNumber) throws PDUStringException {
        return new DefaultComposer().submitSm(sequenceNumber, "", source.ton().value(), source.npi().value(), source.address(), (byte) INTERNATIONAL,
            (byte) ISDN, destination, (byte) esmClass, (byte) 0, (byte) 0, null, validity, (byte) RECEIPT_WANTED, (byte) 0, (byte) dataCoding, (byte) 0,
            content, new OptionalParameter.User_message_reference((short) userRef));
    }

    private static byte[] encode(Outgoing.Sms sms, SmppSettings.Alphabet alphabet) throws Refused {
        if (sms.ucs2()) return sms.text().getBytes(StandardCharsets.UTF_16BE);
        try {
            if (alphabet == SmppSettings.Alphabet.GSM7) return Gsm7.encode(sms.text());
            var bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(sms.text()));
            return java.util.Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new Refused(Verdict.PERMANENT, "a character is not in the route's alphabet");
        }
    }

    /** SMPP 3.4 section 7.1.1: YYMMDDhhmmss000R, whole seconds, at least one. */
    static String relative(Duration validity, Duration cap) {
        long seconds = Math.max(1, (validity.compareTo(cap) < 0 ? validity : cap).toSeconds());
        return String.format(Locale.ROOT, "0000%02d%02d%02d%02d000R", seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    }
}
