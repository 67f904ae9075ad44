package org.carillon.web.received;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Set;

/** How readings of received messages look; the words are in {@code i18n/customer}. Asked without a reading, too, while a page is built. */
@Named @ApplicationScoped
public class Readings {

    private static final Set<String> STOPS = Set.of("OPT_OUT", "OPT_OUT_CANCEL");

    public String style(String reading) {
        return switch (String.valueOf(reading)) { case "OPT_IN" -> "delivered"; case "HELP" -> "sent"; case "TEXT" -> "reply"; case "TEXT_STOP" -> "held"; default -> "skipped"; };
    }

    public String icon(String reading) {
        return switch (String.valueOf(reading)) {
            case "OPT_IN" -> "pi-check";
            case "HELP" -> "pi-question-circle";
            case "TEXT" -> "pi-reply";
            case "TEXT_STOP" -> "pi-exclamation-triangle";
            case "CANCEL_APPOINTMENT" -> "pi-calendar-times";
            default -> "pi-ban";
        };
    }

    /** Of its word. A stop stops the channel that it came by. */
    public String key(String reading, boolean mail) { return "reading." + (mail && STOPS.contains(String.valueOf(reading)) ? "mail." : "") + reading; }
}
