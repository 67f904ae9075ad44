package org.carillon.delivery.http;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.Price;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.PublicUrl;
import org.carillon.template.Alphabet;

/**
 * One HTTP route's settings. Without an address the route is absent.
 *
 * @param base             of the provider, without a slash at its end; null where absent
 * @param secondToken      accepted in signatures beside the first while tokens are being changed; may be empty
 * @param sender           where the message gives none; may be empty
 * @param messagingService a pool of senders at the provider; may be empty
 * @param window           submits under way at once (REL-15)
 * @param responseTimeout  for the whole answer; after it a submit's outcome is unknown
 * @param validityCap      the longest validity period that the provider takes (REL-22)
 * @param verdicts         the route's own reading of some codes, see {@link org.carillon.delivery.Verdicts#overriddenBy}
 * @param terms            one submit a message: the provider cuts it
 * @param publicUrl        where this installation is reached by the provider, with a slash at its end; empty: no callbacks
 * @param localAllowed     this machine and its network may be called, by the environment's word and no page's (SEC-11)
 */
public record HttpSettings(URI base, String accountSid, String authToken, String secondToken, String sender, String messagingService, int window,
                           Duration responseTimeout, Duration validityCap, String verdicts, SmsTerms terms, String publicUrl, boolean localAllowed) {

    /**
     * @param given value by name: {@code url}, {@code accountSid}, ...
     * @throws IllegalArgumentException naming the setting that cannot be read
     */
    public static HttpSettings read(Function<String, Optional<String>> given, String publicUrl, boolean localAllowed) {
        URI base = read(given, "url", text -> Destination.of(text, localAllowed), null);
        HttpSettings settings = new HttpSettings(base, text(given, "accountSid"), text(given, "authToken"), text(given, "secondToken"), text(given, "sender"),
            text(given, "messagingService"), number(given, "window", 10, 1000), duration(given, "responseTimeout", Duration.ofSeconds(10), Duration.ofSeconds(60)),
            duration(given, "validityCap", Duration.ofSeconds(36_000), Duration.ofDays(7)), text(given, "verdicts"),
            new SmsTerms(Alphabet.GSM7, LongMessages.PAYLOAD, read(given, "segmentPrice", Price::parse, null)),
            PublicUrl.slashed(publicUrl), localAllowed);
        if (base != null && !settings.accountSid().matches("[A-Za-z0-9_-]{1,64}")) throw new IllegalArgumentException("accountSid cannot be read");
        if (base != null && settings.authToken().isBlank()) throw new IllegalArgumentException("authToken cannot be read");
        return settings;
    }

    public boolean isPresent() { return base != null; }

    /** {@code host:port}. */
    public String peer() { return base == null ? "" : base.getHost() + ":" + (base.getPort() > 0 ? base.getPort() : base.getScheme().equals("https") ? 443 : 80); }

    @Override
    public String toString() { return "http " + peer() + " window " + window; }

    private static String text(Function<String, Optional<String>> given, String name) { return given.apply(name).map(String::strip).orElse(""); }

    private static int number(Function<String, Optional<String>> given, String name, int usual, int most) {
        int value = read(given, name, Integer::parseInt, usual);
        if (value < 1 || value > most) throw new IllegalArgumentException(name + " is not between 1 and " + most);
        return value;
    }

    /** ISO 8601 ({@code PT10S}), at least 10 ms. */
    private static Duration duration(Function<String, Optional<String>> given, String name, Duration usual, Duration most) {
        Duration value = read(given, name, Duration::parse, usual);
        if (value.toMillis() < 10 || value.compareTo(most) > 0) throw new IllegalArgumentException(name + " is out of range");
        return value;
    }

    private static <T> T read(Function<String, Optional<String>> given, String name, Function<String, T> parse, T usual) {
        try {
            return given.apply(name).map(String::strip).filter(text -> !text.isEmpty()).map(parse).orElse(usual);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + " cannot be read", e);
        }
    }
}
