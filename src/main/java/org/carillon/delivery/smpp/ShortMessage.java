package org.carillon.delivery.smpp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.Refused;
import org.carillon.delivery.Verdict;
import org.carillon.template.Alphabet;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.util.DefaultComposer;

/** One submit_sm, complete but for its sequence number. Pure. */
record ShortMessage(SourceAddress source, String destination, int esmClass, Coded body, String validity, List<OptionalParameter> parameters) {

    /** A text in octets, and how to read them. */
    record Coded(int dataCoding, byte[] octets) { }

    private static final Pattern NUMBER = Pattern.compile("\\+[0-9]{5,15}");
    private static final int UDH = 0x40, DEFAULT_ALPHABET = 0, LATIN1 = 3, UCS2 = 8, RECEIPT_WANTED = 1, INTERNATIONAL = 1, ISDN = 1;
    /** Octets of a UCS-2 segment, and the most that the field for short messages takes. */
    private static final int UCS2_SEGMENT = 140, LONGEST = 254;

    static ShortMessage of(Outgoing outgoing, SmppSettings settings) throws Refused {
        if (!(outgoing.content() instanceof Outgoing.Sms sms)) throw new Refused(Verdict.PERMANENT, "not an SMS");
        if (!NUMBER.matcher(outgoing.recipient()).matches()) throw new Refused(Verdict.PERMANENT, "not an E.164 number");
        SourceAddress source;
        try {
            source = SourceAddress.of(outgoing.sender() == null || outgoing.sender().isBlank() ? settings.sender() : outgoing.sender());
        } catch (IllegalArgumentException e) {
            throw new Refused(Verdict.BAD_SENDER, e.getMessage());
        }
        List<OptionalParameter> parameters = new ArrayList<>(List.of(new OptionalParameter.User_message_reference((short) userRef(outgoing))));
        boolean joined = sms.parts() > 1, sar = joined && sms.terms().longMessages() == LongMessages.SAR;
        Coded text = encode(sms, settings.terms().alphabet());
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        if (joined && !sar) octets.writeBytes(new byte[] {5, 0, 3, (byte) sms.concatRef(), (byte) sms.parts(), (byte) sms.partNo()});
        octets.writeBytes(text.octets());
        if (sar) {
            parameters.add(new OptionalParameter.Sar_msg_ref_num((short) sms.concatRef()));
            parameters.add(new OptionalParameter.Sar_total_segments((byte) sms.parts()));
            parameters.add(new OptionalParameter.Sar_segment_seqnum((byte) sms.partNo()));
        }
        int alone = sms.ucs2() ? UCS2_SEGMENT : sms.terms().alphabet().alone();
        boolean payload = octets.size() > (sms.terms().longMessages() == LongMessages.PAYLOAD ? alone : LONGEST);
        if (payload) parameters.add(new OptionalParameter.Message_payload(octets.toByteArray()));
        return new ShortMessage(source, outgoing.recipient().substring(1), joined && !sar ? UDH : 0,
            new Coded(text.dataCoding(), payload ? new byte[0] : octets.toByteArray()), relative(outgoing.validity(), settings.validityCap()), parameters);
    }

    /** The low 16 bits of the attempt's reference: the SMSC may echo them in receipts. */
    static int userRef(Outgoing outgoing) { return (int) (outgoing.wireRef().getLeastSignificantBits() & 0xFFFF); }

    byte[] pdu(int sequenceNumber) throws PDUStringException {
        return new DefaultComposer().submitSm(sequenceNumber, "", source.ton().value(), source.npi().value(), source.address(), (byte) INTERNATIONAL,
            (byte) ISDN, destination, (byte) esmClass, (byte) 0, (byte) 0, null, validity, (byte) RECEIPT_WANTED, (byte) 0, (byte) body.dataCoding(), (byte) 0,
            body.octets(), parameters.toArray(OptionalParameter[]::new));
    }

    /**
     * As it was counted. Where the route has come to read its default otherwise since, a text that waited leaves under a coding that says what it
     * is: nothing is refused for a setting that was changed.
     */
    private static Coded encode(Outgoing.Sms sms, Alphabet route) {
        Alphabet counted = sms.terms().alphabet();
        if (sms.ucs2()) return new Coded(UCS2, sms.text().getBytes(StandardCharsets.UTF_16BE));
        if (counted.reads(route)) return new Coded(DEFAULT_ALPHABET, counted.encode(sms.text()));
        if (counted == Alphabet.LATIN1) return new Coded(LATIN1, counted.encode(sms.text()));
        return route.encodable(sms.text()) ? new Coded(DEFAULT_ALPHABET, route.encode(sms.text())) : new Coded(UCS2, sms.text().getBytes(StandardCharsets.UTF_16BE));
    }

    /** SMPP 3.4 section 7.1.1: YYMMDDhhmmss000R, whole seconds, at least one. */
    static String relative(Duration validity, Duration cap) {
        long seconds = Math.max(1, (validity.compareTo(cap) < 0 ? validity : cap).toSeconds());
        return "0000" + two(seconds / 86_400) + two(seconds / 3_600 % 24) + two(seconds / 60 % 60) + two(seconds % 60) + "000R";
    }

    private static String two(long number) { return number < 10 ? "0" + number : Long.toString(number); }
}
