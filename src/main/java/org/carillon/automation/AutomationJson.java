package org.carillon.automation;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.carillon.audience.AudienceJson;
import org.carillon.fact.Channel;

/** An automation with an audience as JSON, whole: what REST answers, what a page saves as a file, and what {@code PUT /automations/{ref}} takes. */
public final class AutomationJson {

    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private AutomationJson() { }

    /** @param locations codes of its locations; not looked at where it is everywhere */
    public static JsonObject write(AudienceAutomation a, List<String> locations) {
        JsonObjectBuilder json = BUILDERS.createObjectBuilder().add("name", a.name()).add("state", a.state().name()).add("kind", a.kind().name());
        if (a.audience() != null) {
            json.add("groups", AudienceJson.write(a.audience()));
            if (a.audience().target() != null) {
                json.add("target", a.audience().target());
            }
        }
        if (a.schedule() != null) {
            json.add("schedule", schedule(a.schedule()));
        }
        if (a.everywhere()) {
            json.add("locations", "*");
        } else {
            json.add("locations", array(locations.stream().sorted().toList()));
        }
        JsonObjectBuilder texts = BUILDERS.createObjectBuilder();
        new TreeMap<>(a.translations()).forEach((language, t) -> texts.add(language, BUILDERS.createObjectBuilder().add("sms", t.sms()).add("subject", t.subject()).add("body", t.body())));
        return json.add("channels", array(a.channels().stream().map(Channel::name).sorted().toList())).add("marketing", a.marketing())
            .add("dropPastMidnight", a.dropPastMidnight()).add("texts", texts).build();
    }

    private static JsonObjectBuilder schedule(Schedule schedule) {
        JsonObjectBuilder json = BUILDERS.createObjectBuilder();
        if (schedule instanceof Schedule.Daily daily) {
            add(json.add("every", "DAY"), "at", daily.at()).add("days", days(daily.days()));
        } else if (schedule instanceof Schedule.Weekly weekly) {
            add(json.add("every", "WEEK"), "at", weekly.at()).add("days", days(weekly.day() == null ? Set.of() : Set.of(weekly.day())));
        } else if (schedule instanceof Schedule.RealTime real) {
            json.add("every", "MINUTES").add("openingHours", real.period().openingHours());
            add(add(json, "from", real.period().from()), "to", real.period().to()).add("days", days(real.period().days()));
        }
        return json;
    }

    private static JsonObjectBuilder add(JsonObjectBuilder json, String name, LocalTime time) { return time == null ? json : json.add(name, TIME.format(time)); }

    private static JsonArrayBuilder days(Set<DayOfWeek> days) { return array(days.stream().sorted().map(day -> day.name().substring(0, 3)).toList()); }

    private static JsonArrayBuilder array(Collection<String> texts) {
        JsonArrayBuilder array = BUILDERS.createArrayBuilder();
        texts.forEach(array::add);
        return array;
    }
}
