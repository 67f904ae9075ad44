package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.carillon.fact.Invalid;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SEC-14")
class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test void storesIterationsSaltAndHash() {
        String stored = passwords.hash("a fine long sentence");
        assertTrue(stored.startsWith("PBKDF2WithHmacSHA256:600000:"), stored);
        assertTrue(Base64.getDecoder().decode(stored.split(":")[2]).length >= 32);
        assertNotEquals(stored, passwords.hash("a fine long sentence"), "each has its own salt");
    }

    @Test void knowsTheRightOneOnly() {
        String stored = passwords.hash("a fine long sentence");
        assertTrue(passwords.matches("a fine long sentence", stored));
        assertFalse(passwords.matches("a fine long sentencE", stored));
        assertFalse(passwords.matches("", null), "nothing stored is matched by nothing");
    }

    @Test void marksWhatWasMadeWithFewerIterationsAsDated() {
        assertTrue(passwords.isDated("PBKDF2WithHmacSHA256:210000:AA==:AA=="));
        assertFalse(passwords.isDated(passwords.hash("a fine long sentence")));
    }

    @Test void takesLongSentencesAndAnyCharacters() {
        assertDoesNotThrow(() -> PasswordRule.check("password", "quatre chevaux bleus", "sophie@garage.example", "Sophie Tremblay"));
        assertDoesNotThrow(() -> PasswordRule.check("password", "пароль из нескольких слов 🚗", "sophie@garage.example", "Sophie Tremblay"));
        assertDoesNotThrow(() -> PasswordRule.check("password", "xy".repeat(60) + "quatre", "sophie@garage.example", "Sophie Tremblay"));
    }

    @Test void refusesWithTheRemedy() {
        assertAll(
            () -> assertEquals("password.short", refusal("elevenchars")),
            () -> assertEquals("password.short", refusal("🚗🚙🚕🚗🚙🚕🚗🚙🚕🚗🚙")),
            () -> assertEquals("password.long", refusal("quatre ".repeat(40))),
            () -> assertEquals("password.common", refusal("Password1234")),
            () -> assertEquals("password.common", refusal("MOTDEPASSE123")),
            () -> assertEquals("password.common", refusal("aaaabbbbaaaabbbb")),
            () -> assertEquals("password.own", refusal("sophie@garage.example")),
            () -> assertEquals("password.own", refusal("SophieTremblay")));
    }

    @Test void knowsThreeThousandCommonOnes() throws Exception {
        try (BufferedReader file = new BufferedReader(new InputStreamReader(PasswordRule.class.getResourceAsStream("common-passwords.txt"), StandardCharsets.UTF_8))) {
            assertTrue(file.lines().filter(line -> line.length() >= PasswordRule.SHORTEST).distinct().count() >= 3_000);
        }
    }

    private static String refusal(String password) {
        return assertThrows(Invalid.class, () -> PasswordRule.check("password", password, "sophie@garage.example", "Sophie Tremblay")).key();
    }
}
