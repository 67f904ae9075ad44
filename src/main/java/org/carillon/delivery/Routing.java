package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.fact.Channel;
import org.carillon.template.Alphabet;
import org.carillon.template.Alphabets;

/** Which route a location's messages take. One a channel today, so the location does not matter yet; whoever gives several changes this class. */
@ApplicationScoped
public class Routing implements Alphabets {

    private final Supplier<Stream<? extends Gateway>> gateways;

    protected Routing() { this((Supplier<Stream<? extends Gateway>>) null); }

    @Inject
    public Routing(@Any Instance<Gateway> gateways) { this(gateways::stream); }

    /** Over these and no others. */
    public Routing(Supplier<Stream<? extends Gateway>> gateways) { this.gateways = gateways; }

    /** @param location null: whoever has no location of their own */
    public SmsTerms sms(Long location) { return gateways.get().filter(g -> g.channel() == Channel.SMS).findFirst().map(Gateway::smsTerms).orElse(SmsTerms.USUAL); }

    /** The configured route of that name. */
    public Optional<Gateway> named(String route) {
        return gateways.get().filter(g -> g.route().equals(route) && !g.health().absent()).<Gateway>map(g -> g).findFirst();
    }

    /** Of the routes whose providers tell what they were given. */
    Map<String, Listing> listings() {
        return gateways.get().filter(g -> g.listing().isPresent() && !g.health().absent()).collect(Collectors.toMap(Gateway::route, g -> g.listing().get(), (one, other) -> one));
    }

    @Override
    public Alphabet of(Long location) { return sms(location).alphabet(); }
}
