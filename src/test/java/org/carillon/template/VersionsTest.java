package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.carillon.TestDatabase;
import org.carillon.fact.Purpose;
import org.carillon.template.TemplateVersion.Act;
import org.carillon.template.TemplateVersion.Part;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** P-37: a template's former states are kept, whole, for good. */
class VersionsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Instant NOON = Instant.parse("2026-11-22T17:00:00Z");
    private static final Translation FRENCH = Translation.of("Prêt !", "Votre auto", "Bonjour {customer.name},\nelle est prête. 😀 \"{{\\\" ");
    private static final TemplateVersion FIRST = new TemplateVersion(1, Act.CREATED, null, "Prêt", Purpose.TRANSACTIONAL,
        Map.of("fr", FRENCH, "en", Translation.of("Ready!", "", "")), NOON, "Marie Côté");
    private static final TemplateVersion SECOND = new TemplateVersion(2, Act.CHANGED, null, "Prêt", Purpose.REMINDER,
        Map.of("fr", Translation.of("C’est prêt !", FRENCH.subject(), FRENCH.body())), NOON.plusSeconds(60), "Luc Roy");

    private Jdbi jdbi;
    private Versions versions;
    private long template;

    @BeforeEach void write() {
        jdbi = DATABASE.emptied().jdbi();
        versions = new Versions(jdbi);
        template = jdbi.withHandle(h -> h.createQuery("insert into template (name, revision) values ('Prêt', 2) returning id").mapTo(Long.class).one());
        versions.keep(template, FIRST);
        versions.keep(template, SECOND);
    }

    @Test @DisplayName("P-37: an old version comes back with every translation, its purpose, its author and its moment")
    void keepsEverything() {
        assertEquals(FIRST, versions.find(template, 1).orElseThrow());
        assertEquals(List.of(SECOND, FIRST), versions.of(template, Integer.MAX_VALUE, 10));
        assertEquals(List.of(FIRST), versions.of(template, 2, 10));
        assertTrue(versions.find(template, 3).isEmpty());
    }

    @Test @DisplayName("P-37: a template from before versions were kept counts as its own first one")
    void findsWhatWasThereBefore() {
        long older = jdbi.withHandle(h -> h.createQuery("insert into template (name) values ('Ancien') returning id").mapTo(Long.class).one());
        jdbi.useHandle(h -> h.execute("insert into template_translation values (?, 'fr', 'Bonjour', '', '')", older));
        assertEquals(List.of(new TemplateVersion(1, Act.FOUND, null, "Ancien", Purpose.TRANSACTIONAL, Map.of("fr", Translation.of("Bonjour", "", "")), null, "")),
            versions.of(older, Integer.MAX_VALUE, 10));
    }

    @Test @DisplayName("P-37: the application cannot rewrite history, and no number is given twice")
    void isAppendOnly() {
        for (String forgery : List.of("update template_version set name = 'x'", "delete from template_version", "truncate template_version")) {
            UnableToExecuteStatementException refused = assertThrows(UnableToExecuteStatementException.class, () -> jdbi.useHandle(h -> h.execute(forgery)), forgery);
            assertTrue(refused.getMessage().contains("permission denied"), refused.getMessage());
        }
        assertThrows(UnableToExecuteStatementException.class, () -> versions.keep(template, FIRST));
        assertEquals(List.of(SECOND, FIRST), versions.of(template, Integer.MAX_VALUE, 10));
    }

    @Test @DisplayName("P-37: what changed is told per language")
    void tellsWhatChangedPerLanguage() {
        assertEquals(List.of(Part.PURPOSE + "::TRANSACTIONAL:REMINDER", Part.SMS + ":fr:Prêt !:C’est prêt !", Part.SMS + ":en:Ready!:"),
            SECOND.changesFrom(FIRST).stream().map(c -> c.part() + ":" + c.language() + ":" + c.before() + ":" + c.after()).toList());
        assertEquals(List.of("SMS fr", "SUBJECT fr", "BODY fr", "SMS en"), FIRST.changesFrom(null).stream().map(c -> c.part() + " " + c.language()).toList());
        assertEquals(List.of(), FIRST.changesFrom(FIRST));
    }

    @Test @DisplayName("P-37: each change of the aggregate has its own number; one that was deleted comes back by becoming what it was")
    void numbersItsRevisions() {
        Template aggregate = Template.draft();
        aggregate.become(FIRST.name(), FIRST.purpose(), FIRST.translations());
        aggregate.delete();
        assertEquals(2, aggregate.revision());
        assertTrue(aggregate.deleted());
        aggregate.become(FIRST.name(), FIRST.purpose(), FIRST.translations());
        assertEquals(3, aggregate.revision());
        assertTrue(!aggregate.deleted() && aggregate.says(FIRST.name(), FIRST.purpose(), FIRST.translations()));
    }
}
