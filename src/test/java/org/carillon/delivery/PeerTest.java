package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("SEC-27: only a public address asks for TLS")
class PeerTest {

    @ParameterizedTest(name = "{0}: public {1}, loopback {2}")
    @CsvSource({"127.0.0.1,false,true", "::1,false,true", "10.1.2.3,false,false", "172.16.0.1,false,false", "172.32.0.1,true,false",
        "192.168.1.1,false,false", "100.64.0.1,false,false", "100.128.0.1,true,false", "169.254.1.1,false,false", "fd12::1,false,false",
        "fe80::1,false,false", "203.0.113.9,true,false", "2001:db8::1,true,false", "::ffff:8.8.8.8,true,false"})
    void tellsOwnLinesFromPublicOnes(String address, boolean isPublic, boolean isLoopback) throws UnknownHostException {
        Peer peer = Peer.lookUp(address, 2775);
        assertEquals(isPublic, peer.isPublic());
        assertEquals(isLoopback, peer.isLoopback());
    }
}
