package org.carillon.delivery.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a host up once for each connection, and gives the client nothing but addresses that may be called (SEC-11): there is no second look-up
 * that could be answered otherwise. One bad address among good ones spoils the whole answer.
 */
record VettedNames(Lookup lookup, boolean localAllowed) implements DnsResolver {

    /** How names become addresses. */
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** A person must look: the name leads to where nobody calls. */
    static final class Forbidden extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Forbidden() { super("not an address that may be called"); }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = lookup.of(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        for (InetAddress address : all) {
            if (!isPublic(address.getAddress()) && !(localAllowed && isLocal(address))) throw new Forbidden();
        }
        return Arrays.stream(all).sorted(Comparator.comparing((InetAddress a) -> !(a instanceof Inet4Address))).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) { return host; }

    /** This machine and private networks; never link-local, where clouds keep their metadata. */
    private static boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress() || address.isSiteLocalAddress() || (address.getAddress().length == 16 && (address.getAddress()[0] & 0xFE) == 0xFC);
    }

    /** By the registries of special-purpose addresses (RFC 6890 and its successors). */
    static boolean isPublic(byte[] b) {
        int first = b[0] & 0xFF, second = b[1] & 0xFF, third = b[2] & 0xFF;
        if (b.length == 4) {
            return !(first == 0 || first == 10 || first == 127 || first >= 224
                || first == 100 && (second & 0xC0) == 64 || first == 169 && second == 254 || first == 172 && (second & 0xF0) == 16
                || first == 192 && (second == 168 || second == 0 && (third == 0 || third == 2) || second == 88 && third == 99)
                || first == 198 && ((second & 0xFE) == 18 || second == 51 && third == 100) || first == 203 && second == 0 && third == 113);
        }
        // global unicast only, and of that neither Teredo, documentation nor 6to4: those hide other addresses
        return (first & 0xE0) == 0x20 && !(first == 0x20 && second == 0x01 && (third < 2 || third == 0x0D && (b[3] & 0xFF) == 0xB8)) && !(first == 0x20 && second == 0x02)
            && !(first == 0x3F && second == 0xFF && (third & 0xF0) == 0);
    }
}
