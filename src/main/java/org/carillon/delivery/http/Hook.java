package org.carillon.delivery.http;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.carillon.delivery.InboundText;
import org.carillon.delivery.Receipt;

/** What a provider's callback to a route means, once it is known to be the provider's. Pure. */
public final class Hook {

    /** The person stopped at the provider; told in a callback where a pool of senders sends. */
    public static final String OPTED_OUT = "21610";

    private static final String EXPIRED = "30036";
    private static final List<String> ON_ITS_WAY = List.of("accepted", "scheduled", "queued", "sending", "sent");

    /** Which of a route's two addresses is meant. */
    public enum Kind { STATUS, INBOUND }

    private final String route;
    private final String publicUrl;
    private final List<String> tokens;

    Hook(String route, HttpSettings settings) {
        this.route = route;
        publicUrl = settings.publicUrl();
        tokens = Stream.of(settings.authToken(), settings.secondToken()).filter(token -> !token.isBlank()).toList();
    }

    /** Where the provider calls, by the configured public address: never what a Host header says. */
    String address(Kind kind) { return address(publicUrl, route, kind); }

    /** @param publicUrl with a slash at its end */
    static String address(String publicUrl, String route, Kind kind) { return publicUrl + "api/v1/hooks/" + route + "/" + kind.name().toLowerCase(Locale.ROOT); }

    /** The same with a reference that comes back with each status: it finds the attempt even where no answer brought an id. */
    String statusOf(int userRef) { return address(Kind.STATUS) + "?ref=" + String.format(Locale.ROOT, "%04x", userRef); }

    /**
     * @param query     as it stands in the request's address, null where there is none
     * @param signature the header, null where it is missing
     */
    public boolean isSigned(Kind kind, String query, Form form, String signature) {
        return signature != null && !publicUrl.isBlank() && !tokens.isEmpty() && Signature.matches(tokens, address(kind) + (query == null ? "" : "?" + query), form, signature);
    }

    /** @throws IllegalArgumentException where it names no message or no state that we know */
    public Receipt receipt(String query, Form form) {
        String sid = form.value("MessageSid").isEmpty() ? form.value("SmsSid") : form.value("MessageSid");
        String status = (form.value("MessageStatus").isEmpty() ? form.value("SmsStatus") : form.value("MessageStatus")).toLowerCase(Locale.ROOT);
        String error = form.value("ErrorCode").matches("[0-9]{1,6}") ? form.value("ErrorCode") : "";
        if (!sid.matches("[A-Za-z0-9_-]{1,64}")) throw new IllegalArgumentException("no message is named");
        Receipt.State state = switch (status) {
            case "delivered", "read" -> Receipt.State.DELIVERED;
            case "undelivered", "failed", "canceled" -> error.equals(EXPIRED) ? Receipt.State.EXPIRED : Receipt.State.UNDELIVERED;
            default -> {
                if (!ON_ITS_WAY.contains(status)) throw new IllegalArgumentException("not a state");
                yield Receipt.State.ACCEPTED;
            }
        };
        return new Receipt(route, sid, reference(query), number(form.value("To")), state, error, null, null);
    }

    /** @throws IllegalArgumentException where nobody wrote it */
    public InboundText text(Form form, Instant now) {
        String sid = form.value("MessageSid").isEmpty() ? form.value("SmsMessageSid") : form.value("MessageSid");
        if (!sid.matches("[A-Za-z0-9_-]{1,64}") || form.value("From").isEmpty() || form.value("From").length() > 40 || form.value("To").length() > 40) {
            throw new IllegalArgumentException("no text");
        }
        return new InboundText(route, sid, number(form.value("From")), number(form.value("To")), form.value("Body"), null, now);
    }

    private static Integer reference(String query) {
        return query != null && query.matches("ref=[0-9a-f]{4}") ? Integer.valueOf(query.substring(4), 16) : null;
    }

    /** A plus sign that was not encoded arrives as a blank. */
    private static String number(String given) { return given.matches("[0-9]{9,15}") ? "+" + given : given; }
}
