package org.carillon.delivery.smpp;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.Price;
import org.carillon.delivery.SmsTerms;
import org.carillon.template.Alphabet;

/**
 * One SMPP route's settings. Without a host the route is absent.
 *
 * @param sender           source address where the message gives none; may be empty
 * @param window           submits under way at once (REL-15)
 * @param responseTimeout  after which a submit's outcome is unknown (REL-13)
 * @param enquireLink      silence after which the peer is asked whether it is there
 * @param terms            what data coding 0 means to this provider (MSG-01, MSG-06), how long texts cross (MSG-05) and what a segment costs (MSG-02)
 * @param receiptIds       how ids in receipts differ from those in answers (REL-23)
 * @param validityCap      the longest validity period that the provider takes (REL-22)
 * @param plaintextAllowed speak without TLS to a public address (SEC-27)
 * @param verdicts         the route's own reading of some codes, see {@link org.carillon.delivery.Verdicts#overriddenBy}
 */
public record SmppSettings(String host, int port, String systemId, String password, String systemType, String sender, int window,
                           Duration responseTimeout, Duration enquireLink, SmsTerms terms, ReceiptIds receiptIds, Duration validityCap,
                           boolean tls, boolean plaintextAllowed, String verdicts) {

    private enum DataCoding { GSM7, LATIN1 }

    /** What becomes of a ç on a route of GSM-7. */
    private enum Cedilla { UCS2, CAPITAL }

    /** @param given a value by name, of {@code carillon.<route>.<name>} or as stored. @throws IllegalArgumentException naming the setting that cannot be read */
    public static SmppSettings read(Function<String, Optional<String>> given) {
        return new SmppSettings(given.apply("host").orElse(""), number(given, "port", 2775, 65535), given.apply("systemId").orElse(""),
            given.apply("password").orElse(""), given.apply("systemType").orElse(""), given.apply("sender").orElse(""),
            number(given, "window", 10, 1000), duration(given, "responseTimeout", Duration.ofSeconds(30)),
            duration(given, "enquireLink", Duration.ofSeconds(30)), terms(given),
            choice(given, "receiptIds", ReceiptIds.SAME), duration(given, "validityCap", Duration.ofHours(72)),
            given.apply("tls").map(Boolean::parseBoolean).orElse(false), given.apply("plaintextAllowed").map(Boolean::parseBoolean).orElse(false),
            given.apply("verdicts").orElse(""));
    }

    private static SmsTerms terms(Function<String, Optional<String>> given) {
        boolean capital = choice(given, "cedilla", Cedilla.UCS2) == Cedilla.CAPITAL;
        Alphabet alphabet = choice(given, "dataCoding", DataCoding.GSM7) == DataCoding.LATIN1 ? Alphabet.LATIN1 : capital ? Alphabet.GSM7_CEDILLA : Alphabet.GSM7;
        return new SmsTerms(alphabet, choice(given, "longMessages", LongMessages.UDH), read(given, "segmentPrice", Price::parse, null));
    }

    public boolean isPresent() { return !host.isBlank(); }

    @Override
    public String toString() { return "smpp " + host + ":" + port + (tls ? " tls" : "") + " window " + window; }

    private static int number(Function<String, Optional<String>> given, String name, int usual, int most) {
        int value = read(given, name, Integer::parseInt, usual);
        if (value < 1 || value > most) throw new IllegalArgumentException(name + " is not between 1 and " + most);
        return value;
    }

    /** ISO 8601 ({@code PT30S}), at least 10 ms. */
    private static Duration duration(Function<String, Optional<String>> given, String name, Duration usual) {
        Duration value = read(given, name, Duration::parse, usual);
        if (value.toMillis() < 10 || value.compareTo(Duration.ofDays(30)) > 0) throw new IllegalArgumentException(name + " is out of range");
        return value;
    }

    private static <E extends Enum<E>> E choice(Function<String, Optional<String>> given, String name, E usual) {
        return read(given, name, text -> {
            for (E one : usual.getDeclaringClass().getEnumConstants()) {
                if (one.name().replace("_", "").equalsIgnoreCase(text)) return one;
            }
            throw new IllegalArgumentException(text);
        }, usual);
    }

    private static <T> T read(Function<String, Optional<String>> given, String name, Function<String, T> parse, T usual) {
        try {
            return given.apply(name).map(String::strip).filter(text -> !text.isEmpty()).map(parse).orElse(usual);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + " cannot be read", e);
        }
    }
}
