package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carillon.fact.PublicUrl;
import org.carillon.shop.Seals;
import org.eclipse.microprofile.config.Config;

/**
 * What an e-mail carries so that its way back is known: a return path of its own (MSG-13) and, on offers, the links that stop them (LAW-17).
 * {@code carillon.bounce.domain} is the domain whose mail comes to our mailbox, {@code carillon.bounce.local} what its addresses begin with; without
 * the domain there is no return path of ours and no mailto link.
 */
@ApplicationScoped
public class Postmarks {

    /** For what sends no e-mail, and for tests. */
    public static final Postmarks NONE = new Postmarks();

    /** What a returning address was made for. */
    public enum Kind { BOUNCE, STOP }

    public record Mark(Kind kind, long messageId) { }

    private final Seals seals;
    private final String url;
    private final String domain;
    private final String local;

    protected Postmarks() { this(null, name -> Optional.empty()); }

    @Inject
    public Postmarks(Seals seals, Config config) { this(seals, name -> config.getOptionalValue(name, String.class)); }

    public Postmarks(Seals seals, Function<String, Optional<String>> given) {
        this.seals = seals;
        this.url = PublicUrl.slashed(given.apply("carillon.publicUrl").orElse(""));
        this.domain = given.apply("carillon.bounce.domain").orElse("").strip().toLowerCase(Locale.ROOT);
        this.local = given.apply("carillon.bounce.local").orElse("bounce").strip().toLowerCase(Locale.ROOT);
        if (!domain.isEmpty() && !(local + "@" + domain).matches("[a-z0-9.-]{1,10}@[a-z0-9.-]{1,200}")) {
            throw new IllegalArgumentException("carillon.bounce.local (at most 10 characters) and carillon.bounce.domain make no address");
        }
    }

    /** The envelope sender of this message, empty where bounces have no mailbox. */
    public String returnPath(long messageId) { return returns() ? local + "+" + seals.seal(Seals.Use.RETURN_PATH, messageId) + "@" + domain : ""; }

    /** The addresses of the List-Unsubscribe header, the web's first. */
    public List<String> unsubscribe(long messageId) {
        String token = links() || returns() ? seals.seal(Seals.Use.UNSUBSCRIBE, messageId) : "";
        return Stream.of(links() ? url + "hooks/unsubscribe/" + token : "", returns() ? "mailto:" + local + "-stop+" + token + "@" + domain + "?subject=unsubscribe" : "")
            .filter(link -> !link.isEmpty()).toList();
    }

    /** The page behind the link in the text, in the recipient's language; empty without a public address. */
    public String page(long messageId, String language) {
        return links() ? url + "open/unsubscribe.xhtml?l=" + language + "&t=" + seals.seal(Seals.Use.UNSUBSCRIBE, messageId) : "";
    }

    /** The message that an unsubscribe link came with. */
    public OptionalLong linked(String token) { return seals == null ? OptionalLong.empty() : seals.open(Seals.Use.UNSUBSCRIBE, token); }

    /** The first address of ours in a text, such as headers of what came back, whose token is genuine (a forged one is as good as none). */
    public Optional<Mark> find(String text) {
        if (!returns()) {
            return Optional.empty();
        }
        Matcher addresses = Pattern.compile("(?i)" + Pattern.quote(local) + "(-stop)?[+=]([0-9a-f]{48})(?![0-9a-z])").matcher(text);
        return addresses.results().flatMap(found -> {
            Kind kind = found.group(1) == null ? Kind.BOUNCE : Kind.STOP;
            OptionalLong id = seals.open(kind == Kind.BOUNCE ? Seals.Use.RETURN_PATH : Seals.Use.UNSUBSCRIBE, found.group(2).toLowerCase(Locale.ROOT));
            return id.isPresent() ? Stream.of(new Mark(kind, id.getAsLong())) : Stream.empty();
        }).findFirst();
    }

    private boolean returns() { return seals != null && !domain.isEmpty(); }

    private boolean links() { return seals != null && !url.isEmpty(); }
}
