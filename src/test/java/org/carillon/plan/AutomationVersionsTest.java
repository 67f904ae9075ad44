package org.carillon.plan;

import static org.carillon.plan.Finder.all;
import static org.carillon.plan.Finder.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.audience.Audience;
import org.carillon.audience.Operator;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.AutomationState;
import org.carillon.automation.AutomationVersion;
import org.carillon.automation.AutomationVersions;
import org.carillon.automation.Schedule;
import org.carillon.fact.Actor;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.carillon.template.Translation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B-45: every state of an automation is kept, with who made it what it was, and comes back")
class AutomationVersionsTest {

    private static final Audience CLOSED = all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(1)));
    private static final Audience OPENED = all(rule("repair_order_opened.last_time", Operator.EXACTLY, new DaysAgo(2)));
    private static final Actor LEA = Actor.staff("Léa");
    private final Finder f = new Finder();
    private final AutomationVersions versions = new AutomationVersions(f.shop.jdbi, f.desk, f.shop.fields);

    private List<AutomationVersion> of(long id) { return versions.of(Scope.everything(), id, Integer.MAX_VALUE, 50); }

    private AudienceAutomation restore(Scope scope, AudienceAutomation a, int number) { return f.shop.jdbi.inTransaction(h -> versions.restore(scope, a.id(), number, a.version(), LEA)); }

    private static AudienceDraft with(AudienceDraft d, String name, Audience audience, Schedule schedule, Set<Channel> channels, Map<String, Translation> texts) {
        return new AudienceDraft(d.id(), d.version(), name, d.kind(), audience, schedule, d.everywhere(), d.locations(), channels, d.marketing(), texts, d.dropPastMidnight());
    }

    /** What each act changed, the newest first. */
    private List<String> told(long id) {
        List<AutomationVersion> found = of(id);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            AutomationVersion v = found.get(i);
            told.add(v.number() + " " + v.act() + (v.restoredFrom() == null ? "" : "(" + v.restoredFrom() + ")") + " " + v.actor() + " " + v.state() + " "
                + v.changesFrom(i + 1 < found.size() ? found.get(i + 1) : null).stream().map(c -> c.part() + c.language()).toList());
        }
        return told;
    }

    @Test void tellsWhoDidWhatAndBringsItBack() {
        Schedule at11 = new Schedule.Daily(LocalTime.of(11, 0), Set.of(DayOfWeek.values()));
        AudienceAutomation a = f.on(f.draft(CLOSED, at11, "Merci"));
        AudienceDraft changed = with(a.draft(), "Relance", OPENED, new Schedule.Weekly(DayOfWeek.TUESDAY, LocalTime.of(9, 15)), Set.of(Channel.SMS, Channel.EMAIL),
            Map.of("fr", Translation.of("À bientôt", "Bonjour", "Un mot"), "en", Translation.of("See you", "", "")));
        AudienceAutomation b = f.desk.save(Scope.everything(), changed, LEA);
        assertEquals(b.version(), f.desk.save(Scope.everything(), b.draft(), LEA).version(), "what changes nothing is no version");
        AudienceAutomation c = restore(Scope.everything(), b, 1);
        assertTrue(c.draft().says(a.draft()));
        assertEquals(AutomationState.ACTIVE, c.state());
        AudienceAutomation d = f.desk.pause(Scope.everything(), c.id(), c.version(), Finder.EVE);
        assertEquals(List.of("5 PAUSED Eve PAUSED []",
            "4 RESTORED(1) Léa ACTIVE [NAME, RULES, SCHEDULE, CHANNELS, SMSfr, SUBJECTfr, BODYfr, SMSen]",
            "3 CHANGED Léa ACTIVE [NAME, RULES, SCHEDULE, CHANNELS, SMSfr, SUBJECTfr, BODYfr, SMSen]",
            "2 ACTIVATED Eve ACTIVE []",
            "1 CREATED Eve DRAFT [SMSfr]"), told(a.id()));
        assertEquals(List.of(2, 1), versions.of(Scope.everything(), a.id(), 3, 50).stream().map(AutomationVersion::number).toList());
        f.desk.delete(Scope.everything(), d.id(), d.version(), LEA);
        assertEquals("DELETED Léa", f.shop.jdbi.withHandle(h -> h.createQuery("select act || ' ' || actor from automation_version order by number desc limit 1").mapTo(String.class).one()));
    }

    @Test void refusesWhatWouldNotBeWholeOrWasChangedMeanwhile() {
        Schedule at11 = new Schedule.Daily(LocalTime.of(11, 0), Set.of(DayOfWeek.values()));
        AudienceAutomation empty = f.desk.save(Scope.everything(), f.draft(null, at11, "Merci"), Finder.EVE);
        AudienceAutomation whole = f.desk.save(Scope.everything(), with(empty.draft(), "Suivi", CLOSED, at11, Set.of(Channel.SMS), empty.translations()), Finder.EVE);
        AudienceAutomation on = f.desk.activate(Scope.everything(), whole.id(), whole.version(), Finder.EVE);
        assertEquals("audience.empty", assertThrows(Invalid.class, () -> restore(Scope.everything(), on, 1)).key());
        assertEquals("changed.meanwhile", assertThrows(Invalid.class, () -> restore(Scope.everything(), whole, 2)).key());
        assertTrue(assertThrows(Invalid.class, () -> restore(Scope.everything(), on, 9)).isUnknown());
        assertEquals(3, of(on.id()).size());
    }

    @Test @DisplayName("SEC-13: versions are for those who see the automation; what was at another's location comes back by those who work there")
    void keepsToTheScope() {
        long elsewhere = f.shop.id("insert into location (code, name, zone, country, language) values ('PAR', 'Bastille', 'Europe/Paris', 'FR', 'fr') returning id");
        Schedule at11 = new Schedule.Daily(LocalTime.of(11, 0), Set.of(DayOfWeek.values()));
        AudienceDraft d = f.draft(CLOSED, at11, "Merci");
        AudienceAutomation both = f.desk.save(Scope.everything(), new AudienceDraft(null, null, "Deux", d.kind(), CLOSED, at11, false, Set.of(f.shop.location, elsewhere), d.channels(), false,
            d.translations(), false), Finder.EVE);
        AudienceAutomation here = f.desk.save(Scope.everything(), new AudienceDraft(both.id(), both.version(), "Ici", d.kind(), CLOSED, at11, false, Set.of(f.shop.location), d.channels(), false,
            d.translations(), false), Finder.EVE);
        Scope ours = Scope.of(Set.of(f.shop.location));
        assertEquals(List.of(), versions.of(Scope.of(Set.of(elsewhere)), both.id(), Integer.MAX_VALUE, 50));
        assertEquals(2, versions.of(ours, both.id(), Integer.MAX_VALUE, 50).size());
        assertEquals("automation.elsewhere", assertThrows(Invalid.class, () -> restore(ours, here, 1)).key());
        assertTrue(assertThrows(Invalid.class, () -> restore(Scope.of(Set.of(elsewhere)), here, 1)).isUnknown());
    }
}
