package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;

/** Money as a reader writes it, in the currency of the location's country: « 412,80 $ », “$412.80”. */
@Named @ApplicationScoped
public class Amounts {

    private final Current current;

    protected Amounts() { this(null); }

    @Inject
    public Amounts(Current current) { this.current = current; }

    /** Empty for null. */
    public String of(BigDecimal amount, String country) {
        if (amount == null) {
            return "";
        }
        NumberFormat format = NumberFormat.getCurrencyInstance(new Locale.Builder().setLanguage(current.getLanguage()).setRegion(country).build());
        if (format instanceof DecimalFormat decimal && decimal.getDecimalFormatSymbols().getCurrencySymbol().contains("$")) {
            DecimalFormatSymbols symbols = decimal.getDecimalFormatSymbols();
            symbols.setCurrencySymbol("$");  // at home a dollar needs no country
            decimal.setDecimalFormatSymbols(symbols);
        }
        return format.format(amount);
    }

    /** A plain count: « 1 043 », “1,043”. */
    public String count(long n) { return NumberFormat.getIntegerInstance(current.getLocale()).format(n); }
}
