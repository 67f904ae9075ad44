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
