package org.carillon.shop;

import java.util.regex.Pattern;

/** In whose name a location's e-mails leave: an address, alone or as {@code Name <address>}. */
public final class MailSender {

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String ADDRESS = "(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@(?:" + LABEL + "\\.)+" + LABEL;
    // outside of quotes a name holds nothing that an address list means something by
    private static final String NAME = "\"[^\"\\\\\\p{Cntrl}]{1,100}\"|[^\"\\\\\\p{Cntrl}(),:;<>@\\[\\]]{1,100}";
    private static final Pattern SENDER = Pattern.compile(ADDRESS + "|(?:(?:" + NAME + ") ?)?<" + ADDRESS + ">");
    private static final int LONGEST = 254;

    private MailSender() { }

    /** Whether an e-mail can carry it as its From: stricter than the gateway, which has the last word. */
    public static boolean writable(String sender) { return sender.length() <= LONGEST && SENDER.matcher(sender).matches(); }
}
