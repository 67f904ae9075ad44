package org.carillon.delivery.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.carillon.delivery.InboundText;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.Receipt;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.http.Hook.Kind;
import org.carillon.template.Alphabet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a provider's callback must bear, and what it means. */
class HookTest {

    private static final String STATUS = "AccountSid=AC1&From=%2B15145550100&MessageSid=SM1&MessageStatus=delivered&To=%2B15145550199";

    static Hook hook(String token, String second) {
        return new Hook("paris", new HttpSettings(null, "AC1", token, second, "", "", 10, Duration.ofSeconds(10), Duration.ofHours(10), "",
            new SmsTerms(Alphabet.GSM7, LongMessages.PAYLOAD, null), "https://carillon.example/", false));
    }

    @Test
    @DisplayName("SEC-18: the public vector")
    void signsAsThePublicVector() {
        Form form = Form.parse("To=%2B18005551212&CallSid=CA1234567890ABCDE&Digits=1234&From=%2B12349013030&Caller=%2B12349013030");
        assertEquals("0/KCTR6DLpKmkAf8muzZqo1nDgQ=", Signature.of("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form));
    }

    @Test
    @DisplayName("SEC-18: of 1,000 changes of one bit, none passes")
    void refusesEachChangeOfOneBit() {
        Hook hook = hook("token", "");
        String query = "ref=5678", signature = Signature.of("token", "https://carillon.example/api/v1/hooks/paris/status?" + query, Form.parse(STATUS));
        assertTrue(hook.isSigned(Kind.STATUS, query, Form.parse(STATUS), signature));
        Random random = new Random(18);
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            String s = i % 3 == 0 ? flipped(signature, random) : signature, b = i % 3 == 1 ? flipped(STATUS, random) : STATUS, q = i % 3 == 2 ? flipped(query, random) : query;
            boolean signed;
            try {
                signed = hook.isSigned(Kind.STATUS, q, Form.parse(b), s);
            } catch (IllegalArgumentException e) {
                signed = false;  // no form at all
            }
            refused += signed ? 0 : 1;
        }
        assertEquals(1_000, refused);
    }

    /** One bit of one character; not of one that writes the same in another way. */
    private static String flipped(String text, Random random) {
        while (true) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(7));
            String flipped = new String(bytes, StandardCharsets.ISO_8859_1);
            boolean hexCase = text.charAt(at) != flipped.charAt(at) && Character.toLowerCase(text.charAt(at)) == Character.toLowerCase(flipped.charAt(at)) && text.substring(Math.max(0, at - 2), at).contains("%");
            if (!hexCase) return flipped;
        }
    }

    @Test
    @DisplayName("SEC-18: signed for this address, this route and by either token while they change")
    void takesBothTokensAndNoOtherAddress() {
        Form form = Form.parse(STATUS);
        String url = "https://carillon.example/api/v1/hooks/paris/status";
        for (String token : List.of("old", "new")) assertTrue(hook("old", "new").isSigned(Kind.STATUS, null, form, Signature.of(token, url, form)));
        assertFalse(hook("old", "").isSigned(Kind.STATUS, null, form, Signature.of("new", url, form)));
        assertFalse(hook("old", "").isSigned(Kind.STATUS, null, form, null));
        assertFalse(hook("old", "").isSigned(Kind.STATUS, null, form, ""));
        assertFalse(hook("old", "").isSigned(Kind.INBOUND, null, form, Signature.of("old", url, form)));
        assertFalse(hook("old", "").isSigned(Kind.STATUS, null, form, Signature.of("old", url.replace("paris", "other"), form)));
        assertFalse(hook("old", "").isSigned(Kind.STATUS, null, form, Signature.of("old", url.replace("https", "http"), form)));
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({"delivered,'',DELIVERED", "read,'',DELIVERED", "undelivered,30005,UNDELIVERED", "failed,30008,UNDELIVERED", "failed,30036,EXPIRED", "canceled,'',UNDELIVERED", "queued,'',ACCEPTED",
        "sending,'',ACCEPTED", "SENT,'',ACCEPTED", "accepted,'',ACCEPTED"})
    void readsEachStatus(String status, String error, Receipt.State state) {
        Receipt receipt = hook("t", "").receipt("ref=00ff", Form.parse("MessageSid=SM1&To=%2B15145550199&MessageStatus=" + status + "&ErrorCode=" + error));
        assertEquals(new Receipt("paris", "SM1", 255, "+15145550199", state, error, null, null), receipt);
    }

    @Test
    void readsWhatACustomerWrote() {
        InboundText text = hook("t", "").text(Form.parse("MessageSid=SM1&From=%2B15145550199&To=%2B15145550100&Body=Oui+%2B+merci+%F0%9F%98%80+%00%3D%26"), Instant.EPOCH);
        assertEquals("SM1", text.providerId());
        assertEquals("+15145550199", text.from());
        assertEquals("Oui + merci 😀 =&", text.text());
        assertNull(text.piece());
    }

    @Test
    void makesNothingOfNonsense() {
        Hook hook = hook("t", "");
        for (String form : List.of("", "MessageSid=SM1", "MessageStatus=delivered", "MessageSid=SM1&MessageStatus=exploded", "MessageSid=SM1&MessageSid=SM2&MessageStatus=sent", "MessageSid=%00&MessageStatus=sent")) {
            assertThrows(IllegalArgumentException.class, () -> hook.receipt(null, Form.parse(form)), form);
            assertThrows(IllegalArgumentException.class, () -> hook.text(Form.parse(form), Instant.EPOCH), form);
        }
        for (String form : List.of("a=%", "a=%zz", "%=1", "a=1&".repeat(300))) assertThrows(IllegalArgumentException.class, () -> Form.parse(form));
    }
}
