package org.carillon.delivery;

import java.net.URI;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * Message-IDs of e-mails (MSG-12), fixed at a message's creation. They end in the domain that the letter comes from: other mail servers distrust
 * what claims to come from localhost.
 *
 * @param usual domain where a message names no sender
 */
record MailIds(String usual) {

    /** For what never creates a message, and for tests. */
    static final MailIds LOCAL = new MailIds("localhost");

    private static final Pattern DOMAIN = Pattern.compile("@([A-Za-z0-9.-]+)>?\\s*$");

    static MailIds from(Config config) {
        return of(config.getOptionalValue("carillon.smtp.from", String.class).orElse(""), config.getOptionalValue("carillon.publicUrl", String.class).orElse(""));
    }

    /**
     * @param usualFrom the route's From; may be empty
     * @param publicUrl where this installation is reached; may be empty
     */
    static MailIds of(String usualFrom, String publicUrl) { return new MailIds(domain(usualFrom, host(publicUrl))); }

    /** A new one, without angle brackets. @param sender the message's From, an address or {@code Name <address>}; may be empty */
    String next(String sender) { return UUID.randomUUID() + "@" + domain(sender, usual); }

    private static String domain(String from, String otherwise) {
        Matcher matcher = DOMAIN.matcher(from);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null || !host.matches("[A-Za-z0-9.-]+") ? LOCAL.usual : host;
        } catch (IllegalArgumentException e) {
            return LOCAL.usual;
        }
    }
}
