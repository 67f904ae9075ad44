package org.carillon.shop;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** When offers may arrive, by country, from {@code law/offer-hours.json} (LAW-08 to 10): engineering defaults, not legal advice. */
public final class OfferLaw {

    /** What the law of one country lets through. */
    public record Rule(OpeningHours hours, Holidays holidays) { }

    private static final Map<String, Rule> RULES = read();

    private OfferLaw() { }

    /** @param country ISO 3166-1 alpha-2; of one that the table does not know, what every country in it allows */
    public static Rule of(String country) { return RULES.getOrDefault(country, RULES.get("*")); }

    static BusinessCalendar calendar(String country, ZoneId zone) {
        Rule rule = of(country);
        return new BusinessCalendar(rule.hours(), rule.holidays(), zone);
    }

    private static Map<String, Rule> read() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        try (InputStream in = OfferLaw.class.getResourceAsStream("/law/offer-hours.json");
             JsonReader reader = Json.createReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.readObject().forEach((countries, value) -> {
                JsonObject rule = value.asJsonObject();
                Rule read = new Rule(OpeningHours.parse(rule.get("hours").toString()), Holidays.parse(rule.get("holidays").toString()));
                for (String country : countries.split(" ")) {
                    rules.put(country, read);
                }
            });
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return rules;
    }
}
