package org.carillon.automation;

import java.util.Set;
import org.carillon.fact.Channel;

/** What one may do to many notifications and reminders at once (RO-42 to RO-44). */
public sealed interface BulkEdit {

    /** As its record names it. */
    String kind();

    record Delete() implements BulkEdit {
        @Override public String kind() { return "DELETE"; }
    }

    record UseTemplate(long templateId) implements BulkEdit {
        @Override public String kind() { return "TEMPLATE"; }
    }

    record UseChannels(Set<Channel> channels) implements BulkEdit {
        @Override public String kind() { return "CHANNELS"; }
    }

    record Turn(boolean on) implements BulkEdit {
        @Override public String kind() { return on ? "ON" : "OFF"; }
    }

    /** @param locations null for every location of the person */
    record CopyTo(Set<Long> locations) implements BulkEdit {
        @Override public String kind() { return "COPY"; }
    }
}
