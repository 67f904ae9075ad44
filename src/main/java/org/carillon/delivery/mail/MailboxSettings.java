package org.carillon.delivery.mail;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The mailbox of returns, {@code carillon.bounce.imap.*}. Without a host there is none.
 *
 * @param every            between two looks
 * @param plaintextAllowed speak without TLS beyond this machine (SEC-27)
 */
public record MailboxSettings(String host, int port, String user, String password, MailSettings.Tls tls, String folder, Duration every, boolean plaintextAllowed) {

    /** @param given the value of {@code carillon.bounce.imap.<name>} */
    public static MailboxSettings read(Function<String, Optional<String>> given) {
        MailSettings.Tls tls = given.apply("tls").map(text -> MailSettings.Tls.valueOf(text.strip().toUpperCase(Locale.ROOT))).orElse(MailSettings.Tls.IMPLICIT);
        return new MailboxSettings(given.apply("host").orElse("").strip(), given.apply("port").map(Integer::parseInt).orElse(tls == MailSettings.Tls.IMPLICIT ? 993 : 143),
            given.apply("user").orElse(""), given.apply("password").orElse(""), tls, given.apply("folder").orElse("INBOX"),
            given.apply("every").map(Duration::parse).orElse(Duration.ofMinutes(1)), given.apply("plaintextAllowed").map(Boolean::parseBoolean).orElse(false));
    }

    public boolean isPresent() { return !host.isEmpty(); }

    @Override
    public String toString() { return "imap " + host + ":" + port + " " + tls; }
}
