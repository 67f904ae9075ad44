package org.carillon.shop;

/** Told inside the transaction that changes a location's zone, hours, holidays or quiet hours, so that what waits for them follows (REL-47). */
public interface CalendarWatch {

    /** @param actor who did it, for those who see the work going on */
    void changed(Location location, String actor);
}
