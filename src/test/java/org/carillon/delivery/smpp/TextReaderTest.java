package org.carillon.delivery.smpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.carillon.Seeded;
import org.carillon.delivery.InboundText;
import org.carillon.template.Alphabet;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextReaderTest {

    private static final TextReader GSM = new TextReader("smpp", Alphabet.GSM7), LATIN = new TextReader("smpp", Alphabet.LATIN1);

    private static DeliverSm pdu(int esmClass, int dataCoding, byte[] content, OptionalParameter... parameters) {
        DeliverSm pdu = new DeliverSm();
        pdu.setEsmClass((byte) esmClass);
        pdu.setDataCoding((byte) dataCoding);
        pdu.setShortMessage(content);
        pdu.setSourceAddr("15145550199");
        pdu.setSourceAddrTon((byte) 1);
        pdu.setDestAddress("15145550100");
        pdu.setDestAddrTon((byte) 1);
        pdu.setOptionalParameters(parameters);
        return pdu;
    }

    private static InboundText read(DeliverSm pdu) { return GSM.read(pdu, Instant.EPOCH); }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @ParameterizedTest @DisplayName("MSG-06: every way to name the alphabet")
    @CsvSource({"0,gsm", "3,latin", "1,latin", "8,ucs2", "0x18,ucs2", "0x10,gsm", "0xE0,ucs2", "0xF1,gsm"})
    void readsEveryAlphabet(String coding, String alphabet) {
        byte[] content = switch (alphabet) {
            case "gsm" -> Alphabet.GSM7.encode("Ça été @£€[]");
            case "latin" -> "Ça été @£[]".getBytes(StandardCharsets.ISO_8859_1);
            default -> "Ça été @£€ 👍 prêt".getBytes(StandardCharsets.UTF_16BE);
        };
        String expected = switch (alphabet) { case "gsm" -> "Ça été @£€[]"; case "latin" -> "Ça été @£[]"; default -> "Ça été @£€ 👍 prêt"; };
        assertEquals(expected, read(pdu(0, Integer.decode(coding), content)).text());
    }

    @Test @DisplayName("MSG-06: what data coding 0 means is the route's")
    void readsZeroAsTheRouteDoes() { assertEquals("é@", LATIN.read(pdu(0, 0, "é@".getBytes(StandardCharsets.ISO_8859_1)), Instant.EPOCH).text()); }

    @Test @DisplayName("MSG-05: pieces by header of 8 and of 16 bits, and by optional parameters")
    void readsPieces() {
        InboundText eight = read(pdu(0x40, 0, join(new byte[] {5, 0, 3, (byte) 200, 3, 2}, Alphabet.GSM7.encode("deux"))));
        assertEquals(new InboundText.Piece(200, 3, 2), eight.piece());
        assertEquals("deux", eight.text());
        assertEquals(new InboundText.Piece(0x1234, 2, 1), read(pdu(0x40, 0, join(new byte[] {6, 8, 4, 0x12, 0x34, 2, 1}, Alphabet.GSM7.encode("un")))).piece());
        InboundText sar = read(pdu(0, 0, Alphabet.GSM7.encode("un"), new OptionalParameter.Sar_msg_ref_num((short) 7), new OptionalParameter.Sar_total_segments((byte) 2),
            new OptionalParameter.Sar_segment_seqnum((byte) 1)));
        assertEquals(new InboundText.Piece(7, 2, 1), sar.piece());
    }

    @Test void readsThePayload() {
        assertEquals("long", read(pdu(0, 0, new byte[0], new OptionalParameter.Message_payload(Alphabet.GSM7.encode("long")))).text());
    }

    @ParameterizedTest @DisplayName("a place that makes no sense is no place, and the text is not lost")
    @CsvSource({"3,0", "3,4", "1,1", "0,0"})
    void doubtsPlaces(byte total, byte number) {
        InboundText text = read(pdu(0x40, 0, join(new byte[] {5, 0, 3, 9, total, number}, Alphabet.GSM7.encode("bonjour"))));
        assertNull(text.piece());
        assertEquals("bonjour", text.text());
    }

    @Test @DisplayName("SEC-19: whatever the octets are, a text comes of them, without NUL")
    void readsAnything() {
        Seeded.run(3_000, random -> {
            byte[] octets = new byte[random.nextInt(255)];
            random.nextBytes(octets);
            InboundText text = read(pdu(random.nextBoolean() ? 0x40 : 0, random.nextInt(256), octets));
            assertEquals(-1, text.text().indexOf('\0'));
        });
    }
}
