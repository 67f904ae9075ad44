package org.carillon.customer;

import java.net.IDN;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** An e-mail address as given, with the form that is written to: trimmed, its domain in lower case. {@code address} is null where it cannot be used. */
public record EmailAddress(String raw, String address) {

    private static final int LONGEST = 254;
    private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

    /** Takes what servers take everywhere: no quoted local parts, no comments, no address literals; a line break or NUL anywhere refuses it (MSG-11). */
    public static EmailAddress parse(String raw) {
        String given = Objects.toString(raw, "");
        // before any pattern sees it, so that a huge text costs nothing
        if (given.length() > LONGEST + 66 || given.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            return new EmailAddress(given, null);
        }
        String trimmed = given.strip();
        int at = trimmed.lastIndexOf('@');
        String domain = at < 0 ? "" : ascii(trimmed.substring(at + 1));
        String local = at < 0 ? "" : trimmed.substring(0, at);
        boolean usable = local.length() <= 64 && LOCAL.matcher(local).matches() && DOMAIN.matcher(domain).matches()
            && local.length() + 1 + domain.length() <= LONGEST;
        return new EmailAddress(given, usable ? local + "@" + domain : null);
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    public boolean usable() { return address != null; }
}
