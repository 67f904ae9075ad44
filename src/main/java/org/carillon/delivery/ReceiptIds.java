package org.carillon.delivery;

import java.math.BigInteger;
import java.util.Locale;

/** How a route's receipts write the id that its answers gave: some write the same number to the other base (REL-23). */
public enum ReceiptIds {
    AS_GIVEN, DECIMAL_OF_HEX, HEX_OF_DECIMAL;

    /** The id as the answer to the submit had it; what is no number stays as it is. */
    public String answered(String inReceipt) {
        try {
            return switch (this) {
                case AS_GIVEN -> inReceipt;
                case DECIMAL_OF_HEX -> new BigInteger(inReceipt, 10).toString(16).toUpperCase(Locale.ROOT);
                case HEX_OF_DECIMAL -> new BigInteger(inReceipt, 16).toString(10);
            };
        } catch (NumberFormatException e) {
            return inReceipt;
        }
    }
}
