package org.carillon.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.carillon.audience.Audience;
import org.carillon.audience.AudienceJson;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceAutomations;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.AutomationJson;
import org.carillon.automation.AutomationReader;
import org.carillon.automation.AutomationState;
import org.carillon.automation.Kind;
import org.carillon.automation.Period;
import org.carillon.automation.Schedule;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;
import org.carillon.template.Translation;

/** Automations with an audience as JSON, both ways: what GET answers, PUT takes. A PUT says the whole of it; what is left out is not there. */
@ApplicationScoped
public class AutomationIntake implements AutomationReader {

    private static final String NAME = "automation";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final List<String> LANGUAGES = List.of("fr", "en");

    private AudienceAutomations desk;
    private Locations locations;
    private FieldCatalogue catalogue;

    protected AutomationIntake() { }

    @Inject
    public AutomationIntake(AudienceAutomations desk, Locations locations, FieldCatalogue catalogue) {
        this.desk = desk;
        this.locations = locations;
        this.catalogue = catalogue;
    }

    /** {@code state} ACTIVE switches it on, where nothing is wrong; another value, or none, leaves a new one a draft and pauses one that sends. */
    @Transactional
    public Stored put(Caller caller, String ref, Body body) {
        Reference.check("ref", ref);
        Optional<AudienceAutomation> known = desk.find(caller.scope(), ref);
        if (known.isEmpty() && desk.taken(ref)) {
            throw new Absent(NAME, ref);
        }
        AutomationState wished = body.choice("state", AutomationState.class).or(AutomationState.DRAFT, () -> AutomationState.DRAFT);
        AudienceDraft draft = draft(caller.scope(), body, known.map(AudienceAutomation::id).orElse(null), refusal -> {
            throw refusal;
        });
        body.done();
        if (known.isPresent() && wished != AutomationState.ACTIVE && known.get().state() == AutomationState.ACTIVE) {
            desk.pause(caller.scope(), known.get().id(), known.get().version(), caller.actor());
        }
        AudienceAutomation saved = known.isPresent() && known.get().draft().says(draft) ? desk.find(caller.scope(), ref).orElseThrow() : desk.save(caller.scope(), draft, ref, caller.actor());
        if (wished == AutomationState.ACTIVE) {
            desk.activate(caller.scope(), saved.id(), saved.version(), caller.actor());
        }
        AudienceAutomations.Check check = desk.check(caller.scope(), draft);
        return new Stored(ref, known.isEmpty(), wished == AutomationState.ACTIVE ? check.warnings() : Stream.concat(check.wrong().stream(), check.warnings().stream()).toList());
    }

    @Override
    public AudienceDraft read(Scope scope, String json, Consumer<Invalid> wrong) {
        Body body = part(() -> Body.of(json), null, wrong);
        if (body == null) {
            return draft(scope, Body.of("{}"), null, wrong);
        }
        part(() -> body.choice("state", AutomationState.class), null, wrong);
        AudienceDraft draft = draft(scope, body, null, wrong);
        part(() -> {
            body.done();
            return null;
        }, null, wrong);
        return draft;
    }

    private static <T> T part(Supplier<T> read, T otherwise, Consumer<Invalid> wrong) {
        try {
            return read.get();
        } catch (Invalid refusal) {
            wrong.accept(refusal);
            return otherwise;
        }
    }

    /** @param wrong throws what it is told, or goes on without that part */
    private AudienceDraft draft(Scope scope, Body body, Long id, Consumer<Invalid> wrong) {
        String name = part(() -> body.text("name", 100).or(null), null, wrong);
        Kind kind = part(() -> body.choice("kind", Kind.class).or(Kind.GENERAL, () -> Kind.GENERAL), Kind.GENERAL, wrong);
        Audience audience = part(() -> audience(body), null, wrong);
        Schedule schedule = part(() -> schedule(body.object("schedule").or(null)), null, wrong);
        Places places = new Places(body.value("locations").or(null), scope, wrong);
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        part(() -> texts("channels", body.value("channels").or(null)), List.<String>of(), wrong)
            .forEach(code -> part(() -> channels.add(one("channels", code, Channel.values(), Channel::name)), false, wrong));
        boolean marketing = part(() -> body.flag("marketing").or(false, () -> false), false, wrong);
        boolean drop = part(() -> body.flag("dropPastMidnight").or(false, () -> false), false, wrong);
        Map<String, Translation> translations = part(() -> translations(body.object("texts").or(null)), Map.of(), wrong);
        return new AudienceDraft(id, null, name, kind, audience, schedule, places.everywhere, places.ids, channels, marketing, translations, drop);
    }

    private Audience audience(Body body) {
        String target = body.text("target", 50).or(null);
        JsonValue groups = body.value("groups").or(null);
        if (groups != null && !(groups instanceof JsonArray)) {
            throw new Unreadable("groups", "json.type.array");
        }
        return groups == null ? null : AudienceJson.read((JsonArray) groups, target, catalogue.now());
    }

    /** Codes of locations, or {@code "*"} for everywhere. */
    private final class Places {
        private final Set<Long> ids = new HashSet<>();
        private boolean everywhere;

        Places(JsonValue value, Scope scope, Consumer<Invalid> wrong) {
            if (value instanceof JsonString all && "*".equals(all.getString())) {
                everywhere = true;
            } else {
                part(() -> texts("locations", value), List.<String>of(), wrong)
                    .forEach(code -> part(() -> ids.add(locations.find(scope, code).map(Location::id).orElseThrow(() -> Invalid.unknown("location", code))), false, wrong));
            }
        }
    }

    private static List<String> texts(String field, JsonValue value) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw new Unreadable(field, "json.type.array");
        }
        return array.stream().map(item -> {
            if (!(item instanceof JsonString text)) {
                throw new Unreadable(field, "json.type.text");
            }
            return text.getString();
        }).toList();
    }

    private static <T> T one(String field, String code, T[] among, Function<T, String> name) {
        for (T one : among) {
            if (name.apply(one).equals(code)) {
                return one;
            }
        }
        throw new Invalid(field, "choice.unknown", code, String.join(", ", Arrays.stream(among).map(name).toList()));
    }

    private static Schedule schedule(Body body) {
        if (body == null) {
            return null;
        }
        String every = body.text("every", 20).or(null);
        LocalTime at = time(body, "at");
        LocalTime from = time(body, "from");
        LocalTime to = time(body, "to");
        boolean hours = body.flag("openingHours").or(false, () -> false);
        List<String> codes = texts(body.at("days"), body.value("days").or(null));
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        codes.forEach(code -> days.add(one(body.at("days"), code, DayOfWeek.values(), AutomationIntake::code)));
        body.done();
        Set<DayOfWeek> meant = codes.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
        return switch (Objects.toString(every, "")) {
            case "DAY" -> new Schedule.Daily(at, meant);
            case "WEEK" -> new Schedule.Weekly(days.size() == 1 ? days.iterator().next() : null, at);
            case "MINUTES" -> new Schedule.RealTime(new Period(hours || from == null && to == null, hours ? null : from, hours ? null : to, meant));
            default -> throw new Invalid(body.at("every"), "choice.unknown", Objects.toString(every, ""), "DAY, WEEK, MINUTES");
        };
    }

    private static String code(DayOfWeek day) { return day.name().substring(0, 3); }

    private static LocalTime time(Body body, String name) {
        String text = body.text(name, 5).or(null);
        try {
            return text == null ? null : LocalTime.parse(text, TIME);
        } catch (DateTimeParseException e) {
            throw new Invalid(body.at(name), "hours.badTime", text);
        }
    }

    private static Map<String, Translation> translations(Body body) {
        Map<String, Translation> texts = new HashMap<>();
        if (body != null) {
            LANGUAGES.forEach(language -> {
                Body text = body.object(language).or(null);
                if (text != null) {
                    texts.put(language, Translation.of(text.text("sms", 2_000).or(""), text.text("subject", 200).or(""), text.text("body", 20_000).or("")));
                    text.done();
                }
            });
            body.done();
        }
        return texts;
    }

    /** @throws Absent when there is none, or none that this token sees */
    public JsonObject get(Caller caller, String ref) {
        AudienceAutomation a = desk.find(caller.scope(), ref).orElseThrow(() -> new Absent(NAME, ref));
        return AutomationJson.write(a, a.locations().stream().flatMap(id -> locations.find(caller.scope(), id).stream()).map(Location::code).toList());
    }
}
