package org.carillon.web;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** Where a message went, as people write it: a number in its country's groups, an e-mail address as it is. */
@Named @ApplicationScoped
public class Recipients {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /** Whose it is can be told by whoever knows the number, and by nobody else: « +1 •••-•••-••42 », “n•••@example.com”. */
    public String masked(String address) {
        if (address == null || !address.startsWith("+")) {
            return address == null || address.isEmpty() ? "" : address.charAt(0) + "•••" + address.substring(Math.max(1, address.lastIndexOf('@')));
        }
        String shown = show(address);
        int open = Math.max(0, shown.indexOf(' '));
        return shown.substring(0, open) + shown.substring(open, shown.length() - 2).replaceAll("[0-9]", "•") + shown.substring(shown.length() - 2);
    }

    /** « +1 514-555-0142 » for +15145550142; what is no number stays as it is. */
    public String show(String address) {
        if (address == null || !address.startsWith("+")) {
            return address == null ? "" : address;
        }
        try {
            Phonenumber.PhoneNumber number = NUMBERS.parse(address, null);
            return NUMBERS.format(number, PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException e) {
            return address;
        }
    }
}
