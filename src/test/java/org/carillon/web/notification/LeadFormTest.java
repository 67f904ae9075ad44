package org.carillon.web.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.EnumSet;
import java.util.List;
import org.carillon.automation.Draft;
import org.carillon.automation.Timing;
import org.carillon.automation.Trigger;
import org.carillon.fact.Channel;
import org.carillon.fact.EventType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The form of a notification about leads: the panel of orders, with less in it. */
class LeadFormTest {

    private final Form form = Form.lead("fr");

    @Test @DisplayName("RO-34, RO-35: a lead is created, or reaches a chosen status")
    void offersWhatHappensToLeads() {
        assertEquals(List.of("LEAD_STATUS_REACHED", "LEAD_CREATED"), form.getEvents());
        form.setStatus("QUOTED");
        assertEquals(new Trigger.OnEvent(EventType.LEAD_STATUS_CHANGED, "QUOTED"), form.draft(7L).trigger());
        form.setEvent("LEAD_CREATED");
        assertEquals(new Trigger.OnEvent(EventType.LEAD_CREATED, null), form.draft(7L).trigger());
    }

    @Test @DisplayName("RO-37, RO-39: a delay, but no location, no opening hours and no reminder")
    void hasNeitherPlaceNorHours() {
        form.setEvent("LEAD_CREATED");
        form.setDelay(2);
        Draft draft = form.draft(7L);
        assertNull(draft.locationId());
        assertEquals(new Timing(2, Timing.Unit.HOURS, false), draft.timing());
        assertFalse(form.isReminder());
    }

    @Test @DisplayName("P-24: each event offers both channels")
    void offersBothChannels() {
        for (String event : form.getEvents()) {
            form.setEvent(event);
            form.setStatus(form.isReached() ? "QUOTED" : null);
            form.setChannel("BOTH");
            assertEquals(EnumSet.allOf(Channel.class), form.draft(null).channels(), event);
        }
    }
}
