package org.carillon.delivery;

/** How far a conversation with a provider had come when the answer, or the silence, arrived. */
public enum Phase {
    // SMPP
    /** bind_resp: no message is concerned yet. */
    BIND,
    /** submit_sm_resp, or none. */
    SUBMIT,
    /** A generic_nack with our sequence number. */
    NACK,
    // SMTP
    /** Connecting, greeting, EHLO and STARTTLS, and for HTTP all that comes before the first byte of the request: no message is concerned yet. */
    CONNECT,
    AUTH,
    /** MAIL FROM. */
    SENDER,
    /** RCPT TO. */
    RECIPIENT,
    /** DATA and the text, up to the final dot. */
    DATA,
    /** From the first byte of the final dot on. */
    AFTER_DOT,
    // HTTP
    /** From the first byte of the request on. */
    REQUEST
}
