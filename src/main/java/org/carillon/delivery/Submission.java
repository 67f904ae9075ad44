package org.carillon.delivery;

/**
 * The outcome of one submit.
 *
 * @param code       the provider's code as text ({@code 0x0000000B}, {@code 550 5.1.1}), empty where there was none
 * @param providerId the provider's message id, null unless ACCEPTED
 * @param detail     short, without texts, full numbers or raw banners
 */
public record Submission(Verdict verdict, String code, String providerId, String detail) {

    public static Submission notSent(String detail) { return new Submission(Verdict.NOT_SENT, "", null, detail); }

    public static Submission unknown(String detail) { return new Submission(Verdict.UNKNOWN, "", null, detail); }
}
