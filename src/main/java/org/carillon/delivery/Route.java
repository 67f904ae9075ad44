package org.carillon.delivery;

import java.util.Map;
import org.carillon.fact.Channel;

/**
 * One way to a provider, as it is stored.
 *
 * @param builtIn  its settings are the environment's, {@code carillon.<code>.*}
 * @param present  a built-in one: whether the environment names a provider
 * @param settings as given, without the secrets; empty for a built-in one
 * @param sealed   the secrets; null where there are none
 * @param deleted  takes no new message, and is gone when the last one has left it
 */
public record Route(String code, String name, Channel channel, Protocol protocol, boolean builtIn, boolean present, Map<String, String> settings, Sealed sealed,
                    boolean paused, boolean deleted, int version) {

    /** Ciphertext, nonce and key in text form, so that two can be compared. */
    public record Sealed(String text, String nonce, String keyId) {

        @Override public String toString() { return "sealed"; }
    }

    /** What a gateway is made of: where it changes, the gateway is made anew. */
    public record Make(Protocol protocol, Map<String, String> settings, Sealed sealed, boolean present) { }

    public Make make() { return new Make(protocol, settings, sealed, present); }

    @Override public String toString() { return "route " + code; }
}
