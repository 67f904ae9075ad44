package org.carillon.web.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carillon.audience.Audience;
import org.carillon.audience.AudienceJson;
import org.carillon.audience.Comparison;
import org.carillon.audience.Grammar;
import org.carillon.audience.Operator;
import org.carillon.audience.Value;
import org.carillon.booking.AppointmentFields;
import org.carillon.billing.SaleFields;
import org.carillon.conversation.ReceivedFields;
import org.carillon.customer.CustomerFields;
import org.carillon.delivery.SentFields;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.repair.OrderFields;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain sentence: every recipe and every form, in both languages. */
class SentenceTest {

    static final FieldCatalogue CATALOGUE = new FieldCatalogue(Stream.of(new CustomerFields(), new OrderFields(), new AppointmentFields(), new SaleFields(), new ReceivedFields(), new SentFields())
        .flatMap(s -> s.fields().stream()).toList());

    private static String rule(String field, String operator, String value) {
        return "{\"field\":\"" + field + "\",\"operator\":\"" + operator + "\"" + (value == null ? "" : ",\"value\":" + value) + "}";
    }

    private static String days(String unit, int n) { return "{\"" + unit + "\":" + n + "}"; }

    private static String any(String... alternatives) { return "[" + String.join(",", alternatives) + "]"; }

    private static String week(String field, String operator) {
        return String.join(",", IntStream.rangeClosed(0, 6).mapToObj(i -> rule(field, operator, days("daysAgo", 180 - i))).toList());
    }

    static Stream<Arguments> recipes() {
        String opened = "repair_order_opened.", sale = "sale.", at = "appointment.";
        return Stream.of(
            Arguments.of("R01", List.of(any(rule(opened + "happened_at", "exactly", "0"))),
                "Les clients dont l’ouverture du bon de travail date d’aujourd’hui.", "Customers whose work order’s opening was today."),
            Arguments.of("R02a", List.of(any(rule(opened + "happened_at", "less_or_equal", days("minutesAgo", 120))), any(rule(opened + "happened_at", "more_or_equal", days("minutesAgo", 90))),
                    any(rule(opened + "ro_status", "is", "\"N\"")), any(rule(opened + "customer_sale", "more_or_equal", "0"), rule(opened + "warranty_sale", "more_or_equal", "0"))),
                "Les clients dont l’ouverture du bon de travail remonte à au plus 120 minutes, ET dont l’ouverture du bon de travail remonte à au moins 90 minutes, ET dont le statut du bon de réparation est N, "
                    + "ET dont la part du client vaut au moins 0 OU dont la part sous garantie vaut au moins 0.",
                "Customers whose work order’s opening was at most 120 minutes ago, AND whose work order’s opening was at least 90 minutes ago, AND whose repair order’s status is N, "
                    + "AND whose own part of the bill is at least 0 OR whose part under warranty is at least 0."),
            Arguments.of("R02b", List.of(any(rule(opened + "happened_at", "exactly", "0")), any(rule(opened + "ro_status_code", "contains", "\"i98\"")), any(rule(opened + "reference", "does_not_contain", "\"C\""))),
                "Les clients dont l’ouverture du bon de travail date d’aujourd’hui, ET dont le code de statut du bon de travail contient i98, ET dont la référence du bon de travail ne contient pas C.",
                "Customers whose work order’s opening was today, AND whose work order’s status code contains i98, AND whose work order’s reference does not contain C."),
            Arguments.of("R03", List.of(any(rule(opened + "status", "is", "\"C97\"")), any(rule("work_order.last_time", "exactly", days("daysAgo", 0)))),
                "Les clients dont le statut du bon de travail est C97, ET dont la dernière activité d’un bon de travail date d’aujourd’hui.",
                "Customers whose work order’s status is C97, AND whose last activity on a work order was today."),
            Arguments.of("R04", List.of(any(rule("repair_order_closed.last_time", "exactly", days("daysAgo", 1)))),
                "Les clients dont le dernier bon clos date d’exactement 1 jour.", "Customers whose last closed order was exactly 1 day ago."),
            Arguments.of("R05", List.of(any(rule("repair_order_closed.last_time", "exactly", days("openDaysAgo", 1)))),
                "Les clients dont le dernier bon clos date d’exactement 1 jour ouvré.", "Customers whose last closed order was exactly 1 open day ago."),
            Arguments.of("R06", List.of(any(week("repair_order_closed.last_time", "exactly")), any(week(at + "last_one", "more_than"), rule(at + "last_one", "does_not_exist", null)),
                    any(rule(at + "next_one", "does_not_exist", null)), any(rule(opened + "open_count", "equal", "0"))),
                "Les clients dont le dernier bon clos date de 180 à 174 jours, ET dont le dernier rendez-vous date de plus de 174 jours OU qui n’ont aucun rendez-vous passé, "
                    + "ET qui n’ont aucun rendez-vous à venir, ET qui n’ont aucun bon de travail en cours.",
                "Customers whose last closed order was 180 to 174 days ago, AND whose last appointment was more than 174 days ago OR who have no past appointment, "
                    + "AND who have no upcoming appointment, AND who have no work order still open."),
            Arguments.of("R07", List.of(any(rule(at + "created_at", "exactly", "0")), any(rule(at + "next", "in_more_than", days("inDays", 1)))),
                "Les clients dont la prise du rendez-vous date d’aujourd’hui, ET dont le rendez-vous tombe dans plus de 1 jour.",
                "Customers whose booking of the appointment was today, AND whose appointment is in more than 1 day."),
            Arguments.of("R08", List.of(any(rule(at + "date", "in", "1")), any(rule(at + "status", "is_not", "\"Canceled\""))),
                "Les clients dont le rendez-vous tombe dans 1 jour, ET dont le statut du rendez-vous n’est pas annulé.",
                "Customers whose appointment is in 1 day, AND whose appointment status is not cancelled."),
            Arguments.of("R09", List.of(any(rule(at + "time_relative", "less_than", days("minutesAgo", 130))), any(rule(at + "time_relative", "more_than", days("minutesAgo", 120))),
                    any(rule(at + "status", "is_not", "\"Canceled\"")), any(rule(at + "status", "is_not", "\"Rescheduled\"")),
                    any(rule(opened + "last_time", "more_than", days("daysAgo", 1)), rule(opened + "times", "equal", "0"))),
                "Les clients dont l’heure du rendez-vous remonte à moins de 130 minutes, ET dont l’heure du rendez-vous remonte à plus de 120 minutes, ET dont le statut du rendez-vous n’est pas annulé, "
                    + "ET dont le statut du rendez-vous n’est pas déplacé, ET dont le dernier bon ouvert date de plus de 1 jour OU qui n’ont aucun bon de travail.",
                "Customers whose appointment time was less than 130 minutes ago, AND whose appointment time was more than 120 minutes ago, AND whose appointment status is not cancelled, "
                    + "AND whose appointment status is not rescheduled, AND whose last opened order was more than 1 day ago OR who have no work order."),
            Arguments.of("R10", List.of(any(rule(sale + "vehicle_delivery_date", "exactly", "14")), any(rule(sale + "vehicle_make", "contains", "\"Toyota\""))),
                "Les clients dont la livraison du véhicule date d’exactement 14 jours, ET dont la marque du véhicule contient Toyota.",
                "Customers whose vehicle delivery was exactly 14 days ago, AND whose vehicle make contains Toyota."),
            Arguments.of("R11", List.of(any(rule(sale + "vehicle_delivery_date", "exactly", "14")), any(rule(sale + "vehicle_condition", "is", "\"New\"")), any(rule(at + "next_one", "does_not_exist", null))),
                "Les clients dont la livraison du véhicule date d’exactement 14 jours, ET dont le véhicule acheté est neuf, ET qui n’ont aucun rendez-vous à venir.",
                "Customers whose vehicle delivery was exactly 14 days ago, AND whose vehicle bought is new, AND who have no upcoming appointment."),
            Arguments.of("R12", List.of(any(rule(sale + "vehicle_delivery_date", "exactly", "700")), any(rule(sale + "vehicle_condition", "is", "\"New\""))),
                "Les clients dont la livraison du véhicule date d’exactement 700 jours, ET dont le véhicule acheté est neuf.",
                "Customers whose vehicle delivery was exactly 700 days ago, AND whose vehicle bought is new."),
            Arguments.of("R13", List.of(any(rule(sale + "vehicle_delivery_date", "less_or_equal", "4"))),
                "Les clients dont la livraison du véhicule date d’au plus 4 jours.", "Customers whose vehicle delivery was at most 4 days ago."));
    }

    @ParameterizedTest(name = "KI-{0}") @MethodSource("recipes") @DisplayName("KI-R01 to KI-R13 in plain words")
    void saysEveryRecipe(String name, List<String> groups, String french, String english) {
        Audience audience = AudienceJson.parse("[" + String.join(",", groups) + "]", null, CATALOGUE);
        assertEquals(french, Sentence.of(audience, "fr").text());
        assertEquals(english, Sentence.of(audience, "en").text());
    }

    private static String said(String language, Comparison... alternatives) { return Sentence.of(Audience.of(List.of(List.of(alternatives))), language).text(); }

    private static Comparison closed(Operator operator, Value value) { return new Comparison("repair_order_closed.last_time", operator, value); }

    @Test @DisplayName("As in the picture: two days are told one by one, three in a row as a range, others apart")
    void tellsDaysInARow() {
        assertEquals("Les clients dont le dernier bon clos date d’exactement 180 jours OU d’exactement 179 jours.",
            said("fr", closed(Operator.EXACTLY, new Value.DaysAgo(180)), closed(Operator.EXACTLY, new Value.DaysAgo(179))));
        assertEquals("Customers whose last closed order was exactly 12 days ago OR 3 to 1 days ago.", said("en", Stream.of(1, 12, 3, 2).map(d -> closed(Operator.EXACTLY, new Value.DaysAgo(d))).toArray(Comparison[]::new)));
        assertEquals("Les clients dont le dernier bon clos date d’aujourd’hui OU qui n’ont aucun bon clos.",
            said("fr", closed(Operator.EXACTLY, new Value.DaysAgo(0)), closed(Operator.DOES_NOT_EXIST, Value.NONE)));
    }

    @Test void saysAgainWhatExcludes() {
        Comparison one = new Comparison("customer.name", Operator.IS_NOT, new Value.Text("Ann"));
        Comparison two = new Comparison("customer.name", Operator.IS_NOT, new Value.Text("Zoé"));
        assertEquals("Les clients dont le nom n’est pas Ann OU n’est pas Zoé.", said("fr", one, two));
        assertEquals("Customers whose name contains A OR B.", said("en", new Comparison("customer.name", Operator.CONTAINS, new Value.Text("A")), new Comparison("customer.name", Operator.CONTAINS, new Value.Text("B"))));
    }

    @Test @DisplayName("SEC-10: what somebody typed is said as it stands, whatever it looks like")
    void evaluatesNothing() {
        Sentence said = Sentence.of(Audience.of(List.of(List.of(new Comparison("customer.name", Operator.IS, new Value.Text("{0} #{7*7} <b>|x'"))))), "fr");
        assertEquals("{0} #{7*7} <b>|x'", said.pieces().get(said.pieces().size() - 2).text());
    }

    @Test @DisplayName("KI-36: a shop's own attribute by its name; one that is gone by its code")
    void namesTheShopsOwn() {
        Names names = new Names() {
            @Override public Optional<String> field(String code) { return code.equals("customer.meta_card") ? Optional.of("Carte|d’or") : code.equals("appointment.meta_bay") ? Optional.of("Baie") : Optional.empty(); }
            @Override public Optional<String> value(String field, String value) { return value.equals("G") ? Optional.of("Or") : Optional.empty(); }
        };
        Audience audience = Audience.of(List.of(List.of(new Comparison("customer.meta_card", Operator.IS, new Value.Text("G"))), List.of(new Comparison("appointment.meta_bay", Operator.IS_UNKNOWN, Value.NONE)),
            List.of(new Comparison("customer.meta_gone", Operator.IS, new Value.Text("x")))));
        assertEquals("Les clients dont l’attribut «\u00A0Carte/d’or\u00A0» est Or, ET dont l’attribut «\u00A0Baie\u00A0» du rendez-vous manque, ET dont l’attribut «\u00A0customer.meta_gone\u00A0» est x.",
            Sentence.of(audience, "fr", names).text());
    }

    @Test void leavesRoomForWhatIsNotTypedYet() {
        assertEquals("Les clients dont le dernier bon clos date d’exactement … jours.", said("fr", closed(Operator.EXACTLY, new Value.DaysAgo(-1))));
        assertEquals("Customers whose name is ….", said("en", new Comparison("customer.name", Operator.IS, new Value.Text(""))));
        assertTrue(Sentence.of(Audience.of(List.of(List.of(new Comparison("", Operator.IS, new Value.Text(""))))), "fr").isEmpty());
    }

    private static Value sample(Class<? extends Value> type, int n) {
        return switch (Kind.of(type)) {
            case DAYS_AGO -> new Value.DaysAgo(n); case OPEN_DAYS_AGO -> new Value.OpenDaysAgo(n); case IN_DAYS -> new Value.InDays(n); case IN_OPEN_DAYS -> new Value.InOpenDays(n); case MINUTES_AGO -> new Value.MinutesAgo(n);
            case AMOUNT -> new Value.Amount(BigDecimal.valueOf(n)); case TEXT -> new Value.Text("x" + n); case NONE -> Value.NONE;
        };
    }

    @ParameterizedTest @ValueSource(strings = {"fr", "en"}) @DisplayName("Every field with every operator and form of value has words")
    void hasNoGaps(String language) {
        Set<String> wrong = new TreeSet<>();
        for (Field field : CATALOGUE.asked()) {
            for (Grammar.Form form : Grammar.of(field)) {
                for (int n : new int[] {0, 1, 2, 1500}) {
                    String said = said(language, new Comparison(field.code(), form.operator(), sample(form.value(), n)));
                    String plurals = language.equals("fr") ? ".*\\b([01] (jours|minutes)|[2-9]\\d* (jour|minute))\\b.*" : ".*\\b(1 (days|minutes)|[02-9]\\d* (day|minute))\\b.*";
                    boolean elided = !language.equals("fr") || !said.matches(".*\\b(de|le|la) (exactement|aujourd|au |avant|ouverture|heure|attribut|automatisation).*");
                    if (said.contains("???") || said.contains("|") || said.contains("  ") || said.contains("{") || said.matches(plurals) || !elided) {
                        wrong.add(field.code() + " " + form + " " + said);
                    }
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @ParameterizedTest @ValueSource(strings = {"fr", "en"}) @DisplayName("Every category, field, operator and form of the catalogue has a label in both languages, and a phrase of its own")
    void labelsEveryEntry(String language) throws java.io.IOException {
        java.util.Properties words = new java.util.Properties();
        try (var file = SentenceTest.class.getResourceAsStream("/i18n/audience_" + language + ".properties")) {
            words.load(new java.io.InputStreamReader(file, java.nio.charset.StandardCharsets.UTF_8));
        }
        List<String> keys = new ArrayList<>();
        for (Field field : CATALOGUE.asked()) {
            keys.add("category." + RuleEditor.categoryOf(field.code()));
            keys.add("field." + field.code());
            keys.add((field.type() == org.carillon.fact.FieldType.COUNT ? "count." : "noun.") + field.code());
            Grammar.of(field).forEach(f -> {
                keys.add("form." + f.operator().code() + "." + Kind.of(f.value()));
                keys.add("operator." + f.operator().code());
            });
        }
        keys.removeIf(words.stringPropertyNames()::contains);
        assertEquals(List.of(), keys);
        assertFalse(words.isEmpty());
    }
}
