package org.carillon.alert;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a location wants to be told of, and who gets the e-mails.
 *
 * @param rules      one of each kind, in their order
 * @param recipients staff of the location; empty: its managers
 * @param version    0 where nothing was ever said
 */
public record AlertRules(long locationId, List<AlertRule> rules, Set<Long> recipients, int version) {

    static AlertRules standard(long locationId) { return new AlertRules(locationId, Arrays.stream(AlertKind.values()).map(AlertRule::standard).toList(), Set.of(), 0); }

    public AlertRule rule(AlertKind kind) { return rules.get(kind.ordinal()); }

    public boolean anyActive() { return rules.stream().anyMatch(AlertRule::active); }
}
