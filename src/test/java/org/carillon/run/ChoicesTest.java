package org.carillon.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Who decides: the person who starts, before us. */
class ChoicesTest {

    private final Properties properties = new Properties();
    private final Choices choices = new Choices(properties, Map.of("CARILLON_SMPP_HOST", "10.0.0.7", "CARILLON_JDBC_OWNERPASSWORD", "s"));

    @Test
    void aPropertyWinsOverTheEnvironmentAndBothOverOurs() {
        properties.setProperty("carillon.smpp.host", "10.0.0.8");
        assertEquals("10.0.0.8", choices.get("carillon.smpp.host", "127.0.0.1"));
        assertEquals("s", choices.get("carillon.jdbc.ownerPassword", "carillon"));
        assertEquals("2525", choices.get("carillon.smtp.port", "2525"));
        assertEquals(Map.of("carillon.smpp.host", "10.0.0.8", "carillon.smtp.port", "2525"),
            choices.over(Map.of("carillon.smpp.host", "127.0.0.1", "carillon.smtp.port", "2525", "carillon.jdbc.ownerPassword", "carillon")));
    }

    @Test
    void aTakenPortIsNamedWithThePropertyThatMovesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            IOException refused = assertThrows(IOException.class, () -> Ports.requireFree(taken.getLocalPort(), "carillon.http.port"));
            assertTrue(refused.getMessage().contains(Integer.toString(taken.getLocalPort())));
            assertTrue(refused.getMessage().contains("-Dcarillon.http.port"));
        }
    }

    @Test
    void aSettingReachesANodeUnderTheNameThatItLooksFor() {
        assertEquals("CARILLON_JDBC_OWNERPASSWORD", Node.environmentName("carillon.jdbc.ownerPassword"));  // also under a Turkish default locale
    }
}
