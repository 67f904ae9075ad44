package org.carillon.shop;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A province or state by its two or three letters. In Canada the postal code tells it: its first letter is the province's. */
public final class Region {

    public static final String QUEBEC = "QC";

    private static final Pattern POSTAL_CODE = Pattern.compile("\\b([A-Z])\\d[A-Z] *\\d[A-Z]\\d\\b");
    private static final Map<String, String> PROVINCES = Map.ofEntries(Map.entry("A", "NL"), Map.entry("B", "NS"), Map.entry("C", "PE"), Map.entry("E", "NB"), Map.entry("G", QUEBEC),
        Map.entry("H", QUEBEC), Map.entry("J", QUEBEC), Map.entry("K", "ON"), Map.entry("L", "ON"), Map.entry("M", "ON"), Map.entry("N", "ON"), Map.entry("P", "ON"), Map.entry("R", "MB"),
        Map.entry("S", "SK"), Map.entry("T", "AB"), Map.entry("V", "BC"), Map.entry("X", "NT"), Map.entry("Y", "YT"));

    private Region() { }

    /** What was entered, else what the address tells, else nothing. */
    static String of(String country, String given, String address) {
        if (given != null && !given.isBlank()) {
            return given.strip().toUpperCase(Locale.ROOT);
        }
        Matcher code = POSTAL_CODE.matcher(address == null ? "" : address.toUpperCase(Locale.ROOT));
        return "CA".equals(country) && code.find() ? PROVINCES.getOrDefault(code.group(1), "") : "";
    }
}
