package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Locale;
import java.util.Map;

/** How the states of messages look: one colour and one icon each, the words are in {@code i18n/state}. */
@Named @ApplicationScoped
public class Chips {

    private static final Map<String, String> ICONS = Map.of("planned", "pi-clock", "held", "pi-pause", "sent", "pi-arrow-up-right", "delivered", "pi-check",
        "skipped", "pi-ban", "failed", "pi-times", "reply", "pi-reply");
    /** States of planned notifications and messages that share a look. */
    private static final Map<String, String> LOOKS = Map.ofEntries(Map.entry("released", "planned"), Map.entry("cancelled", "skipped"),
        Map.entry("suppressed", "skipped"), Map.entry("expired", "skipped"), Map.entry("queued", "planned"), Map.entry("sending", "sent"),
        Map.entry("accepted", "sent"), Map.entry("undelivered", "failed"), Map.entry("undeliverable", "failed"), Map.entry("unknown", "held"),
        Map.entry("rejected", "failed"));

    /** Style class of a state, in any case of letters. */
    public String style(Object state) {
        String name = String.valueOf(state).toLowerCase(Locale.ROOT);
        return ICONS.containsKey(name) ? name : LOOKS.getOrDefault(name, "neutral");
    }

    public String icon(Object state) { return ICONS.getOrDefault(style(state), "pi-circle"); }
}
