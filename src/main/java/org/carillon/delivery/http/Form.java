package org.carillon.delivery.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A form as it crosses the wire: names in order, each with the values given, in order and once each, as signatures take them. */
public record Form(SortedMap<String, TreeSet<String>> values) {

    private static final int MOST = 200;

    /** {@code application/x-www-form-urlencoded}. @throws IllegalArgumentException where it is none, or has more than 200 fields */
    public static Form parse(String body) {
        SortedMap<String, TreeSet<String>> values = new TreeMap<>();
        String[] pairs = body.split("&", MOST + 1);
        if (pairs.length > MOST) throw new IllegalArgumentException("too many fields");
        for (String pair : pairs) {
            if (pair.isEmpty()) continue;
            int at = pair.indexOf('=');
            values.computeIfAbsent(decode(at < 0 ? pair : pair.substring(0, at)), name -> new TreeSet<>()).add(at < 0 ? "" : decode(pair.substring(at + 1)));
        }
        return new Form(values);
    }

    static String written(Map<String, String> values) {
        return values.entrySet().stream().map(e -> encode(e.getKey()) + "=" + encode(e.getValue())).collect(Collectors.joining("&"));
    }

    static String encode(String text) { return URLEncoder.encode(text, StandardCharsets.UTF_8); }

    private static String decode(String text) { return URLDecoder.decode(text, StandardCharsets.UTF_8); }

    /** Empty where it is missing or given with several values. */
    public String value(String name) {
        List<String> all = List.copyOf(values.getOrDefault(name, new TreeSet<>()));
        return all.size() == 1 ? all.get(0).strip() : "";
    }
}
