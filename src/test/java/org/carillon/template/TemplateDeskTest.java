package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.TestDatabase;
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

@DisplayName("SEC-13: a template that a location uses is changed only by who works there")
class TemplateDeskTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Scope MTL = Scope.of(Set.of(1L));
    private static final Scope PAR = Scope.of(Set.of(2L));

    private static final Actor LUC = Actor.staff("Luc Roy");

    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private final Template stored = Template.draft();
    private final TemplateDesk desk = new TemplateDesk(new Templates() {
        @Override Optional<Template> lock(long id) { return Optional.of(stored); }
        @Override public List<Template> all() { return List.of(); }
        @Override void flush() { }
    }, new Versions(jdbi) {
        @Override void keep(Template template, TemplateVersion.Act act, Integer restoredFrom, Instant at, String actor) {
            keep(7, new TemplateVersion(template.revision(), act, restoredFrom, template.name(), template.purpose(), template.translations(), at, actor));
        }
    }, new FieldCatalogue(List.of()), new ApplicationClock(jdbi), jdbi, location -> Alphabet.GSM7);

    @BeforeEach void isUsedInParis() {
        stored.become("Prêt", Purpose.TRANSACTIONAL, Map.of("fr", Translation.of("Bonjour", "", "")));
        DATABASE.owner().useHandle(h -> h.createScript("""
            insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr'), (2, 'PAR', 'Bastille', 'Europe/Paris', 'FR', 'fr');
            insert into template (id, name) values (7, 'Prêt');
            insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id) values (9, 'a', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'SMS', 7);
            insert into automation_location values (9, 2);
            """).execute());
    }

    private static TemplateDraft draft(String sms) { return new TemplateDraft(7L, null, "Prêt", Purpose.TRANSACTIONAL, Map.of("fr", Translation.of(sms, "", "")), LUC); }

    private void unused() { DATABASE.owner().useHandle(h -> h.execute("update automation set deleted = true")); }

    @Test void refusesWhoDoesNotWorkWhereItIsUsed() {
        assertEquals("template.elsewhere", assertThrows(Invalid.class, () -> desk.save(MTL, draft("Salut"))).key());
        Invalid refusal = assertThrows(Invalid.class, () -> desk.delete(MTL, 7, LUC));
        assertEquals("template.elsewhere", refusal.key());
        assertFalse(refusal.arguments().toString().contains("Bastille"), "a foreign location is not even named");
        assertEquals("template.elsewhere", assertThrows(Invalid.class, () -> desk.restore(MTL, 7, 1, stored.version(), LUC)).key());
        assertEquals("Bonjour", stored.translations().get("fr").sms());
    }

    @Test void obeysWhoWorksEverywhereItIsUsed() {
        desk.save(PAR, draft("Salut"));
        desk.save(Scope.everything(), draft("Coucou"));
        assertEquals("Coucou", stored.translations().get("fr").sms());
        Invalid refusal = assertThrows(Invalid.class, () -> desk.delete(PAR, 7, LUC));
        assertEquals("template.used", refusal.key());
        assertEquals(List.of("Bastille (1)"), refusal.arguments());
        unused();
        desk.delete(PAR, 7, LUC);
        assertTrue(stored.deleted());
    }

    @Test void leavesWhatTheWholeCompanySendsToWhoMaySeeAll() {
        DATABASE.owner().useHandle(h -> {
            h.execute("delete from automation_location");
            h.execute("update automation set everywhere = true");
        });
        assertEquals("template.elsewhere", assertThrows(Invalid.class, () -> desk.save(PAR, draft("Salut"))).key());
        desk.save(Scope.everything(), draft("Salut"));
        assertEquals("Salut", stored.translations().get("fr").sms());
    }

    @Test void isEverybodysWhileNobodyUsesIt() {
        unused();
        desk.save(MTL, draft("Salut"));
        assertEquals("Salut", stored.translations().get("fr").sms());
    }

    @Test @DisplayName("P-37: restoring writes a new version that equals the old one, and brings a deleted template back")
    void restoresWhatItWas() {
        unused();
        DATABASE.owner().useHandle(h -> h.execute("update template set revision = 1"));
        new Versions(jdbi).keep(7, new TemplateVersion(1, TemplateVersion.Act.CREATED, null, "Prêt", Purpose.TRANSACTIONAL, stored.translations(), Instant.EPOCH, "Marie Côté"));
        desk.save(MTL, draft("Salut"));
        desk.delete(MTL, 7, LUC);
        Template back = desk.restore(MTL, 7, 1, 3, LUC);
        assertFalse(back.deleted());
        assertEquals("Bonjour", back.translations().get("fr").sms());
        List<TemplateVersion> history = new Versions(jdbi).of(7, Integer.MAX_VALUE, 10);
        assertEquals(List.of("4 RESTORED 1", "3 DELETED null", "2 CHANGED null", "1 CREATED null"), history.stream().map(v -> v.number() + " " + v.act() + " " + v.restoredFrom()).toList());
        assertEquals("Luc Roy", history.get(0).actor());
    }

    @Test @DisplayName("P-37: a page that shows an older state restores nothing over what was saved since")
    void reportsWhatChangedMeanwhile() {
        desk.save(PAR, draft("Salut"));
        assertEquals("changed.meanwhile", assertThrows(Invalid.class, () -> desk.restore(PAR, 7, 1, 1, LUC)).key());
        assertEquals("Salut", stored.translations().get("fr").sms());
    }
}
