package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.OwnConnection;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Jdbi;

/** The lines of this node, one for each channel. {@code job} rings and drains them; nobody else does. */
@ApplicationScoped
public class Dispatcher {

    private final Map<Channel, Line> lines = new EnumMap<>(Channel.class);
    private final List<OwnConnection> connections = new ArrayList<>();
    private final Node node;
    private final ApplicationClock clock;

    protected Dispatcher() {
        node = null;
        clock = null;
    }

    /** {@code carillon.<route>.rate}: submits a second that the provider allows, all nodes together; none where not set. */
    @Inject
    public Dispatcher(@Any Instance<Gateway> gateways, Node node, ApplicationClock clock, Config config) {
        this.node = node;
        this.clock = clock;
        for (Gateway gateway : gateways) {
            OwnConnection connection = new OwnConnection(OwnConnection.source(config, "carillon " + gateway.route()));
            Jdbi jdbi = connection.jdbi();
            Turn turn = new Turn(jdbi, clock, new BadAddresses(new Outbox(jdbi, clock)), Deadlines.from(config));
            Double rate = config.getOptionalValue("carillon." + gateway.route() + ".rate", Double.class).orElse(null);
            if (lines.putIfAbsent(gateway.channel(), new Line(gateway, turn, node, rate)) == null) {
                connections.add(connection);
            }
        }
    }

    public Dispatcher(List<? extends Gateway> gateways, Turn turn, Node node, ApplicationClock clock, java.util.function.Function<String, Double> rates) {
        this.node = node;
        this.clock = clock;
        gateways.forEach(g -> lines.putIfAbsent(g.channel(), new Line(g, turn, node, rates.apply(g.route()))));
    }

    public Set<Channel> channels() { return lines.keySet(); }

    /** Sends what is due on this channel until nothing is, or the route is closed. Blocks meanwhile; answers the number of submits. */
    public int drain(Channel channel) {
        try {
            return lines.get(channel).drain();
        } finally {
            node.dispatcherTurned(clock.now());
        }
    }

    /** Tells a line that is draining already to look again. */
    public void ring(Channel channel) { lines.get(channel).ring(); }

    /** Ends gracefully: nothing new is claimed, what is under way is recorded, unused claims go back. The drains end by themselves. */
    public void stop() { lines.values().forEach(Line::stop); }

    /** After the drains ended. */
    public void close() { connections.forEach(OwnConnection::close); }

    /** The configured limit of the channel's route, submits a second; empty where there is none. */
    public Optional<Double> rate(Channel channel) { return Optional.ofNullable(lines.get(channel).configured()); }

    public RouteHealth health(Channel channel) { return lines.get(channel).gateway().health(); }
}
