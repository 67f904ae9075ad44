package org.carillon.delivery;

import java.time.Duration;
import java.util.UUID;

/**
 * One part on its way: all that a gateway needs, frozen when the attempt was committed.
 *
 * @param wireRef     the attempt's reference: the SMPP user_message_reference is its low 16 bits, SMTP keeps it in a header
 * @param recipient   E.164 or an e-mail address
 * @param sender      SMS source address (may be empty: the route's default) or the e-mail From
 * @param validity    time left until expiry, for the provider's own validity period (REL-22)
 * @param writeBefore {@link System#nanoTime()} value after which nothing may be written (T6: 5 s after the commit)
 */
public record Outgoing(UUID wireRef, long messageId, int partNo, String recipient, String sender, Content content, Duration validity, long writeBefore) {

    private static final Duration WRITE_WITHIN = Duration.ofSeconds(5);
    /** What may be under way at an expiry, a cancellation or an opt-out (reliability.md 1.1). */
    private static final Duration SENT_WITHIN = Duration.ofSeconds(30);

    /** {@link System#nanoTime()} value after which the last byte may not be written: 30 s after the commit, or the expiry. Matters where one submit is a dialogue. */
    public long finishBefore() {
        Duration left = validity.compareTo(SENT_WITHIN) < 0 ? validity : SENT_WITHIN;
        return writeBefore - WRITE_WITHIN.toNanos() + left.toNanos();
    }

    public sealed interface Content permits Sms, Mail { }

    /**
     * One SMS segment, or the whole text where one submit holds it.
     *
     * @param ucs2      encoding: UCS-2 when true, else that of the terms
     * @param text      this part's characters; the gateway encodes them for its data coding (MSG-06)
     * @param concatRef reference shared by the parts, 0..255; unused where {@code parts} is 1
     * @param terms     under which it was counted; the route may have others by now
     */
    public record Sms(boolean ucs2, String text, int concatRef, int partNo, int parts, SmsTerms terms) implements Content { }

    /**
     * One e-mail.
     *
     * @param messageId fixed at creation and reused on every attempt (MSG-12), without angle brackets
     * @param offer     marketing to a customer: it tells how to stop it in its headers too (LAW-17)
     */
    public record Mail(String messageId, String subject, String text, String replyTo, boolean offer) implements Content {

        public Mail(String messageId, String subject, String text, String replyTo) { this(messageId, subject, text, replyTo, false); }
    }
}
