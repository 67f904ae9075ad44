package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.carillon.TestDatabase;
import org.carillon.TestEntities;
import org.carillon.customer.CustomerFields;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Texts that read like offers, and texts of a shop in Québec, on a real database. */
class ApprovalTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final TestEntities ENTITIES = new TestEntities(DATABASE);
    private static final Actor LUC = Actor.staff("Luc Roy", 1);
    private static final Actor OTHER_LUC = Actor.staff("Luc Roy", 2);

    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private final Templates templates = new Templates();
    private final Versions versions = new Versions(jdbi);
    private final Approvals approvals = new Approvals(jdbi);
    private final Jdbi within = ENTITIES.jdbi();
    private final TemplateDesk desk = new TemplateDesk(templates, new Versions(within), new FieldCatalogue(new CustomerFields().fields()), new ApplicationClock(jdbi), within, location -> Alphabet.GSM7);

    @BeforeEach void open() {
        run("insert into company (name, postal_address, offer_contact) values ('Garage', '1 rue Masson', 'garage.example')");
        run("insert into location (id, code, name, zone, country, language, region) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr', 'QC')");
    }

    private void run(String sql) { jdbi.useHandle(h -> h.execute(sql)); }

    private Template save(Template of, Purpose purpose, String fr, String en) {
        Map<String, Translation> words = en == null ? Map.of("fr", Translation.of(fr, "", "")) : fr == null ? Map.of("en", Translation.of(en, "", ""))
            : Map.of("fr", Translation.of(fr, "", ""), "en", Translation.of(en, "", ""));
        return ENTITIES.call(() -> desk.save(Scope.everything(), new TemplateDraft(of == null ? null : of.id(), null, "Prêt", purpose, words, LUC)), templates);
    }

    private long waiting(Template template) { return approvals.of(template.id()).orElseThrow().id(); }

    private Template approve(long request, Actor by) { return ENTITIES.call(() -> desk.approve(Scope.everything(), request, by), templates); }

    private static String refused(Runnable deed) { return assertThrows(Invalid.class, deed::run).key(); }

    private List<String> log() {
        return jdbi.withHandle(h -> h.createQuery("select asked_by || ' ' || found || ' ' || coalesce(decision || ' ' || decided_by, 'OPEN') from template_approval order by id")
            .mapTo(String.class).list());
    }

    @Test @DisplayName("LAW-01: a new text with an offer is an offer until a second person says that it is none; the author cannot; all is logged")
    void staysAnOfferUntilApproved() {
        Template saved = save(null, Purpose.TRANSACTIONAL, "Prêt. Rabais de 10 % sur vos pneus", null);
        assertEquals(Purpose.MARKETING, saved.purpose());
        long request = waiting(saved);
        assertEquals("approval.self", refused(() -> approve(request, LUC)));
        assertEquals(Purpose.TRANSACTIONAL, approve(request, OTHER_LUC).purpose(), "another person of the same name");
        assertEquals(List.of("staff:1 10 % APPROVED staff:2"), log());
        assertEquals(List.of(TemplateVersion.Act.APPROVED, TemplateVersion.Act.CREATED), versions.of(saved.id(), 99, 9).stream().map(TemplateVersion::act).toList());
        assertEquals("changed.meanwhile", refused(() -> approve(request, OTHER_LUC)), "decided once");
        assertEquals(Purpose.TRANSACTIONAL, save(saved, Purpose.TRANSACTIONAL, "Prêt. Rabais de 10 % sur vos pneus", "Ready").purpose(), "what was let pass is not asked again");
    }

    @Test @DisplayName("LAW-01: a text in service stays as it is while its change waits; a later change overtakes the request")
    void keepsWhatIsInServiceMeanwhile() {
        Template template = save(null, Purpose.TRANSACTIONAL, "Prêt", null);
        assertEquals("Prêt", save(template, Purpose.TRANSACTIONAL, "Prêt. Profitez de nos soldes", null).translations().get("fr").sms());
        long first = waiting(template);
        Template changed = save(template, Purpose.TRANSACTIONAL, "C'est prêt", null);
        assertEquals("C'est prêt", changed.translations().get("fr").sms());
        assertEquals("changed.meanwhile", refused(() -> approve(first, OTHER_LUC)));
        save(changed, Purpose.REMINDER, "Prêt. Coupon", null);
        ENTITIES.call(() -> {
            desk.refuse(Scope.everything(), waiting(template), OTHER_LUC);
            return null;
        }, templates);
        assertEquals(List.of("staff:1 profitez OVERTAKEN staff:1", "staff:1 coupon REFUSED staff:2"), log().stream().map(l -> l.replaceFirst("\\b(soldes|nos)\\b", "profitez")).toList());
        assertThrows(RuntimeException.class, () -> run("insert into template_approval (template_id, revision, name, purpose, texts, found, asked_by, asked_name, asked_at, decision, "
            + "decided_by, decided_name, decided_at) values (" + template.id() + ", 1, 'x', 'REMINDER', '{}', 'x', 'a', 'a', now(), 'APPROVED', 'a', 'a', now())"), "nor does the database let one person do both");
    }

    @Test @DisplayName("LAW-06, LAW-07: an offer names what the company has not entered")
    void namesWhatIsMissing() {
        run("update company set offer_contact = ''");
        assertEquals("template.offer.CONTACT", refused(() -> save(null, Purpose.MARKETING, "Rabais", null)));
        run("update company set offer_contact = 'garage.example', postal_address = ' '");
        assertEquals("template.offer.ADDRESS", refused(() -> save(null, Purpose.MARKETING, "Rabais", null)));
        run("update company set postal_address = '1 rue Masson'");
        run("update location set sms_sender = 'GARAGE', country = 'FR'");
        assertEquals("template.offer.STOP", refused(() -> save(null, Purpose.MARKETING, "Rabais", null)), "nobody can answer STOP to a name");
        run("update company set stop_number = '36179'");
        assertEquals(Purpose.MARKETING, save(null, Purpose.MARKETING, "Rabais", null).purpose());
    }

    @Test @DisplayName("MSG-04, LAW-06: the name and the way to stop count among an offer's segments")
    void countsTheImprint() {
        assertEquals("template.tooLong", refused(() -> save(null, Purpose.MARKETING, "x".repeat(420), null)));
        assertEquals(420, save(null, Purpose.TRANSACTIONAL, "x".repeat(420), null).translations().get("fr").sms().length());
    }

    @Test @DisplayName("LAW-22: a template that a location in Québec sends keeps its French on every channel in use")
    void keepsItsFrenchInQuebec() {
        Template template = save(null, Purpose.TRANSACTIONAL, "Prêt", "Ready");
        run("insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id) values (9, 'a', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'SMS', " + template.id() + ")");
        run("insert into automation_location values (9, 1)");
        assertEquals("template.french.SMS", refused(() -> save(template, Purpose.TRANSACTIONAL, null, "Ready")));
        run("update location set region = 'ON'");
        assertTrue(save(template, Purpose.TRANSACTIONAL, null, "Ready").translations().get("fr") == null);
    }
}
