package org.carillon.job.health;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.MessageState;
import org.carillon.delivery.Verdict;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The gauges of {@code /metrics}. They tell of the whole installation, so any node may be asked; only an open route is this node's. */
@Singleton @Startup @DependsOn("Schema")
public class Gauges {

    private static final Set<MessageState> LIVE = Set.of(MessageState.QUEUED, MessageState.HELD, MessageState.CLAIMED, MessageState.SENDING,
        MessageState.RETRY_WAIT, MessageState.UNKNOWN);

    @Inject
    private MetricRegistry registry;
    @Inject
    private Figures figures;
    @Inject
    private Ways ways;

    private final Set<String> known = new HashSet<>();

    @PostConstruct
    void register() {
        for (MessageState state : MessageState.values()) {
            gauge("carillon_messages", "Messages by state", LIVE.contains(state) ? "live" : "settled", state.name(), new Tag("state", state.name()));
        }
        for (String state : new String[] {"PLANNED", "HELD", "RELEASED", "SKIPPED", "CANCELLED", "SUPPRESSED", "EXPIRED"}) {
            gauge("carillon_plans", "Planned notifications by state; RELEASED ones became messages", "plan", state, new Tag("state", state));
        }
        for (String queue : new String[] {"plans", "messages"}) {
            gauge("carillon_due", "What is due now and waits", "due", queue, new Tag("queue", queue));
            gauge("carillon_oldest_due_seconds", "How long the oldest of it has been waiting", "oldest", queue, new Tag("queue", queue));
        }
        for (String state : new String[] {"CLAIMED", "SENDING", "UNKNOWN", "QUEUED"}) {
            gauge("carillon_stuck", "Messages in a passing state for longer than anything explains", "stuck", state, new Tag("state", state));
        }
        follow();
    }

    /** Once for each route that ever ran here: a gauge of one that is gone says that it is not open. */
    public synchronized void follow() {
        ways.all().stream().filter(gateway -> known.add(gateway.route())).forEach(this::route);
    }

    private void route(Gateway gateway) {
        for (Verdict verdict : Verdict.values()) {
            gauge("carillon_submits", "Attempts by route and verdict", "submit", gateway.route() + "/" + verdict.name(), new Tag("route", gateway.route()),
                new Tag("verdict", verdict.name()));
        }
        registry.gauge(metadata("carillon_route_open", "1 while the route of this node takes messages"), () -> ways.isOpen(gateway.route()) ? 1 : 0,
            new Tag("route", gateway.route()));
        gauge("carillon_route_waiting", "Messages that wait for the route, held ones too", "waiting", gateway.route(), new Tag("route", gateway.route()));
    }

    private void gauge(String name, String description, String family, String label, Tag... tags) {
        registry.gauge(metadata(name, description), () -> figures.value(family, label), tags);
    }

    private static Metadata metadata(String name, String description) { return Metadata.builder().withName(name).withDescription(description).build(); }
}
