package org.carillon.alert;

import org.carillon.fact.Invalid;

/**
 * One of a location's alerts.
 *
 * @param openHours how long after the due date, or without a change, counted on the location's opening hours; 0 is at once
 */
public record AlertRule(AlertKind kind, boolean active, int openHours) {

    /** The longest that may be waited for: about a quarter of a year of a shop's hours. */
    public static final int LONGEST = 500;

    /** @throws Invalid naming {@code overdue} or {@code untouched} */
    public AlertRule {
        if (kind == AlertKind.OVERDUE && (openHours < 0 || openHours > LONGEST)) {
            throw new Invalid("overdue", "alert.overdue", LONGEST);
        }
        if (kind == AlertKind.UNTOUCHED && (openHours < 1 || openHours > LONGEST)) {
            throw new Invalid("untouched", "alert.untouched", LONGEST);
        }
    }

    /** What holds where nobody has said anything: shown as it is applied (P-39). */
    public static AlertRule standard(AlertKind kind) { return new AlertRule(kind, false, kind == AlertKind.UNTOUCHED ? 8 : 0); }
}
