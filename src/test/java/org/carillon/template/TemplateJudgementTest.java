package org.carillon.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.TestDatabase;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the desk refuses of a text, and what of a text in use. */
class TemplateJudgementTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
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
    }, new FieldCatalogue(new CustomerFields().fields()), new ApplicationClock(jdbi), jdbi, location -> Alphabet.GSM7);

    @BeforeEach void isSentFromMontreal() {
        stored.become("Prêt", Purpose.TRANSACTIONAL, Map.of("fr", Translation.of("Bonjour", "Prêt", "Bonjour"), "en", Translation.of("", "Ready", "Hello")));
        DATABASE.owner().useHandle(h -> h.createScript("""
            insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr');
            insert into template (id, name) values (7, 'Prêt');
            """).execute());
    }

    private void sends(String channels) {
        DATABASE.owner().useHandle(h -> {
            h.execute("insert into automation (id, ref, state, trigger_kind, event_type, channels, template_id) values (9, 'a', 'PAUSED', 'ON_EVENT', 'ORDER_CREATED', ?, 7)", channels);
            h.execute("insert into automation_location values (9, 1)");
        });
    }

    private void save(String sms, String body) {
        desk.save(Scope.everything(), new TemplateDraft(7L, null, "Prêt", Purpose.TRANSACTIONAL, Map.of("fr", Translation.of(sms, "Prêt", body)), LUC));
    }

    private static String refusal(Runnable save) {
        Invalid refusal = assertThrows(Invalid.class, save::run);
        return refusal.field() + " " + refusal.key() + " " + refusal.arguments();
    }

    @Test @DisplayName("MSG-04: what leaves in GSM-7 is counted so")
    void countsTheTextAsItLeaves() {
        String text = "L’auto est là : « prête ».".replace("ê", "e");
        save(text.repeat(11), "");
        assertEquals("fr.sms template.tooLong " + List.of(SmsText.of(text.repeat(40), SmsMode.TYPO, Alphabet.GSM7).segments(), Purpose.TRANSACTIONAL.maxSegments()),
            refusal(() -> save(text.repeat(40), "")));
    }

    @Test void countsNoFieldNameThatNobodyReads() { save("{customer.first_name | }".repeat(60) + "x", ""); }

    @Test void takesWhatSomeLocationCanSend() {
        String text = "Prêt. ".repeat(60);
        assertEquals("fr.sms template.tooLong", refusal(() -> save(text, "")).replaceAll(" \\[.*", ""));
        DATABASE.owner().useHandle(h -> h.execute("update location set sms_mode = 'FOLD'"));
        save(text, "");
    }

    @ParameterizedTest @CsvSource({"SMS,'',Bonjour,fr.sms template.needed.SMS [Rosemont (1)]", "EMAIL,Bonjour,'',fr.body template.needed.EMAIL [Rosemont (1)]",
        "'SMS,EMAIL','',Bonjour,fr.sms template.needed.SMS [Rosemont (1)]"})
    void keepsTheTextOfAChannelThatIsInUse(String channels, String sms, String body, String refusal) {
        sends(channels);
        assertEquals(refusal, refusal(() -> save(sms, body)));
        assertEquals("Bonjour", stored.translations().get("fr").sms());
    }

    @Test void losesATextThatNobodySends() {
        sends("SMS");
        save("Bonjour", "");
        DATABASE.owner().useHandle(h -> h.execute("update automation set deleted = true"));
        save("", "Bonjour");
    }

    @Test void bringsNoVersionBackThatLacksAChannelInUse() {
        save("", "Bonjour");
        int number = stored.revision();
        save("Bonjour", "Bonjour");
        sends("SMS");
        assertEquals("fr.sms template.needed.SMS [Rosemont (1)]", refusal(() -> desk.restore(Scope.everything(), 7, number, stored.revision(), LUC)));
    }
}
