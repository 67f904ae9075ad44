package org.carillon.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.carillon.fact.Channel;

/** Makes the gateways of one protocol: one for each route. A bean of the protocol's package; nobody else knows its classes. */
public interface GatewayMaker {

    Protocol protocol();

    Channel channel();

    /** What a page asks for, in this order. */
    List<Setting> settings();

    /** Where a provider of this protocol is to call, by what for: {@code STATUS}, {@code INBOUND}. Empty where it calls nowhere, or where this installation has no public address. */
    default Map<String, String> hooks(String route) { return Map.of(); }

    /**
     * Makes a gateway and starts it; {@link Gateway#stop} ends it. Does not wait for the provider.
     *
     * @param route code that it bears
     * @param given the value of a setting, by the name that {@link Setting} bears; of a built-in route also what has no page
     * @throws IllegalArgumentException naming the setting that cannot be read, never a value of a secret
     */
    Gateway start(String route, Function<String, Optional<String>> given);
}
