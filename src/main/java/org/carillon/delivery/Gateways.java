package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.eclipse.microprofile.config.Config;

/** This node's gateways, one for each route that runs. {@code job} starts and stops them as the table of routes says. */
@ApplicationScoped
public class Gateways {

    /** In place of one that cannot be made: shown, so that a person looks. */
    private record Broken(String route, Channel channel, RouteHealth health) implements Gateway {

        @Override public int window() { return 1; }

        @Override public CompletionStage<Submission> submit(Outgoing outgoing) { return CompletableFuture.completedStage(Submission.notSent("no gateway")); }
    }

    private static final Logger LOG = System.getLogger(Gateways.class.getName());

    private final Map<String, Gateway> live = new ConcurrentSkipListMap<>();
    private final Supplier<List<GatewayMaker>> makers;
    private final SecretBox secrets;
    private final Config config;
    private final ApplicationClock clock;

    protected Gateways() { this(List::of, null, null, null); }

    @Inject
    public Gateways(@Any Instance<GatewayMaker> makers, SecretBox secrets, Config config, ApplicationClock clock) {
        this(() -> makers.stream().<GatewayMaker>map(maker -> maker).sorted(Comparator.comparing(GatewayMaker::protocol)).toList(), secrets, config, clock);
    }

    private Gateways(Supplier<List<GatewayMaker>> makers, SecretBox secrets, Config config, ApplicationClock clock) {
        this.makers = makers;
        this.secrets = secrets;
        this.config = config;
        this.clock = clock;
    }

    /** These and no others, already started. */
    public static Gateways of(Collection<? extends Gateway> gateways) {
        Gateways fixed = new Gateways();
        gateways.forEach(gateway -> fixed.live.put(gateway.route(), gateway));
        return fixed;
    }

    /** None yet, to be made by these. */
    static Gateways making(List<GatewayMaker> makers, SecretBox secrets, Config config, ApplicationClock clock) { return new Gateways(() -> makers, secrets, config, clock); }

    /** By code. */
    public List<Gateway> all() { return List.copyOf(live.values()); }

    public Stream<Gateway> stream() { return all().stream(); }

    public Optional<Gateway> named(String route) { return Optional.ofNullable(live.get(route)); }

    /** Of the protocols that this installation speaks. */
    public List<GatewayMaker> makers() { return makers.get(); }

    public Optional<GatewayMaker> maker(Protocol protocol) { return makers().stream().filter(maker -> maker.protocol() == protocol).findFirst(); }

    /** Whether the environment names a provider for a built-in route. */
    public boolean configured(String route) { return config.getOptionalValue("carillon." + route + ".host", String.class).filter(host -> !host.isBlank()).isPresent(); }

    /** How long a line waits for the answer to a submit ({@code carillon.delivery.answer}); a route whose provider may take longer is not waited for. */
    public Duration heeded() { return config == null ? Deadlines.DEFAULT.answer() : Deadlines.from(config).answer(); }

    /** Submits a second by configuration; null where none. */
    public Double rate(Route route) {
        return route.builtIn() ? config.getOptionalValue("carillon." + route.code() + ".rate", Double.class).orElse(null)
            : Optional.ofNullable(route.settings().get("rate")).map(Double::valueOf).orElse(null);
    }

    /** Starts the route's gateway; where it cannot be made, one that is suspended and says why. */
    public Gateway start(Route route) {
        Gateway gateway;
        try {
            given(route).apply("responseTimeout").filter(wait -> tooLong(wait)).ifPresent(wait -> LOG.log(Level.WARNING, "route " + route.code() + ": responseTimeout "
                + wait + " is longer than carillon.delivery.answer, after which an outcome is unknown"));
            gateway = maker(route.protocol()).orElseThrow(() -> new IllegalArgumentException("unknown protocol")).start(route.code(), given(route));
        } catch (RuntimeException e) {
            String why = e instanceof IllegalArgumentException ? e.getMessage() : "cannot be started (" + e.getClass().getSimpleName() + ")";
            LOG.log(Level.WARNING, "route " + route.code() + ": " + why);
            gateway = new Broken(route.code(), route.channel(), new RouteHealth(false, true, why, now()));
        }
        live.put(route.code(), gateway);
        return gateway;
    }

    /** False for what cannot be read: the maker says so. */
    private boolean tooLong(String wait) {
        try {
            return Duration.parse(wait).compareTo(heeded()) > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private Function<String, Optional<String>> given(Route route) {
        if (route.builtIn()) {
            return name -> config.getOptionalValue("carillon." + route.code() + "." + name, String.class);
        }
        Map<String, String> hidden = route.sealed() == null ? Map.of() : secrets.open(route.code(), route.sealed());
        return name -> Optional.ofNullable(hidden.getOrDefault(name, route.settings().get(name)));
    }

    private Instant now() {
        try {
            return clock.now();
        } catch (RuntimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Ends the route's gateway in peace; receipts are no longer heard. */
    public void stop(String route) { Optional.ofNullable(live.remove(route)).ifPresent(Gateway::stop); }
}
