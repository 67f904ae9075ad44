package org.carillon.delivery;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How long delivery waits for what (reliability.md section 1). Settings, so that tests need not wait.
 *
 * @param lease    how long a claim holds, on the application clock
 * @param margin   what must be left of the lease when an attempt is committed (T6)
 * @param recovery after the lease, before a dead node's SENDING becomes UNKNOWN (T11)
 * @param dead     without heartbeat, in the database's time, until a node counts as dead
 * @param grace    before the policy decides on an UNKNOWN outcome
 * @param answer   from an attempt's commit until a gateway's answer counts as missing; longer than the gateways' own timeouts usually are
 * @param receipts how long receipts are waited for, and unmatched ones kept
 */
public record Deadlines(Duration lease, Duration margin, Duration recovery, Duration dead, Duration grace, Duration answer,
                        Duration receipts) {

    public static final Deadlines DEFAULT = new Deadlines(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(30),
        Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofHours(72));

    /** From {@code carillon.delivery.lease}, {@code .margin}, {@code .recovery}, {@code .dead}, {@code .grace}, {@code .answer}, {@code .receipts}: {@code PT60S}. */
    public static Deadlines from(Config config) {
        return new Deadlines(of(config, "lease", DEFAULT.lease), of(config, "margin", DEFAULT.margin), of(config, "recovery", DEFAULT.recovery),
            of(config, "dead", DEFAULT.dead), of(config, "grace", DEFAULT.grace), of(config, "answer", DEFAULT.answer),
            of(config, "receipts", DEFAULT.receipts));
    }

    private static Duration of(Config config, String name, Duration otherwise) {
        return config.getOptionalValue("carillon.delivery." + name, String.class).map(Duration::parse).orElse(otherwise);
    }
}
