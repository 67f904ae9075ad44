package org.carillon.delivery.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Where requests may go, as far as an address says it before its name is looked up (SEC-11); {@link VettedNames} judges the rest. */
final class Destination {

    private static final Set<Integer> PORTS = Set.of(443, 8443);

    private Destination() { }

    /**
     * The address without a slash at its end.
     *
     * @param localAllowed this machine and its network may be called too, by the environment's word: at any port, and without TLS
     * @throws IllegalArgumentException for what is not called; its message does not repeat the address
     */
    static URI of(String url, boolean localAllowed) {
        URI uri;
        try {
            uri = new URI(url.strip().replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the address cannot be read");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean local = localAllowed && isThisMachine(uri.getHost());
        if (!scheme.equals("https") && !(local && scheme.equals("http"))) throw new IllegalArgumentException("the address does not begin with https://");
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the address is not https://host/path");
        }
        // 0x7f.1, 2130706433 and the like: names that some read as numbers
        if (!uri.getHost().startsWith("[") && uri.getHost().matches("(.*\\.)?(0[xX][0-9a-fA-F]*|[0-9]+)\\.?") && !uri.getHost().matches("([1-9]?[0-9]|1[0-9]{2}|2[0-5][0-9])(\\.([1-9]?[0-9]|1[0-9]{2}|2[0-5][0-9])){3}")) {
            throw new IllegalArgumentException("the host is neither a name nor an address");
        }
        if (uri.getPort() != -1 && !PORTS.contains(uri.getPort()) && !local) throw new IllegalArgumentException("the port is not one of " + PORTS.stream().sorted().toList());
        return uri;
    }

    private static boolean isThisMachine(String host) { return host != null && host.matches("localhost|127\\.0\\.0\\.1|\\[::1\\]"); }
}
