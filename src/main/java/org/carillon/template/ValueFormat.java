package org.carillon.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.carillon.fact.Channel;

/**
 * Dates, times and amounts as people write them. Nothing here brings a no-break space into an SMS: Java's own French formats do, and one of them
 * makes three segments of one (ui.md section 7).
 */
public final class ValueFormat {

    private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.FRENCH);
    private static final DateTimeFormatter FIRST = DateTimeFormatter.ofPattern("d'er' MMMM uuuu", Locale.FRENCH);
    private static final DateTimeFormatter ENGLISH = DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter BRITISH = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK_12 = DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK_24 = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private ValueFormat() { }

    public static String of(Object value, String language, String country, Channel channel) {
        boolean french = "fr".equals(language);
        boolean american = "US".equals(country) || "CA".equals(country);
        String text = value.toString();
        if (value instanceof LocalDate date) {
            text = (french ? date.getDayOfMonth() == 1 ? FIRST : FRENCH : american ? ENGLISH : BRITISH).format(date);
        } else if (value instanceof LocalTime time) {
            text = french ? time.getHour() + " h " + (time.getMinute() < 10 ? "0" : "") + time.getMinute() : (american ? CLOCK_12 : CLOCK_24).format(time);
        } else if (value instanceof Double number) {  // 15 digits hold every one that is kept; an amount of money is no Double
            String plain = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            text = french ? plain.replace('.', ',') : plain;
        } else if (value instanceof BigDecimal amount) {
            text = money(amount, french, country);
        }
        // the one month that GSM-7 cannot spell; a customer reads "aout" as August, and pays nothing for the accent
        return channel == Channel.SMS ? text.replace("ao\u00fbt", "aout") : text;
    }

    private static String money(BigDecimal amount, boolean french, String country) {
        String symbol = switch (country) { case "CA", "US" -> "$"; case "CH" -> "CHF"; case "GB" -> "\u00a3"; default -> "\u20ac"; };
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setDecimalSeparator(french ? ',' : '.');
        symbols.setGroupingSeparator(french ? ' ' : ',');
        BigDecimal rounded = amount.setScale(2, RoundingMode.HALF_UP);
        String number = new DecimalFormat("#,##0.00", symbols).format(rounded.abs());
        String sign = rounded.signum() < 0 ? "-" : "";
        return sign + (french ? number + " " + symbol : symbol.length() > 1 ? symbol + " " + number : symbol + number);
    }
}
