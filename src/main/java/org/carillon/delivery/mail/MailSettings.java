package org.carillon.delivery.mail;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One SMTP route's settings. Without a host the route is absent.
 *
 * @param user               empty: no sign-in
 * @param from               From and envelope sender where the message names none
 * @param connections        kept open at most; also how many messages may be under way at once
 * @param perConnection      messages after which a connection is replaced
 * @param responseTimeout    for each answer of the server; after the final dot an outcome is then unknown
 * @param idle               after which an unused connection is closed
 * @param plaintextAllowed   speak without TLS beyond this machine (SEC-27)
 * @param verdicts           the route's own reading of some codes, see {@link org.carillon.delivery.Verdicts#overriddenBy}
 */
public record MailSettings(String host, int port, String user, String password, Tls tls, String from, int connections, int perConnection,
                           Duration responseTimeout, Duration idle, boolean plaintextAllowed, String verdicts) {

    public enum Tls {
        STARTTLS(587), IMPLICIT(465), NONE(25);

        private final int usualPort;

        Tls(int usualPort) { this.usualPort = usualPort; }
    }

    /** @param given a value by name, of {@code carillon.<route>.<name>} or as stored. @throws IllegalArgumentException naming the setting that cannot be read */
    public static MailSettings read(Function<String, Optional<String>> given) {
        Tls tls = value(given, "tls", text -> Tls.valueOf(text.toUpperCase(Locale.ROOT)), Tls.STARTTLS);
        return new MailSettings(given.apply("host").orElse(""), number(given, "port", tls.usualPort, 65535), given.apply("user").orElse(""),
            given.apply("password").orElse(""), tls, given.apply("from").orElse(""), number(given, "connections", 4, 100),
            number(given, "perConnection", 100, 100_000), duration(given, "responseTimeout", Duration.ofSeconds(60)),
            duration(given, "idle", Duration.ofSeconds(20)), given.apply("plaintextAllowed").map(Boolean::parseBoolean).orElse(false),
            given.apply("verdicts").orElse(""));
    }

    public boolean isPresent() { return !host.isBlank(); }

    @Override
    public String toString() { return "smtp " + host + ":" + port + " " + tls + " connections " + connections; }

    private static int number(Function<String, Optional<String>> given, String name, int usual, int most) {
        int value = value(given, name, Integer::parseInt, usual);
        if (value < 1 || value > most) throw new IllegalArgumentException(name + " is not between 1 and " + most);
        return value;
    }

    /** ISO 8601 ({@code PT30S}), 10 ms to 10 minutes. */
    private static Duration duration(Function<String, Optional<String>> given, String name, Duration usual) {
        Duration value = value(given, name, Duration::parse, usual);
        if (value.toMillis() < 10 || value.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(name + " is not between PT0.01S and PT10M");
        }
        return value;
    }

    private static <T> T value(Function<String, Optional<String>> given, String name, Function<String, T> parse, T usual) {
        try {
            return given.apply(name).map(String::strip).filter(text -> !text.isEmpty()).map(parse).orElse(usual);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + " cannot be read", e);
        }
    }
}
