package org.carillon.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * What a reader is told about a message or a plan: seven colours for all states. Red is only what somebody must look at; a correct refusal is
 * grey (SKIPPED). A released plan is shown as its message.
 */
public enum Look {
    PLANNED(Set.of("QUEUED", "CLAIMED", "SENDING"), Set.of("PLANNED")),
    HELD(Set.of("HELD", "RETRY_WAIT", "UNKNOWN"), Set.of("HELD")),
    SENT(Set.of("ACCEPTED"), Set.of()),
    DELIVERED(Set.of("DELIVERED"), Set.of()),
    SKIPPED(Set.of("CANCELLED", "SUPPRESSED"), Set.of("SKIPPED", "CANCELLED", "SUPPRESSED", "EXPIRED")),
    FAILED(Set.of("FAILED", "UNDELIVERED", "EXPIRED", "UNKNOWN_CLOSED"), Set.of());

    private final Set<String> messageStates;
    private final Set<String> planStates;

    Look(Set<String> messageStates, Set<String> planStates) {
        this.messageStates = messageStates;
        this.planStates = planStates;
    }

    public static Look ofMessage(String state) { return Arrays.stream(values()).filter(l -> l.messageStates.contains(state)).findFirst().orElseThrow(); }

    public static Look ofPlan(String state) { return Arrays.stream(values()).filter(l -> l.planStates.contains(state)).findFirst().orElseThrow(); }

    /** The look of that name in any case of letters, null where there is none. */
    public static Look named(String name) { return Arrays.stream(values()).filter(l -> l.name().equalsIgnoreCase(name)).findFirst().orElse(null); }

    public String style() { return name().toLowerCase(Locale.ROOT); }

    boolean ofMessages() { return !messageStates.isEmpty(); }

    boolean ofPlans() { return !planStates.isEmpty(); }

    String[] messageStates() { return messageStates.toArray(String[]::new); }

    String[] planStates() { return planStates.toArray(String[]::new); }
}
