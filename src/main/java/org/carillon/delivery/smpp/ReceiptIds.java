package org.carillon.delivery.smpp;

import java.math.BigInteger;
import java.util.Locale;

/**
 * Some providers give a message's id in hexadecimal in the submit's answer and in decimal in the receipt, or the other way round (REL-23). On
 * such a route both are brought to one form, without leading zeros and in capitals; an id that is no such number stays as it is.
 */
public enum ReceiptIds {
    SAME(10, 10), HEX_TO_DECIMAL(16, 10), DECIMAL_TO_HEX(10, 16);

    private final int inReceipt, inAnswer;

    ReceiptIds(int inReceipt, int inAnswer) {
        this.inReceipt = inReceipt;
        this.inAnswer = inAnswer;
    }

    /** The id of a receipt in the form of the answer's. */
    public String ofReceipt(String id) { return convert(id, inReceipt); }

    /** The id of an answer as it is kept. */
    public String ofAnswer(String id) { return convert(id, inAnswer); }

    private String convert(String id, int radix) {
        try {
            return this == SAME || id.startsWith("-") ? id : new BigInteger(id, radix).toString(inAnswer).toUpperCase(Locale.ROOT);
        } catch (NumberFormatException e) {
            return id;
        }
    }
}
