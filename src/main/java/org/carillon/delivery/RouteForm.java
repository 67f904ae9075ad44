package org.carillon.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person;
import org.carillon.shop.Role;

/** What was typed about a route, judged setting by setting. Knows no database. */
final class RouteForm {

    private RouteForm() { }

    /** @throws Invalid where it is empty or too long */
    static String name(RouteDesk.Draft draft) {
        String name = Objects.toString(draft.name(), "").strip();
        if (name.isEmpty() || name.length() > 60) {
            throw new Invalid("name", name.isEmpty() ? "required" : "route.text", 60);
        }
        return name;
    }

    /**
     * What is to be stored, without secrets.
     *
     * @param before as stored
     * @param hidden names of the secrets that are stored
     * @param heeded the longest response timeout that has an effect
     */
    static Map<String, String> judged(GatewayMaker maker, RouteDesk.Draft draft, Map<String, String> before, Set<String> hidden, Duration heeded, Person by) {
        Map<String, String> settings = new TreeMap<>();
        for (Setting setting : maker.settings()) {
            String given = Objects.toString((setting.secret() ? draft.secrets() : draft.settings()).get(setting.name()), "").strip();
            if (setting.secret() && given.isEmpty() && hidden.contains(setting.name())) {
                continue;
            }
            if (setting.address() && by.role() != Role.ADMINISTRATOR && !given.equals(before.getOrDefault(setting.name(), ""))) {
                throw new Invalid(setting.name(), "route.address");
            }
            setting.judge(maker.protocol(), given);
            if (setting.name().equals("responseTimeout") && !given.isEmpty() && Duration.parse(given).compareTo(heeded) > 0) {
                throw new Invalid(setting.name(), "route.heeded", given, heeded.toString());
            }
            if (!setting.secret() && !given.isEmpty()) {
                settings.put(setting.name(), given);
            }
        }
        return settings;
    }

    /** The secrets that were typed. */
    static Map<String, String> given(GatewayMaker maker, RouteDesk.Draft draft) {
        Map<String, String> secrets = new TreeMap<>();
        maker.settings().stream().filter(Setting::secret).forEach(setting -> {
            String given = Objects.toString(draft.secrets().get(setting.name()), "");
            if (!given.isBlank()) {
                secrets.put(setting.name(), given);
            }
        });
        return secrets;
    }

    /** Whether another peer is called than before. */
    static boolean moved(GatewayMaker maker, Map<String, String> before, Map<String, String> after) {
        return maker.settings().stream().filter(Setting::address).map(Setting::name).anyMatch(name -> !Objects.equals(before.get(name), after.get(name)));
    }
}
