package org.carillon.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.delivery.Gateways;
import org.carillon.delivery.Suspensions;

/** Whether messages get out of the house, for the foot of the menu: which channels this node has a way for, and whether each is open. */
@Named @RequestScoped
public class Sending {

    /** @param channel {@code SMS} or {@code EMAIL} */
    public record Way(String channel, boolean open) { }

    private final Gateways gateways;
    private final Suspensions suspensions;
    private List<Way> ways;

    protected Sending() { this(null, null); }

    @Inject
    public Sending(Gateways gateways, Suspensions suspensions) {
        this.gateways = gateways;
        this.suspensions = suspensions;
    }

    /** What was never configured is not missed. */
    public List<Way> getWays() {
        if (ways == null) {
            Set<String> suspended = suspensions.present().keySet();
            ways = gateways.stream().flatMap(gateway -> Stream.of(gateway.health()).filter(health -> !health.absent())
                .map(health -> new Way(gateway.channel().name(), health.open() && !health.suspended() && !suspended.contains(gateway.route())))).toList();
        }
        return ways;
    }

    /** Whether e-mails with this From of their location, or none, would be refused because nobody has given an address to send them from. */
    public boolean lacksFrom(String from) {
        return (from == null || from.isBlank()) && gateways.stream().anyMatch(gateway -> !gateway.health().absent() && !gateway.hasSender());
    }

    public boolean isOpen() { return !getWays().isEmpty() && getWays().stream().allMatch(Way::open); }

    /** One line for all channels: {@code open}, {@code partly}, {@code closed}, or {@code absent} when nothing is configured. */
    public String getState() {
        long open = getWays().stream().filter(Way::open).count();
        return getWays().isEmpty() ? "absent" : open == getWays().size() ? "open" : open == 0 ? "closed" : "partly";
    }
}
