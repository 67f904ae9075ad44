package org.carillon.audience;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When an audience is asked, in microseconds as the database keeps them.
 *
 * @param since end of the last run: rules in minutes hold that held at any moment after it, up to and with now; null, like the same instant, asks for
 *              this moment alone
 */
public record Moment(Instant now, Instant since) implements Serializable {

    public Moment {
        now = now.truncatedTo(ChronoUnit.MICROS);
        since = since == null ? null : since.truncatedTo(ChronoUnit.MICROS);
        if (since != null && since.isAfter(now)) {
            throw new IllegalArgumentException("the last run is yet to come");
        }
    }

    public static Moment at(Instant now) { return new Moment(now, null); }
}
