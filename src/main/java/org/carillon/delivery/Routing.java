package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.customer.PhoneNumber;
import org.carillon.delivery.RouteTable.Trouble;
import org.carillon.fact.Channel;
import org.carillon.template.Alphabet;
import org.carillon.template.Alphabets;
import org.jdbi.v3.core.Handle;

/** Which route a message takes: by its location and its recipient's country, the first that is open (see {@link Choices}). */
@ApplicationScoped
public class Routing implements Alphabets {

    /** Judges messages of one transaction, by what holds in it. */
    @FunctionalInterface
    interface Look {
        String route(Channel channel, Long location, String recipient);
    }

    private final Supplier<Stream<? extends Gateway>> gateways;
    private final RouteTable table;

    protected Routing() { this((Supplier<Stream<? extends Gateway>>) null); }

    @Inject
    public Routing(Gateways gateways, RouteTable table) {
        this.gateways = gateways::stream;
        this.table = table;
    }

    /** Over these and no others, the first of each channel. */
    public Routing(Supplier<Stream<? extends Gateway>> gateways) {
        this.gateways = gateways;
        this.table = null;
    }

    /** @param location null: whoever has no location of their own */
    public SmsTerms sms(Long location) { return sms(location, null); }

    /** @param recipient E.164; null: nobody in particular */
    public SmsTerms sms(Long location, String recipient) {
        if (table == null) {
            return gateways.get().filter(g -> g.channel() == Channel.SMS).findFirst().map(Gateway::smsTerms).orElse(SmsTerms.USUAL);
        }
        return ranked(table.present(), Channel.SMS, location, recipient).stream().map(this::terms).flatMap(Optional::stream).findFirst().orElse(SmsTerms.USUAL);
    }

    /** Of a route that this node runs. */
    Optional<SmsTerms> terms(String route) { return gateways.get().filter(g -> g.route().equals(route)).findFirst().map(Gateway::smsTerms); }

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

    /** As it holds in this transaction. */
    Look look(Handle h, Instant now) {
        if (table == null) {
            return (channel, location, recipient) -> RouteTable.builtIn(channel);
        }
        RouteTable.Present present = table.present(h);
        Map<String, Trouble> troubles = table.troubles(h);
        return (channel, location, recipient) -> {
            List<String> ranked = ranked(present, channel, location, recipient);
            return first(ranked, troubles, now).orElseGet(() -> waiting(ranked, troubles));
        };
    }

    static List<String> ranked(RouteTable.Present present, Channel channel, Long location, String recipient) {
        String country = channel == Channel.SMS && recipient != null && present.choices().asksCountry(channel) ? PhoneNumber.country(recipient) : null;
        return present.ranked(channel, location, country);
    }

    /** The first that is open, or that a message may try. */
    private static Optional<String> first(List<String> ranked, Map<String, Trouble> troubles, Instant now) {
        return ranked.stream().filter(route -> !troubles.containsKey(route) || troubles.get(route).mayBeTried(now)).findFirst();
    }

    /** Where all are shut, it waits for one that may open by itself. */
    private static String waiting(List<String> ranked, Map<String, Trouble> troubles) {
        return ranked.stream().filter(route -> troubles.get(route).kind() == Trouble.Kind.SUSPENDED || troubles.get(route).kind() == Trouble.Kind.CLOSED).findFirst()
            .or(() -> ranked.stream().filter(route -> troubles.get(route).kind() == Trouble.Kind.PAUSED).findFirst()).orElse(ranked.get(0));
    }
}
