package org.carillon.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.carillon.audience.AudienceJson;
import org.carillon.automation.Recipe.Keyword;
import org.carillon.automation.Recipe.Message;
import org.carillon.automation.Recipe.ShopSystem;
import org.carillon.automation.Recipe.Stage;
import org.carillon.automation.Recipe.Variant;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;

/** The ready automations (KI-48), one file each under {@code library/}. What is wrong in a file stops the first reading, so a test finds it and no customer. */
@ApplicationScoped
public class Library {

    private static final int RECIPES = 13;
    private List<Recipe> recipes;

    protected Library() { }

    @Inject
    public Library(FieldCatalogue catalogue) { recipes = IntStream.rangeClosed(1, RECIPES).mapToObj(n -> read("r" + (n < 10 ? "0" : "") + n, catalogue)).toList(); }

    /** In the order of their stages and codes. */
    public List<Recipe> recipes() { return recipes; }

    /** By its code such as {@code KI-R06}. */
    public Optional<Recipe> recipe(String code) { return recipes.stream().filter(r -> r.code().equals(code)).findFirst(); }

    private static Recipe read(String name, FieldCatalogue catalogue) {
        try (InputStream in = Library.class.getResourceAsStream("/library/" + name + ".json"); JsonReader reader = Json.createReader(in)) {
            return recipe(reader.readObject(), catalogue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("library/" + name + ".json: " + e.getMessage(), e);
        }
    }

    static Recipe recipe(JsonObject json, FieldCatalogue catalogue) {
        only(json, "code", "stage", "kind", "marketing", "dropPastMidnight", "byReference", "emotion", "schedule", "names", "about", "audiences", "messages");
        return new Recipe(json.getString("code"), Stage.valueOf(json.getString("stage")), Kind.valueOf(json.getString("kind")), json.getBoolean("marketing"), json.getBoolean("dropPastMidnight"),
            json.getBoolean("byReference"), json.getBoolean("emotion"), schedule(json.getJsonObject("schedule")), texts(json.getJsonObject("names")), texts(json.getJsonObject("about")),
            each(json, "audiences", v -> variant(v, catalogue)), each(json, "messages", Library::message));
    }

    private static <T> List<T> each(JsonObject json, String name, Function<JsonObject, T> read) {
        return json.containsKey(name) ? json.getJsonArray(name).getValuesAs(JsonObject.class).stream().map(read).toList() : List.of();
    }

    private static Variant variant(JsonObject json, FieldCatalogue catalogue) {
        only(json, "code", "systems", "groups");
        var audience = AudienceJson.read(json.getJsonArray("groups"), null, catalogue);
        audience.comparisons().filter(c -> catalogue.asked(c.field()) == null).findFirst().ifPresent(c -> {
            throw new Invalid("groups", "audience.field", c.field());
        });
        return new Variant(json.getString("code"), json.getJsonArray("systems").getValuesAs(JsonString::getString).stream().map(ShopSystem::valueOf).toList(), audience);
    }

    private static Message message(JsonObject json) {
        only(json, "fr", "en", "keywords");
        return new Message(Map.of("fr", json.getString("fr"), "en", json.getString("en")), each(json, "keywords", Library::keyword));
    }

    private static Keyword keyword(JsonObject json) {
        only(json, "fr", "en");
        return new Keyword(json.getString("fr"), json.getString("en"));
    }

    /** For the screen: French signs stand after a space that does not break. */
    private static Map<String, String> texts(JsonObject json) {
        only(json, "fr", "en");
        return Map.of("fr", json.getString("fr").replaceAll(" (?=[:;!?»])|(?<=«) ", "\u00A0"), "en", json.getString("en"));
    }

    private static Schedule schedule(JsonObject json) {
        Set<DayOfWeek> always = EnumSet.allOf(DayOfWeek.class);
        switch (json.getString("kind")) {
            case "DAILY":
                only(json, "kind", "at");
                return new Schedule.Daily(time(json, "at"), always);
            case "WEEKLY":
                only(json, "kind", "day", "at");
                return new Schedule.Weekly(DayOfWeek.valueOf(json.getString("day")), time(json, "at"));
            case "REAL_TIME":
                only(json, "kind", "openingHours", "from", "to");
                return new Schedule.RealTime(json.getBoolean("openingHours", false) ? Period.ofOpeningHours() : new Period(false, time(json, "from"), time(json, "to"), always));
            default: throw new IllegalArgumentException("no such schedule: " + json.getString("kind"));
        }
    }

    private static LocalTime time(JsonObject json, String name) { return LocalTime.parse(json.getString(name)); }

    private static void only(JsonObject json, String... names) {
        json.entrySet().stream().filter(e -> !Set.of(names).contains(e.getKey()) || e.getValue() == JsonValue.NULL).findFirst().ifPresent(e -> {
            throw new IllegalArgumentException("unknown or empty: " + e.getKey());
        });
    }
}
