package org.carillon.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.carillon.delivery.Gateways;
import org.carillon.delivery.Route;
import org.carillon.delivery.RouteTable;
import org.carillon.delivery.Suspensions;
import org.carillon.report.RestoreFigures;

/** Whether messages get out of the house, for the foot of the menu: which channels this node has a way for, whether one of its routes is open, and whether anything may leave at all. */
@Named @RequestScoped
public class Sending {

    /** @param channel {@code SMS} or {@code EMAIL} */
    public record Way(String channel, boolean open) { }

    private final Gateways gateways;
    private final Suspensions suspensions;
    private final RouteTable table;
    private final RestoreFigures restores;
    private List<Way> ways;
    private Boolean held;

    protected Sending() { this(null, null, null, null); }

    @Inject
    public Sending(Gateways gateways, Suspensions suspensions, RouteTable table, RestoreFigures restores) {
        this.gateways = gateways;
        this.suspensions = suspensions;
        this.table = table;
        this.restores = restores;
    }

    /** What was never configured is not missed. */
    public List<Way> getWays() {
        if (ways == null) {
            Set<String> suspended = suspensions.present().keySet();
            Map<String, Boolean> channels = new TreeMap<>(Comparator.reverseOrder());
            gateways.stream().filter(gateway -> !gateway.health().absent()).forEach(gateway -> channels.merge(gateway.channel().name(),
                gateway.health().open() && !gateway.health().suspended() && !suspended.contains(gateway.route()) && !table.named(gateway.route()).map(Route::paused).orElse(false), Boolean::logicalOr));
            ways = channels.entrySet().stream().map(e -> new Way(e.getKey(), e.getValue())).toList();
        }
        return ways;
    }

    /** Whether e-mails with this From of their location, or none, would be refused because nobody has given an address to send them from. */
    public boolean lacksFrom(String from) {
        return (from == null || from.isBlank()) && gateways.stream().anyMatch(gateway -> !gateway.health().absent() && !gateway.hasSender());
    }

    /** Whether texts of a location with this sender can be answered, and the answers would reach nobody's mailbox. */
    public boolean lacksReply(String sender, String replyTo) {
        return (replyTo == null || replyTo.isBlank()) && (sender == null || !sender.matches(".*[A-Za-z].*")) && getWays().stream().anyMatch(way -> way.channel().equals("SMS"));
    }

    /** Everything waits for a decision after a restore (REL-29), however well the routes are. */
    public boolean isHeld() {
        if (held == null) {
            held = restores.since().isPresent();
        }
        return held;
    }

    public boolean isOpen() { return !isHeld() && !getWays().isEmpty() && getWays().stream().allMatch(Way::open); }

    /** One line for all channels: {@code held}, {@code open}, {@code partly}, {@code closed}, or {@code absent} when nothing is configured. */
    public String getState() {
        if (isHeld()) {
            return "held";
        }
        long open = getWays().stream().filter(Way::open).count();
        return getWays().isEmpty() ? "absent" : open == getWays().size() ? "open" : open == 0 ? "closed" : "partly";
    }
}
