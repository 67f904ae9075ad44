package org.carillon.delivery;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.carillon.fact.Invalid;

/**
 * One setting of a protocol's routes, as a page asks for it. Names are those of {@code carillon.<route>.<name>}.
 *
 * @param usual   what holds where nothing is given; shown as a hint
 * @param choices of a CHOICE, as they are written; else empty
 * @param address decides whom Carillon calls: administrators only
 */
public record Setting(String name, Kind kind, boolean required, String usual, BigDecimal least, BigDecimal most, List<String> choices, boolean address) {

    public enum Kind { TEXT, HOST, URL, SECRET, NUMBER, DECIMAL, DURATION, CHOICE, FLAG, PRICE, VERDICTS }

    private static final int LONGEST = 500;

    public static Setting text(String name) { return new Setting(name, Kind.TEXT, false, "", null, null, List.of(), false); }

    public static Setting host(String name) { return new Setting(name, Kind.HOST, true, "", null, null, List.of(), true); }

    /** Where the provider is reached: https, without a name or a question in it. */
    public static Setting url(String name) { return new Setting(name, Kind.URL, true, "", null, null, List.of(), true); }

    public static Setting secret(String name) { return new Setting(name, Kind.SECRET, false, "", null, null, List.of(), false); }

    public static Setting number(String name, String usual, long least, long most) {
        return new Setting(name, Kind.NUMBER, false, usual, BigDecimal.valueOf(least), BigDecimal.valueOf(most), List.of(), false);
    }

    /** Submits a second that the provider allows, all nodes together. */
    public static Setting rate() { return new Setting("rate", Kind.DECIMAL, false, "", BigDecimal.ONE, BigDecimal.valueOf(10_000), List.of(), false); }

    /** ISO 8601, between so many seconds. */
    public static Setting duration(String name, String usual, double least, long most) {
        return new Setting(name, Kind.DURATION, false, usual, BigDecimal.valueOf(least), BigDecimal.valueOf(most), List.of(), false);
    }

    /** The first is the usual one. */
    public static Setting choice(String name, String... choices) { return new Setting(name, Kind.CHOICE, false, choices[0], null, null, List.of(choices), false); }

    public static Setting flag(String name) { return new Setting(name, Kind.FLAG, false, "false", null, null, List.of(), false); }

    public static Setting price(String name) { return new Setting(name, Kind.PRICE, false, "", null, null, List.of(), false); }

    public static Setting verdicts() { return new Setting("verdicts", Kind.VERDICTS, false, "", null, null, List.of(), false); }

    /** The same, without which the route cannot be. */
    public Setting needed() { return new Setting(name, kind, true, usual, least, most, choices, address); }

    /** The same, for administrators only. */
    public Setting guarded() { return new Setting(name, kind, required, usual, least, most, choices, true); }

    public boolean secret() { return kind == Kind.SECRET; }

    /** @throws Invalid about this setting */
    public void judge(Protocol protocol, String given) {
        if (given == null || given.isBlank()) {
            if (required) {
                throw new Invalid(name, "required");
            }
            return;
        }
        if (given.length() > LONGEST || given.chars().anyMatch(Character::isISOControl)) {
            throw new Invalid(name, "route.text", LONGEST);
        }
        switch (kind) {
            case HOST -> refuse(!given.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[?[0-9A-Fa-f:]{2,39}]?"), "route.host", given);
            case URL -> refuse(!given.matches("https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?"), "route.url", given);
            case NUMBER, DECIMAL -> number(given);
            case DURATION -> duration(given);
            case CHOICE -> refuse(!choices.contains(given), "route.choice", given);
            case FLAG -> refuse(!given.equals("true") && !given.equals("false"), "route.choice", given);
            case PRICE -> amount(given);
            case VERDICTS -> Verdicts.judgePairs(name, protocol, given);
            default -> { }
        }
    }

    private void number(String given) {
        BigDecimal value;
        try {
            value = kind == Kind.NUMBER ? BigDecimal.valueOf(Integer.parseInt(given)) : new BigDecimal(given);
        } catch (NumberFormatException e) {
            throw new Invalid(name, "route.number", least, most);
        }
        refuse(value.compareTo(least) < 0 || value.compareTo(most) > 0, "route.number", least, most);
    }

    private void duration(String given) {
        BigDecimal seconds;
        try {
            seconds = BigDecimal.valueOf(Duration.parse(given).toMillis()).movePointLeft(3);
        } catch (java.time.DateTimeException | ArithmeticException e) {
            throw new Invalid(name, "route.duration", given);
        }
        refuse(seconds.compareTo(least) < 0 || seconds.compareTo(most) > 0, "route.duration", given);
    }

    private void amount(String given) {
        try {
            Price.parse(given);
        } catch (RuntimeException e) {
            throw new Invalid(name, "route.price", given);
        }
    }

    private void refuse(boolean wrong, String key, Object... arguments) {
        if (wrong) {
            throw new Invalid(name, key, arguments);
        }
    }
}
