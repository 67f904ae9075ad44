package org.carillon.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.carillon.Seeded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest(name = "{0} -> {1}") @CsvSource(textBlock = """
        marie@example.com,            marie@example.com
        ' marie@example.com ',        marie@example.com
        Marie.Tremblay@Example.COM,   Marie.Tremblay@example.com
        marie+garage@example.com,     marie+garage@example.com
        o'neil@example.com,           o'neil@example.com
        m_t-1@mail.example.qc.ca,     m_t-1@mail.example.qc.ca
        a@b.ca,                       a@b.ca
        info@INFO.com,                info@info.com
        info@béton.example,           info@xn--bton-bpa.example
        """)
    void keepsTheAddressWithItsDomainInLowerCase(String raw, String address) { assertEquals(address, EmailAddress.parse(raw).address()); }

    @ParameterizedTest(name = "MSG-11: refuses {0}")
    @ValueSource(strings = {"", " ", "marie", "marie@", "@example.com", "marie@example", "marie@@example.com", "marie@exa mple.com", "ma rie@example.com",
        "marie@example..com", ".marie@example.com", "marie.@example.com", "ma..rie@example.com", "marie@-example.com", "marie@example-.com",
        "marie@example.com.", "marie@[127.0.0.1]", "marie@127.0.0.1", "\"marie\"@example.com", "marie(comment)@example.com", "Marie <marie@example.com>",
        "marie@example.com,paul@example.com", "marie@example.com;paul@example.com", "marie@example.com paul@example.com", "mailto:marie@example.com",
        "marie@example.com\r\n", "marie@example.com\r\nBcc: paul@example.com", "marie\r\n@example.com", "marie\u0000@example.com", "marie@exam\u0000ple.com",
        "\nmarie@example.com", "marie@example.com\u0000", "marie@example.com%0d%0aBcc:x@example.com", "marié@example.com",
        "marie@exam\u202Eple.com", "marie@e/x.com", "marie\\@example.com"})
    void refusesWhatAHeaderCouldMisread(String raw) {
        EmailAddress address = EmailAddress.parse(raw);
        assertNull(address.address());
        assertFalse(address.usable());
        assertEquals(raw, address.raw());
    }

    @Test @DisplayName("MSG-11: at most 254 characters, 64 before the @")
    void refusesTooLong() {
        String domain = "d".repeat(63) + "." + "d".repeat(63) + "." + "d".repeat(61) + ".com";
        assertEquals(254, EmailAddress.parse(local(60) + "@" + domain).address().length());
        assertNull(EmailAddress.parse(local(61) + "@" + domain).address());
        assertNull(EmailAddress.parse(local(65) + "@example.com").address());
        assertNull(EmailAddress.parse(null).address());
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertNull(EmailAddress.parse("a@" + "a.".repeat(1_000_000) + "com").address());
            assertNull(EmailAddress.parse("a.".repeat(1_000_000) + "@example.com").address());
        });
    }

    @Test @DisplayName("MSG-11: 10,000 random texts: what is taken holds nothing but its own characters and reads the same again")
    void anyTextIsReadOnceAndForAll() {
        int[] alphabet = "abcAB019.-_+@@\r\n\0 \"<>,;:()é．＠\u202E".codePoints().toArray();
        Seeded.run(10_000, random -> {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(30), 0, alphabet.length).forEach(i -> text.appendCodePoint(alphabet[i]));
            for (String raw : List.of(text.toString(), "m" + text + "@example.com", "m@" + text + ".com")) {
                String address = EmailAddress.parse(raw).address();
                if (address != null) {
                    assertEquals(address, EmailAddress.parse(address).address());
                    assertEquals(address.indexOf('@'), address.lastIndexOf('@'));
                    assertFalse(address.chars().anyMatch(c -> c <= ' ' || c > '~' || "\"<>,;:()".indexOf(c) >= 0), address);
                    assertEquals(address.substring(address.indexOf('@')), address.substring(address.indexOf('@')).toLowerCase(Locale.ROOT));
                }
            }
        });
    }

    private static String local(int length) { return "m".repeat(length); }
}
