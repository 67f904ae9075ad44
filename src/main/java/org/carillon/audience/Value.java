package org.carillon.audience;

import java.math.BigDecimal;

/** What a field is compared with. Days are calendar days of the object's location, minutes are elapsed time. */
public sealed interface Value {

    /** Nothing: presence is asked. */
    record None() implements Value { }

    record Text(String text) implements Value { }

    record Amount(BigDecimal amount) implements Value { }

    record DaysAgo(int days) implements Value { }

    /** Days on which the location opens; the closed ones after an open day belong to it. */
    record OpenDaysAgo(int days) implements Value { }

    record InDays(int days) implements Value { }

    /** Days on which the location opens; what lies on the closed ones after an open day is spoken of on that day. */
    record InOpenDays(int days) implements Value { }

    record MinutesAgo(int minutes) implements Value { }

    Value NONE = new None();
}
