package org.carillon.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.audience.Value.OpenDaysAgo;
import org.carillon.automation.Kind;
import org.carillon.automation.Library;
import org.carillon.automation.Period;
import org.carillon.automation.Recipe;
import org.carillon.automation.Schedule;
import org.carillon.fact.Channel;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Purpose;
import org.carillon.template.Alphabet;
import org.carillon.template.Imprint;
import org.carillon.template.OfferWords;
import org.carillon.template.Renderer;
import org.carillon.template.Rendering;
import org.carillon.template.SmsMode;
import org.carillon.template.SmsText;
import org.carillon.template.TemplateText;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes as a shop finds them: whole, in both languages, and never longer than two segments. */
class LibraryTest {

    /** Of a careful shop's texts and rules alike. */
    static final FieldCatalogue CATALOGUE = new FieldCatalogue(Stream.concat(World.CATALOGUE.asked().stream().filter(f -> !f.inTexts()), texts()).toList());
    static final Library LIBRARY = new Library(CATALOGUE);
    private static final String BLANK = "[...]";
    private static final Pattern KEYWORD = Pattern.compile("\\p{Lu}{2,}");
    private static final Map<String, Object> LONG = Map.of("customer.name", "Marie-Christine Bélanger", "company.name", "Garage Rosemont-Beaubien inc.", "customer.meta_vehicle_make", "Mercedes-Benz",
        "customer.meta_vehicle_model", "GLC 300 4MATIC Coupé", "customer.vehicle", "Mercedes-Benz GLC 300 4MATIC Coupé", "referenced_user.name", "Jean-Philippe Archambault",
        "appointment.start_at_date", LocalDate.of(2026, 9, 30), "appointment.start_at_time", LocalTime.of(15, 30));

    private static Stream<Field> texts() {
        return Stream.of(new org.carillon.customer.CustomerFields(), new org.carillon.repair.OrderFields(), new org.carillon.booking.AppointmentFields(), new org.carillon.billing.ReferenceFields(),
            new org.carillon.shop.ShopFields()).flatMap(s -> s.fields().stream()).filter(Field::inTexts);
    }

    static List<Recipe> recipes() { return LIBRARY.recipes(); }

    @Test @DisplayName("1.5: thirteen recipes, fourteen rule sets and two for shops that keep their own books (A-13)")
    void hasThemAll() {
        assertEquals(List.of("KI-R01", "KI-R02", "KI-R03", "KI-R04", "KI-R05", "KI-R06", "KI-R07", "KI-R08", "KI-R09", "KI-R10", "KI-R11", "KI-R12", "KI-R13"), recipes().stream().map(Recipe::code).toList());
        assertEquals(16, recipes().stream().flatMap(r -> r.audiences().stream()).map(Recipe.Variant::code).distinct().count());
        assertEquals(recipes().stream().map(Recipe::stage).sorted().toList(), recipes().stream().map(Recipe::stage).toList(), "a stage stands together");
    }

    @Test @DisplayName("KI-41, A-13: each recipe names the integrations that it is offered for, and is marked where a shop that keeps its own books has to do without")
    void namesTheIntegrations() {
        Map<String, String> systems = recipes().stream().filter(r -> !r.systems().isEmpty()).collect(Collectors.toMap(Recipe::code, r -> r.systems() + (r.needsASystem() ? " only" : "")));
        assertEquals(Map.of("KI-R01", "[REYNOLDS, CDK, PBS, OWN]", "KI-R02", "[REYNOLDS, CDK, PBS, OWN]", "KI-R03", "[CDK] only", "KI-R09", "[REYNOLDS, CDK, PBS, OWN]"), systems);
    }

    @ParameterizedTest(name = "{0}") @DisplayName("Rules are good as they are; only R10 asks for its make first (A-14)")
    @MethodSource("recipes")
    void isJudgedGood(Recipe recipe) {
        for (Recipe.Variant variant : recipe.audiences()) {
            List<String> wrong = Judge.of(variant.audience(), CATALOGUE).stream().map(i -> i.field() + " " + i.key()).toList();
            assertEquals(recipe.code().equals("KI-R10") ? List.of("groups[1][0].value audience.text") : List.of(), wrong, variant.code());
        }
    }

    @ParameterizedTest(name = "{0}: {1}") @DisplayName("1.5: the named placeholders, blanks and keywords, in both languages")
    @CsvSource(delimiter = '|', textBlock = """
        KI-R01 | N U C; N U C; U C
        KI-R02 | -; MD 🔧
        KI-R03 | N C; N C; N MK MD FACTURE
        KI-R04 | N C? _; N C OUI NON; N C _
        KI-R05 | N C _; N C _; N C _
        KI-R06 | N C _; N V C; N C SERVICE
        KI-R07 | D T; C D T
        KI-R08 | N C T; N T C U; N C D T
        KI-R09 | N T C RDV; N C; N T C
        KI-R10 | MK MD _ PROTÉGER; MK C _; MK MD PROTÉGER; MK MD PROTÉGER
        KI-R11 | N C MK _ RESERVER; N C MK _ RÉSERVER; N C MK _ SERVICE
        KI-R12 | N C _ _ ⏳ RÉSERVER; N C _ _ 🚗 RÉSERVER
        KI-R13 | N C OUI NON; N MK MD _
        """)
    void namesWhatItMust(String code, String messages) {
        Map<String, String> short_ = Map.of("N", "customer.name", "C", "company.name", "U", "referenced_user.name", "MK", "customer.meta_vehicle_make", "MD", "customer.meta_vehicle_model",
            "V", "customer.vehicle", "D", "appointment.start_at_date", "T", "appointment.start_at_time");
        Recipe recipe = LIBRARY.recipe(code).orElseThrow();
        String[] expected = messages.split(";");
        assertEquals(expected.length, recipe.messages().size());
        for (int i = 0; i < expected.length; i++) {
            Recipe.Message message = recipe.messages().get(i);
            List<String> words = Arrays.stream(expected[i].strip().split(" ")).filter(w -> !w.equals("-")).toList();
            List<String> fields = words.stream().map(w -> w.replace("?", "")).filter(short_::containsKey).map(short_::get).sorted().toList();
            List<String> keywords = words.stream().filter(w -> KEYWORD.matcher(w).matches() && !short_.containsKey(w)).toList();
            String emoji = words.stream().filter(w -> w.codePointAt(0) > 0x2000).findFirst().orElse("");
            assertEquals(keywords, message.keywords().stream().map(Recipe.Keyword::fr).toList());
            message.texts().forEach((language, source) -> {
                TemplateText text = TemplateText.parse(source);
                assertEquals(fields, text.fields().stream().sorted().toList(), source);
                assertEquals(words.stream().filter(w -> w.equals("_")).count(), source.split(Pattern.quote(BLANK), -1).length - 1, source);
                assertEquals(words.contains("C?"), source.contains("{company.name | "), source);
                assertEquals(emoji, source.codePoints().filter(c -> c > 0x2000).mapToObj(Character::toString).reduce("", String::concat), source);
                List<String> asked = message.keywords().stream().map(k -> k.in(language)).toList();
                assertEquals(asked, KEYWORD.matcher(text.literals().replace("SMS", "")).results().map(r -> r.group()).toList(), source);
            });
        }
    }

    @ParameterizedTest(name = "{0}") @DisplayName("KI-15, KI-50: every text is whole, accents and emoji too, leaves in at most two segments with long names, and an offer with its imprint in at most three")
    @MethodSource("recipes")
    void saysItShortly(Recipe recipe) {
        for (Recipe.Message message : recipe.messages()) {
            message.texts().forEach((language, source) -> {
                assertEquals(List.of(), TemplateText.parse(source).lint(CATALOGUE.codes()).stream().filter(p -> p.kind() != TemplateText.Kind.BLANK_LEFT).toList(), source);
                String filled = source.replace(BLANK, recipe.code().equals("KI-R12") ? "2 ans / 40 000" : "www.example.org/12345");
                SmsText sms = sms(filled, null, language);
                boolean emoji = source.codePoints().anyMatch(c -> c > 0x2000);
                assertEquals(emoji, sms.ucs2(), () -> sms.forcing() + " in " + sms.text());
                assertTrue(sms.segments() <= 2, () -> sms.units() + ": " + sms.text());
                if (recipe.marketing()) {
                    SmsText offer = sms(filled, new Imprint("Garage Rosemont-Beaubien inc.", "1 rue A", "garage-rosemont.example.org", "", true), language);
                    assertTrue(offer.segments() <= (emoji ? Purpose.MARKETING.maxSegments() : 2), () -> offer.units() + ": " + offer.text());
                } else {
                    assertEquals(Optional.empty(), OfferWords.in(TemplateText.parse(source).literals()), "would wait for a second person (LAW-01): " + source);
                }
            });
        }
    }

    private static SmsText sms(String source, Imprint imprint, String language) {
        Rendering rendering = Renderer.render(TemplateText.parse(source), imprint, LONG, language, "CA", Channel.SMS, 0, SmsMode.KEEP, Alphabet.GSM7);
        return SmsText.of(assertInstanceOf(Rendering.Rendered.class, rendering, source).text(), Alphabet.GSM7);
    }

    @Test @DisplayName("A-18, A-19, A-22, A-27, KI-46: the readings that are shipped")
    void shipsTheReadings() {
        Map<String, Schedule> when = recipes().stream().collect(Collectors.toMap(Recipe::code, Recipe::schedule));
        Set<DayOfWeek> always = Set.of(DayOfWeek.values());
        assertEquals(new Schedule.Weekly(DayOfWeek.TUESDAY, LocalTime.of(10, 0)), when.get("KI-R06"));
        assertEquals(new Schedule.RealTime(new Period(false, LocalTime.of(9, 0), LocalTime.of(19, 0), always)), when.get("KI-R08"), "Monday's appointment is reminded of on Sunday (A-23)");
        Stream.of("KI-R10", "KI-R11", "KI-R12", "KI-R13").forEach(sales -> assertEquals(new Schedule.Daily(LocalTime.of(11, 0), always), when.get(sales)));
        Stream.of("KI-R01", "KI-R02", "KI-R03", "KI-R07", "KI-R09").forEach(soon -> assertEquals(new Schedule.RealTime(Period.ofOpeningHours()), when.get(soon)));
        Stream.of("KI-R04", "KI-R05").map(c -> LIBRARY.recipe(c).orElseThrow()).flatMap(r -> r.audiences().stream()).flatMap(v -> v.audience().comparisons())
            .forEach(c -> assertEquals(new OpenDaysAgo(1), c.value()));
        assertEquals(List.of("KI-R02", "KI-R08", "KI-R09"), recipes().stream().filter(Recipe::dropPastMidnight).map(Recipe::code).toList());
        assertEquals(List.of("KI-R04", "KI-R13"), recipes().stream().filter(Recipe::emotion).map(Recipe::code).toList());
        assertEquals(List.of("KI-R06", "KI-R10", "KI-R11", "KI-R12"), recipes().stream().filter(Recipe::marketing).map(Recipe::code).toList());
        assertEquals(List.of("KI-R05 REVIEW", "KI-R08 APPOINTMENT"), recipes().stream().filter(r -> r.kind() != Kind.GENERAL).map(r -> r.code() + " " + r.kind()).toList());
    }

    @Test void callsThingsByDifferentNames() {
        for (String language : List.of("fr", "en")) {
            assertEquals(13, recipes().stream().map(r -> r.names().get(language).toLowerCase(Locale.ROOT)).distinct().count());
            assertTrue(recipes().stream().allMatch(r -> r.about().get(language).endsWith(".") && !r.about().get(language).contains("'")));
        }
    }

    @Test void refusesWhatItDoesNotKnow() {
        assertEquals(Optional.empty(), LIBRARY.recipe("KI-R14"));
        assertTrue(LIBRARY.recipe("KI-R03").orElseThrow().variant("KI-R99").code().equals("KI-R03"));
        org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, () -> new Library(new FieldCatalogue(List.of())), "a field that is gone");
    }
}
