package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
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
        return format.format(amount);
    }

    /** A plain count: « 1 043 », “1,043”. */
    public String count(long n) { return NumberFormat.getIntegerInstance(current.getLocale()).format(n); }

    /** Symbol of the currency of a country. */
    public String symbol(String country) {
        return Currency.getInstance(new Locale.Builder().setRegion(country).build()).getSymbol(new Locale.Builder().setLanguage(current.getLanguage()).setRegion(country).build());
    }
}
