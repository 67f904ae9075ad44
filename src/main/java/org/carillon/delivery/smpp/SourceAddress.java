package org.carillon.delivery.smpp;

import java.text.Normalizer;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;

/** A sender as SMPP wants it: E.164 number, short code or up to 11 letters and figures; empty leaves it to the provider. */
record SourceAddress(TypeOfNumber ton, NumberingPlanIndicator npi, String address) {

    /** @throws IllegalArgumentException for a sender that no phone could show; the message says nothing of it */
    static SourceAddress of(String sender) {
        String text = Normalizer.normalize(sender.strip(), Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        if (text.isEmpty()) return new SourceAddress(TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, "");
        if (text.matches("\\+[0-9]{5,15}")) return new SourceAddress(TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN, text.substring(1));
        if (text.matches("[0-9]{3,8}")) return new SourceAddress(TypeOfNumber.NETWORK_SPECIFIC, NumberingPlanIndicator.UNKNOWN, text);
        if (text.matches("[0-9]{9,15}")) return new SourceAddress(TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN, text);
        if (text.matches("[ -~]{1,11}")) return new SourceAddress(TypeOfNumber.ALPHANUMERIC, NumberingPlanIndicator.UNKNOWN, text);
        throw new IllegalArgumentException("a sender is a number or at most 11 letters and figures");
    }
}
