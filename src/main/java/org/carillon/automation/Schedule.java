package org.carillon.automation;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;

/** When an audience is looked for (KI-42 to KI-46). Times are on the wall of each location's zone. */
public sealed interface Schedule extends Serializable {

    /** Once on each of these days. */
    record Daily(LocalTime at, Set<DayOfWeek> days) implements Schedule {

        public Daily { days = Set.copyOf(days); }
    }

    /** Once a week; a run that was missed is caught up as of its own day. */
    record Weekly(DayOfWeek day, LocalTime at) implements Schedule { }

    /** Every few minutes; what is found outside the period waits for it. */
    record RealTime(Period period) implements Schedule { }
}
