package org.carillon.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.fact.Channel;

/** Which routes a message may take, in order. The most particular list that fits decides alone: location and country, location, country, all. Pure. */
public record Choices(Map<Case, List<String>> lists) {

    /** @param location null: every one. @param country of the recipient's number; null: every one */
    public record Case(Channel channel, Long location, String country) { }

    public static final Choices NONE = new Choices(Map.of());

    /** Empty where nobody has chosen. */
    public Optional<List<String>> of(Channel channel, Long location, String country) {
        Set<Case> cases = new java.util.LinkedHashSet<>(List.of(new Case(channel, location, country), new Case(channel, location, null), new Case(channel, null, country),
            new Case(channel, null, null)));
        return cases.stream().map(lists::get).filter(list -> list != null && !list.isEmpty()).findFirst();
    }

    /** Whether the recipient's country matters. */
    public boolean asksCountry(Channel channel) { return lists.keySet().stream().anyMatch(at -> at.channel() == channel && at.country() != null); }

    /** The same with one list in place of another; an empty one takes it away. */
    public Choices with(Case at, List<String> routes) {
        Map<Case, List<String>> changed = new LinkedHashMap<>(lists);
        changed.remove(at);
        if (!routes.isEmpty()) {
            changed.put(at, List.copyOf(new ArrayList<>(routes)));
        }
        return new Choices(changed);
    }
}
