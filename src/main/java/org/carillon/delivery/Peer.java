package org.carillon.delivery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A provider's host, looked up once: the address that was judged is the address that is connected to (SEC-27). */
public record Peer(String host, int port, InetAddress address) {

    public static Peer lookUp(String host, int port) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        return new Peer(host, port, Arrays.stream(all).filter(a -> a instanceof Inet4Address).findFirst().orElse(all[0]));
    }

    public boolean isLoopback() { return address.isLoopbackAddress(); }

    /** Reached over lines that are not the shop's own: neither loopback, link-local, private (RFC 1918, ULA) nor carrier-grade NAT. */
    public boolean isPublic() {
        byte[] b = address.getAddress();
        boolean uniqueLocal = b.length == 16 && (b[0] & 0xFE) == 0xFC;
        boolean carrierNat = b.length == 4 && b[0] == 100 && (b[1] & 0xC0) == 64;
        return !(address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress() || address.isAnyLocalAddress()
            || uniqueLocal || carrierNat);
    }
}
