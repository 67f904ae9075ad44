package org.carillon.web.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.carillon.TestDatabase;
import org.carillon.audience.Audience;
import org.carillon.audience.Comparison;
import org.carillon.audience.CustomerGroups;
import org.carillon.audience.Operator;
import org.carillon.audience.Value;
import org.carillon.automation.AutomationNames;
import org.carillon.billing.SaleFields;
import org.carillon.customer.CustomerFields;
import org.carillon.delivery.SentFields;
import org.carillon.fact.Attributes;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Texts;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleWordsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final FieldCatalogue FIELDS = new FieldCatalogue(Stream.of(new SaleFields(), new SentFields(), new CustomerFields()).flatMap(source -> source.fields().stream()).toList());
    private final Jdbi jdbi = DATABASE.emptied().jdbi();

    private static Current reader(String language) {
        return new Current(null, null) {
            @Override public Locale getLocale() { return Locale.forLanguageTag(language); }
            @Override public String getLanguage() { return language; }
            @Override public Scope getScope() { return Scope.of(java.util.Set.of(1L)); }
        };
    }

    private RuleWords words(String language) {
        Current current = reader(language);
        return new RuleWords(FIELDS, new Attributes(jdbi), new Texts(current), current, new CustomerGroups(jdbi), new AutomationNames(jdbi));
    }

    private static String plain(String text) { return text.replaceAll("[\u00A0\u202F]", " "); }

    @BeforeEach void automations() {
        jdbi.useHandle(h -> {
            h.execute("insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr'), (2, 'PAR', 'Bercy', 'Europe/Paris', 'FR', 'fr')");
            h.execute("insert into automation (id, ref, name, state, trigger_kind, kind, channels, everywhere, deleted) values (1, 'd5b1', 'Merci', 'DRAFT', 'DAILY', 'GENERAL', 'SMS', true, false), "
                + "(2, 'e6c2~2', 'Ancien avis', 'DRAFT', 'DAILY', 'GENERAL', 'SMS', true, true), (3, 'f7d3', 'Paris', 'DRAFT', 'DAILY', 'GENERAL', 'SMS', false, false)");
            h.execute("insert into automation_location (automation_id, location_id) values (3, 2)");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"fr; Ancien avis (supprimée)", "en; Ancien avis (deleted)"})
    @DisplayName("1.4.2, A-12: message_sent.automation is chosen and told by name, that of a deleted one too; SEC-13: those of other locations are not")
    void namesTheAutomationOfAMessage(String language, String deleted) {
        RuleWords words = words(language);
        Audience audience = Audience.of(List.of(List.of(new Comparison("message_sent.automation", Operator.IS, new Value.Text("D5B1")))));
        RuleEditor editor = RuleEditor.of(audience);
        assertEquals(List.of(new RuleWords.Option("d5b1", "Merci"), new RuleWords.Option("D5B1", "Merci")), words.choices(editor.getGroups().get(0).getRows().get(0)), "what is stored stays chosen");
        assertTrue(words.sentence(editor).text().contains("Merci"), words.sentence(editor).text());
        RuleEditor old = RuleEditor.of(Audience.of(List.of(List.of(new Comparison("message_sent.automation", Operator.IS_NOT, new Value.Text("e6c2"))))));
        assertTrue(words.sentence(old).text().contains(deleted), words.sentence(old).text());
        assertEquals(List.of("Merci", deleted), words.choices(old.getGroups().get(0).getRows().get(0)).stream().map(RuleWords.Option::label).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; Aucune fiche ne porte « Vente › Marque du véhicule » (sur 3) : cette règle ne trouverait personne.; Fiches sans « Vente › Livraison du véhicule » : 1 sur 3.",
        "en; No record carries “Sale › Vehicle make” (of 3): this rule would find nobody.; Records without “Sale › Vehicle delivery”: 1 of 3."})
    @DisplayName("P-25: warnings and refusals call a field as people do, count what lacks it, and say what to do about that very thing: only of work orders to ask for the closed one")
    void callsFieldsByTheirLabels(String language, String none, String lacking) {
        Notices notices = new Notices(new Texts(reader(language)), words(language));
        assertEquals(none, plain(notices.say(new Invalid("groups", "automation.noRecord", "sale.vehicle_make", 3L))));
        String closed = language.equals("fr") ? "« Bon de travail clos »" : "“Work order closed”";
        String sale = plain(notices.say(new Invalid("groups", "automation.lackingDate.SALE", "sale.vehicle_delivery_date", 1L, 3L)));
        assertTrue(sale.startsWith(lacking) && !sale.contains(closed) && sale.contains(language.equals("fr") ? "La date de livraison vient du système où les ventes sont tenues" : "The delivery date comes from the system that keeps your sales"), sale);
        String order = plain(notices.say(new Invalid("groups", "automation.lackingDate.ORDER", "repair_order_opened.happened_at", 1L, 3L)));
        assertTrue(order.contains(closed), order);
        String other = plain(notices.say(new Invalid("groups", "automation.lackingDate", "appointment.meta_contract", 1L, 3L)));
        assertTrue(!other.contains(closed) && other.contains("1"), other);
        assertTrue(!notices.say(new Invalid("groups[0][0].operator", "audience.operator", "sale.vehicle_make", "exactly")).contains("vehicle_make"));
    }

    @Test @DisplayName("B-06: what stands in a text is named as it stands there")
    void leavesWhatIsInTheTextAsItIs() {
        assertTrue(new Notices(new Texts(reader("fr")), words("fr")).say(new Invalid("fr.sms", "automation.aboutOther.ORDER", "order.total")).contains("order.total"));
    }
}
