package org.carillon.simulator;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;

/**
 * One thing that the simulator does wrong.
 *
 * @param rate      share of the matching events that it strikes, 0 to 1
 * @param times     how many events it strikes before it is spent; 0 for no end
 * @param to        only for this recipient; empty for all
 * @param part      only for this part of a long message; 0 for all
 * @param status    command_status (SMPP), reply code (SMTP) or status (HTTP)
 * @param millis    how long to wait
 * @param perSecond how many submits a second are taken before the rest is throttled
 * @param when      SMPP disconnect: BEFORE or AFTER the message is taken; SMTP: CONNECT, AUTH, MAIL, RCPT, DATA or BODY (after the final dot)
 * @param text      receipt: the state, such as UNDELIV; SMTP: the text after the code
 * @param error     receipt: the error code, such as 011
 * @param copies    receipt: how many are sent; 0 for none
 * @param early     receipt: sent before the answer to the submit
 * @param id        receipt: AS_GIVEN, HEX, or FOREIGN (an id that nobody knows)
 */
public record Fault(Kind kind, double rate, int times, String to, int part, int status, long millis, int perSecond, String when, String text, String error,
                    int copies, boolean early, String id) {

    /** What goes wrong. */
    public enum Kind {
        /** A bind is refused with {@code status}. */
        BIND,
        /** A submit is refused with {@code status}; nothing reaches the phone. */
        ERROR,
        /** A submit is answered by generic_nack with {@code status}. */
        NACK,
        /** Submits beyond {@code perSecond} are answered RTHROTTLED, or 429 with Retry-After: 1. */
        THROTTLE,
        /** The answer comes {@code millis} late. */
        DELAY,
        /** A submit is answered twice. */
        TWICE,
        /** The message is taken and never answered. */
        SILENCE,
        /** The connection is cut instead of an answer; the message was taken if {@code when} is AFTER. */
        DISCONNECT,
        /** Receipts come {@code millis} late, {@code copies} times, with another state, too early, or under another id. */
        RECEIPT,
        /** HTTP: a submit ({@code when} BEFORE it is taken or AFTER) or a LIST is answered with {@code status}; {@code error}: the provider's own code, {@code text}: the whole body
         * instead, {@code millis}: Retry-After. */
        HTTP,
        /** enquire_link stays unanswered. */
        NO_LINK,
        /** SMTP: {@code when} is answered with {@code status}, or {@code millis} late when status is 0. */
        MAIL,
        /** SMTP: the connection is cut at {@code when}. */
        MAIL_DISCONNECT
    }

    public static Fault of(JsonObject json) {
        Kind kind = Kind.valueOf(json.getString("kind").toUpperCase(Locale.ROOT));
        return new Fault(kind, json.containsKey("rate") ? json.getJsonNumber("rate").doubleValue() : 1, json.getInt("times", 0), json.getString("to", ""),
            json.getInt("part", 0), status(json.get("status"), kind), json.getInt("millis", 0), json.getInt("perSecond", 0),
            json.getString("when", kind == Kind.MAIL || kind == Kind.MAIL_DISCONNECT ? "RCPT" : kind == Kind.HTTP ? "BEFORE" : "AFTER").toUpperCase(Locale.ROOT),
            json.getString("text", ""), json.getString("error", ""), json.getInt("copies", 1), json.getBoolean("early", false),
            json.getString("id", "AS_GIVEN").toUpperCase(Locale.ROOT));
    }

    boolean concerns(String recipient, int partNo) {
        return (to.isEmpty() || to.equalsIgnoreCase(recipient) || !Phones.digits(to).isEmpty() && Phones.digits(to).equals(Phones.digits(recipient)))
            && (part == 0 || part == partNo);
    }

    private static int status(JsonValue value, Kind kind) {
        if (value instanceof JsonString text) {
            return Integer.decode(text.getString());
        }
        if (value instanceof JsonNumber number) {
            return number.intValue();
        }
        return switch (kind) {
            case BIND -> 0x0D;
            case ERROR, NACK -> 0x08;
            case THROTTLE -> 0x58;
            case HTTP -> 500;
            default -> 0;
        };
    }
}
