package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SEC-26: routes' secrets are sealed with a key that is not in the database")
class SecretBoxTest {

    private static final Map<String, String> SECRETS = Map.of("password", "canari-7f3a", "authToken", "é\"\\");
    private final String key = key(), other = key();

    private static String key() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test void opensWhatItSealed() {
        SecretBox box = new SecretBox(key, null);
        Route.Sealed sealed = box.seal("second", SECRETS);
        assertEquals(SECRETS, box.open("second", sealed));
        assertNotEquals(sealed.text(), box.seal("second", SECRETS).text(), "never twice under one nonce");
        assertFalse(new String(Base64.getDecoder().decode(sealed.text()), java.nio.charset.StandardCharsets.ISO_8859_1).contains("canari"));
        assertFalse(sealed.toString().contains(sealed.text()));
    }

    @Test void refusesAnotherRoutesSecretsAndChangedOnes() {
        SecretBox box = new SecretBox(key, null);
        Route.Sealed sealed = box.seal("second", SECRETS);
        assertThrows(IllegalArgumentException.class, () -> box.open("third", sealed));
        byte[] bytes = Base64.getDecoder().decode(sealed.text());
        bytes[0] ^= 1;
        assertThrows(IllegalArgumentException.class, () -> box.open("second", new Route.Sealed(Base64.getEncoder().encodeToString(bytes), sealed.nonce(), sealed.keyId())));
    }

    @Test @DisplayName("SEC-26: a new key seals, the old one still opens, until all is sealed anew")
    void changesKeys() {
        Route.Sealed old = new SecretBox(key, null).seal("second", SECRETS);
        SecretBox both = new SecretBox(other, key);
        assertTrue(both.opens(old));
        assertFalse(both.isPresent(old));
        Route.Sealed anew = both.seal("second", both.open("second", old));
        assertTrue(both.isPresent(anew));
        SecretBox only = new SecretBox(other, null);
        assertEquals(SECRETS, only.open("second", anew));
        assertFalse(only.opens(old));
        assertThrows(IllegalArgumentException.class, () -> only.open("second", old));
    }

    @ParameterizedTest @ValueSource(strings = {SecretBox.EXAMPLE, "c2hvcnQ=", "no base64!", "AAAA"})
    void doesNotStartWithAKeyThatIsNone(String bad) {
        IllegalStateException no = assertThrows(IllegalStateException.class, () -> new SecretBox(bad, null));
        assertFalse(no.getMessage().contains(bad), "tells no key");
        assertThrows(IllegalStateException.class, () -> new SecretBox(key, bad));
    }

    @Test void storesNothingWithoutAKey() {
        SecretBox none = new SecretBox((String) null, null);
        assertFalse(none.hasKey());
        assertThrows(IllegalStateException.class, () -> none.seal("second", SECRETS));
        assertThrows(IllegalStateException.class, () -> new SecretBox(null, key));
    }
}
