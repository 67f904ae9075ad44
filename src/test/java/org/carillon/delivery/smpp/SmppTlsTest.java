package org.carillon.delivery.smpp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.Outgoing;
import org.carillon.delivery.TestTls;
import org.carillon.delivery.SmsTerms;
import org.carillon.delivery.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayName("SEC-27: SMPP over TLS, to the right host only")
class SmppTlsTest {

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private ScriptedSmsc smsc;
    private SmppGateway gateway;

    @AfterEach
    void closeBoth() throws Exception {
        gateway.stop();
        smsc.close();
        executor.shutdownNow();
    }

    private void start(TestTls server, SSLSocketFactory client) throws Exception {
        smsc = new ScriptedSmsc(server.listen());
        Map<String, String> given = Map.of("host", "localhost", "port", "" + smsc.port(), "systemId", "shop", "password", "secret", "tls", "true");
        gateway = new SmppGateway(SmppSettings.read(name -> Optional.ofNullable(given.get(name))), receipt -> { }, text -> { }, () -> Instant.EPOCH);
        gateway.start(executor, Executors.defaultThreadFactory(), client);
    }

    @Test
    void submitsOverTls() throws Exception {
        TestTls tls = TestTls.forNames("dns:localhost");
        start(tls, tls.client());
        while (!gateway.health().open()) Thread.sleep(5);
        Outgoing sms = new Outgoing(UUID.randomUUID(), 1, 1, "+15145550199", "", new Outgoing.Sms(false, "x", 0, 1, 1, SmsTerms.USUAL), Duration.ofHours(1),
            System.nanoTime() + SECONDS.toNanos(5));
        assertEquals(Verdict.ACCEPTED, gateway.submit(sms).toCompletableFuture().get(10, SECONDS).verdict());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"wrong host", "unknown authority", "expired"})
    void tellsItsPasswordToNobodyElse(String fault) throws Exception {
        TestTls server = switch (fault) {
            case "wrong host" -> TestTls.forNames("dns:other.example");
            case "expired" -> TestTls.expired("dns:localhost");
            default -> TestTls.forNames("dns:localhost");
        };
        start(server, fault.equals("unknown authority") ? (SSLSocketFactory) SSLSocketFactory.getDefault() : server.client());
        while (!gateway.health().suspended()) Thread.sleep(5);
        assertFalse(gateway.health().open());
        assertEquals("TLS failed", gateway.health().detail());
        assertEquals(0, smsc.binds.get());
        assertTrue(smsc.connections.get() >= 1);
    }
}
