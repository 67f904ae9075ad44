package org.carillon.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.shop.Holidays;
import org.carillon.shop.Location;
import org.carillon.shop.LocationDesk;
import org.carillon.shop.LocationState;
import org.carillon.shop.Locations;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.Scope;

/** Locations as JSON, both ways: what GET answers, PUT takes. */
@ApplicationScoped
public class LocationIntake {

    private static final String NAME = "location";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private LocationDesk desk;
    private Locations locations;

    protected LocationIntake() { }

    @Inject
    public LocationIntake(LocationDesk desk, Locations locations) {
        this.desk = desk;
        this.locations = locations;
    }

    public Stored put(Caller caller, String code, Body body) {
        Given<String> country = body.text("country", 2);
        Given<List<LocalTime>> quiet = quietHours(body);
        LocationState said = new LocationState(body.text("name", 100), body.text("zone", 50),
            country.present() && country.value() != null ? Given.of(country.value().toUpperCase(Locale.ROOT)) : country, body.text("language", 10),
            body.itself("openingHours", JsonObject.class, "object", (field, json) -> OpeningHours.parse(json)),
            body.itself("holidays", JsonArray.class, "array", (field, json) -> Holidays.parse(json)),
            edge(quiet, 0), edge(quiet, 1), body.text("sender", 20), body.text("smsMode", 10), Given.absent(), Given.absent(), Given.absent(), Given.absent(), body.text("region", 3));
        body.done();
        boolean known = locations.find(Scope.everything(), code).isPresent();
        if (known && locations.find(caller.scope(), code).isEmpty() || !known && !caller.scope().all()) {
            throw new Absent(NAME, code);
        }
        desk.put(caller.scope(), code, said, caller.actor());
        return new Stored(code, !known, List.of());
    }

    /** {@code ["21:00","08:00"]}; null switches them off. */
    private static Given<List<LocalTime>> quietHours(Body body) {
        return body.itself("quietHours", JsonArray.class, "array", (field, text) -> {
            JsonArray array = Body.parse(text).asJsonArray();
            if (array.size() != 2 || !array.stream().allMatch(JsonString.class::isInstance)) {
                throw new Unreadable(field, "quietHours.shape");
            }
            return array.getValuesAs(JsonString.class).stream().map(edge -> {
                try {
                    return LocalTime.parse(edge.getString(), TIME);
                } catch (DateTimeParseException e) {
                    throw new Invalid(field, "hours.badTime", edge.getString());
                }
            }).toList();
        });
    }

    private static Given<LocalTime> edge(Given<List<LocalTime>> quiet, int index) {
        return !quiet.present() ? Given.absent() : Given.of(quiet.value() == null ? null : quiet.value().get(index));
    }

    /** @throws Absent when there is none, or none that this token sees */
    public JsonObject get(Caller caller, String code) {
        Location location = locations.find(caller.scope(), code).orElseThrow(() -> new Absent(NAME, code));
        return Json.createObjectBuilder().add("name", location.name()).add("zone", location.zone().getId()).add("country", location.country())
            .add("language", location.language()).add("openingHours", Body.parse(location.openingHours().json()))
            .add("holidays", Body.parse(location.holidays().json()))
            .add("quietHours", Json.createArrayBuilder().add(TIME.format(location.quietFrom())).add(TIME.format(location.quietTo())))
            .add("sender", location.smsSender()).add("region", location.region()).build();
    }
}
