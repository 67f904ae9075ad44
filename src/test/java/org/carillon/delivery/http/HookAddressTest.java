package org.carillon.delivery.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.carillon.delivery.http.Hook.Kind;
import org.carillon.fact.PublicUrl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SEC-18: what the page tells the operator is what signatures are checked against")
class HookAddressTest {

    @ParameterizedTest @ValueSource(strings = {"https://x.example", "https://x.example/", " https://x.example "})
    void isOneAddressWithOrWithoutASlash(String publicUrl) {
        Map<String, String> given = Map.of("url", "https://api.example", "accountSid", "AC1", "authToken", "t");
        Hook hook = new HttpGateway("paris", HttpSettings.read(name -> Optional.ofNullable(given.get(name)), publicUrl, false), java.time.Instant::now).hook();
        assertEquals("https://x.example/api/v1/hooks/paris/inbound", hook.address(Kind.INBOUND));
        assertEquals(hook.address(Kind.STATUS), Hook.address(PublicUrl.slashed(publicUrl), "paris", Kind.STATUS));
    }

    @Test void isNoneWithoutAPublicAddress() {
        assertEquals("", PublicUrl.slashed(""));
        assertEquals("", PublicUrl.slashed(null));
    }
}
