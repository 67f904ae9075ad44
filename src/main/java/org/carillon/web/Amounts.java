package org.carillon.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import org.carillon.delivery.Price;

/** Money as a reader writes it, in the currency of the location's country: « 412,80 $ », “$412.80”. */
@Named @ApplicationScoped
public class Amounts {

    private static final int FRACTIONS = 4;
    /** Segments that an editor can show; a text of so many is refused anyway. */
    private static final int MOST = 40;

    private final Current current;

    protected Amounts() { this(null); }

    @Inject
    public Amounts(Current current) { this.current = current; }

    /** Empty for null. */
    public String of(BigDecimal amount, String country) { return amount == null ? "" : format(country).format(amount); }

    /**
     * What so many segments cost, in the currency of the route, with the fractions of a cent; empty where no price is known (MSG-02).
     *
     * @param country null: the currency's own
     */
    public String of(Price segment, long segments, String country) {
        if (segment == null) {
            return "";
        }
        String home = country == null ? segment.currency().getCurrencyCode().substring(0, 2) : country;
        NumberFormat format = format(home);
        if (!segment.currency().equals(format.getCurrency())) {
            format = NumberFormat.getCurrencyInstance(locale(home));
            format.setCurrency(segment.currency());
        }
        Price price = segment.times(segments);
        format.setMinimumFractionDigits(Math.max(0, price.currency().getDefaultFractionDigits()));
        format.setMaximumFractionDigits(Math.max(FRACTIONS, price.currency().getDefaultFractionDigits()));
        return format.format(price.amount());
    }

    /** For the editor's script: a JSON array of what 0, 1, 2... segments cost; empty where no price is known. */
    public String list(Price segment, String country) {
        if (segment == null) {
            return "";
        }
        JsonArrayBuilder costs = Json.createArrayBuilder();
        for (int segments = 0; segments <= MOST; segments++) {
            costs.add(of(segment, segments, country));
        }
        return costs.build().toString();
    }

    private NumberFormat format(String country) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale(country));
        if (format instanceof DecimalFormat decimal && decimal.getDecimalFormatSymbols().getCurrencySymbol().contains("$")) {
            DecimalFormatSymbols symbols = decimal.getDecimalFormatSymbols();
            symbols.setCurrencySymbol("$");  // at home a dollar needs no country
            decimal.setDecimalFormatSymbols(symbols);
        }
        return format;
    }

    private Locale locale(String country) { return new Locale.Builder().setLanguage(current.getLanguage()).setRegion(country).build(); }

    /** A plain count: « 1 043 », “1,043”. */
    public String count(long n) { return NumberFormat.getIntegerInstance(current.getLocale()).format(n); }
}
