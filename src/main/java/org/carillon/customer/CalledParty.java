package org.carillon.customer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.shop.OfferHours.Whereabouts;

/**
 * Where the owner of a number may be, from {@code law/number-zones.csv} (REL-55): the country whose law holds, at the clock of every zone that the
 * number's prefix leaves open. A number says where it was given out, not where its owner is; the law asks no more (LAW-09).
 */
public final class CalledParty {

    /** Of an area code that the table does not know: the zones of most people in the country. */
    private static final Map<String, List<String>> WIDE = Map.of(
        "CA", List.of("America/St_Johns", "America/Halifax", "America/Toronto", "America/Winnipeg", "America/Regina", "America/Edmonton", "America/Vancouver"),
        "US", List.of("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu"));
    private static final int LONGEST = 4;
    private static final Map<String, List<ZoneId>> ZONES = read();

    private CalledParty() { }

    /** @return nothing where the number cannot be read: the shop's own place is all that is known then */
    public static List<Whereabouts> of(String e164) {
        String country = PhoneNumber.country(e164);
        if (country == null) {
            return List.of();
        }
        return zones(e164, country).map(zone -> new Whereabouts(country, zone)).toList();
    }

    private static Stream<ZoneId> zones(String e164, String country) {
        for (int length = Math.min(LONGEST, e164.length() - 1); length > 0; length--) {
            List<ZoneId> zones = ZONES.get(e164.substring(1, 1 + length));
            if (zones != null) {
                return zones.stream();
            }
        }
        return WIDE.getOrDefault(country, List.of()).stream().map(ZoneId::of);
    }

    static Map<String, List<ZoneId>> read() {
        Map<String, List<ZoneId>> zones = new HashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(CalledParty.class.getResourceAsStream("/law/number-zones.csv"), StandardCharsets.UTF_8))) {
            in.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).map(line -> line.split(";"))
                .forEach(row -> {
                    List<ZoneId> at = Arrays.stream(row[0].split(" ")).map(ZoneId::of).toList();
                    Arrays.stream(row[1].split(" ")).forEach(prefix -> zones.put(prefix, at));
                });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zones;
    }
}
