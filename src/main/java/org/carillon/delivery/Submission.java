package org.carillon.delivery;

import java.time.Duration;

/**
 * The outcome of one submit.
 *
 * @param code       the provider's code as text ({@code 0x0000000B}, {@code 550 5.1.1}), empty where there was none
 * @param providerId the provider's message id, null unless ACCEPTED
 * @param detail     short, without texts, full numbers or raw banners
 * @param retryAfter of a THROTTLE: how long the provider asks to be left alone; null where it does not say
 */
public record Submission(Verdict verdict, String code, String providerId, String detail, Duration retryAfter) {

    public Submission(Verdict verdict, String code, String providerId, String detail) { this(verdict, code, providerId, detail, null); }

    public static Submission notSent(String detail) { return new Submission(Verdict.NOT_SENT, "", null, detail); }

    public static Submission unknown(String detail) { return new Submission(Verdict.UNKNOWN, "", null, detail); }
}
