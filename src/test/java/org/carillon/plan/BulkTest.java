package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.automation.BulkDesk;
import org.carillon.automation.BulkEdit;
import org.carillon.automation.BulkOutcome;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bulk edits on a real database with the real planner behind them: two garages and an empty one, two managers. */
class BulkTest {

    private static final Scope ALL = Scope.everything();

    private final Shop shop = new Shop();
    private final BulkDesk desk = new BulkDesk(shop.jdbi, shop.replanner, shop.clock);
    private final long lachine = location("LAC", "Lachine");
    private final long verdun = location("VER", "Verdun");
    private final long mireille = staff("mireille");
    private final long jean = staff("jean");

    BulkTest() {
        shop.at("2027-03-01T15:00:00Z");
        uses(shop.location, "NEW", "READY", "CLOSED");
        uses(lachine, "NEW", "READY");
    }

    private long location(String code, String name) {
        return shop.id("insert into location (code, name, zone, country, language, opening_hours) select '" + code + "', '" + name + "', zone, country, language, opening_hours from location "
            + "where id = " + shop.location + " returning id");
    }

    private void uses(long location, String... statuses) {
        shop.run("insert into location_status select " + location + ", id from order_status where code in ('" + String.join("', '", statuses) + "')");
    }

    private long staff(String name) { return shop.id("insert into staff (email, name, role) values ('" + name + "@x.example', '" + name + "', 'MANAGER') returning id"); }

    private long automation(String status) { return shop.automation("ORDER_STATUS_CHANGED", status, "Bonjour", ""); }

    private long template(String sms, String body) {
        long id = shop.id("insert into template (name) values (gen_random_uuid()::text) returning id");
        shop.run("insert into template_translation (template_id, language, sms, subject, body) values (" + id + ", 'fr', '" + sms + "', 'Objet', '" + body + "')");
        return id;
    }

    private BulkOutcome apply(long person, BulkEdit edit, long... ids) { return apply(ALL, person, edit, seen(ids)); }

    private BulkOutcome apply(Scope scope, long person, BulkEdit edit, Map<Long, Integer> chosen) { return shop.jdbi.inTransaction(h -> desk.apply(scope, person, chosen, edit)); }

    private BulkOutcome undo(long person) { return shop.jdbi.inTransaction(h -> desk.undo(ALL, person)); }

    private Map<Long, Integer> seen(long... ids) {
        Map<Long, Integer> seen = new LinkedHashMap<>();
        for (long id : ids) {
            seen.put(id, (int) shop.id("select version from automation where id = " + id));
        }
        return seen;
    }

    private String states(long... ids) {
        return shop.jdbi.withHandle(h -> h.createQuery("select string_agg(case when deleted then 'DELETED' else state end, ' ' order by id) from automation where id = any(:ids)")
            .bind("ids", Arrays.stream(ids).boxed().toArray(Long[]::new)).mapTo(String.class).one());
    }

    private long count(long location) {
        return shop.id("select count(*) from automation a join automation_location l on l.automation_id = a.id where not a.deleted and l.location_id = " + location);
    }

    private static List<String> why(BulkOutcome outcome) { return outcome.refused().stream().map(r -> r.key() + r.arguments()).toList(); }

    private long readyOrder() {
        long order = shop.order(shop.customer("Sophie", "fr", true, "+15145550142"));
        shop.status(order, "READY");
        return order;
    }

    @Test @DisplayName("LAW-22: a garage in Québec gets no template without French, by no bulk edit and no copy; elsewhere it may")
    void asksForFrenchInQuebec() {
        long english = template("Ready", "Ready");
        shop.run("update template_translation set language = 'en' where template_id = " + english);
        long here = automation("READY");
        shop.run("update location set region = 'QC' where id = " + shop.location);
        BulkOutcome refused = apply(mireille, new BulkEdit.UseTemplate(english), here);
        assertEquals(List.of("template.frenchIn.SMS"), refused.refused().stream().map(BulkOutcome.Refusal::key).toList());
        shop.run("update location set region = 'ON' where id = " + shop.location);
        assertEquals(List.of(), apply(mireille, new BulkEdit.UseTemplate(english), here).refused());
        shop.run("update location set region = 'QC' where id = " + lachine);
        assertEquals(List.of("template.frenchIn.SMS"), apply(mireille, new BulkEdit.CopyTo(Set.of(lachine)), here).refused().stream().map(BulkOutcome.Refusal::key).toList());
        assertEquals(0, count(lachine));
    }

    @Test @DisplayName("RO-41, RO-42: deletes many at once; what was planned is called off, and waits again after the undo")
    void deletesAndTakesItBack() {
        long later = shop.automation("ORDER_STATUS_CHANGED", "READY", "Avis", "delay_n, delay_unit=1, 'HOURS'");
        long reminder = shop.reminder(1, "DAYS", "Rappel", "");
        shop.due(readyOrder(), "2027-03-04T09:00");
        assertEquals(List.of("PLANNED", "PLANNED"), shop.plans());
        assertEquals(2, apply(mireille, new BulkEdit.Delete(), later, reminder).changed());
        assertEquals("DELETED DELETED", states(later, reminder));
        assertEquals(List.of("CANCELLED AUTOMATION_DELETED", "CANCELLED AUTOMATION_DELETED"), shop.plans());
        assertEquals(2, undo(mireille).changed());
        assertEquals("ACTIVE ACTIVE", states(later, reminder));
        assertEquals(List.of("PLANNED", "PLANNED"), shop.plans());
        shop.at("2027-03-01T16:05:00Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("+15145550142 Avis"), shop.texts());
    }

    @Test @DisplayName("RO-42: what was sent before the undo stays sent and is not sent again")
    void undoSendsNothingTwice() {
        long now = automation("READY");
        readyOrder();
        shop.releaser.releaseDue();
        assertEquals(1, shop.texts().size());
        apply(mireille, new BulkEdit.Delete(), now);
        undo(mireille);
        shop.releaser.releaseDue();
        assertEquals(1, shop.texts().size());
    }

    @Test @DisplayName("RO-43: another template, but not one without a text for the channel; nothing changes for those that have it")
    void changesTheTemplate() {
        long one = automation("READY");
        long both = automation("NEW");
        long has = automation("CLOSED");
        long sms = template("Bonjour", "");
        shop.run("update automation set channels = 'SMS,EMAIL' where id = " + both);
        shop.run("update automation set template_id = " + sms + " where id = " + has);
        BulkOutcome outcome = apply(mireille, new BulkEdit.UseTemplate(sms), one, both, has);
        assertEquals(1, outcome.changed());
        assertEquals(1, outcome.same());
        assertEquals("template.silentOn.EMAIL", outcome.refused().get(0).key());
        assertEquals(both, outcome.refused().get(0).what().id());
        assertEquals(sms, shop.id("select template_id from automation where id = " + one));
        assertEquals(1, shop.id("select version from automation where id = " + has), "untouched");
        shop.run("update template set deleted = true where id = " + sms);
        assertThrows(Invalid.class, () -> apply(mireille, new BulkEdit.UseTemplate(sms), both));
    }

    @Test @DisplayName("RO-43: another channel; the old one's waiting messages are called off, and wait again after the undo")
    void changesTheChannel() {
        long later = shop.automation("ORDER_STATUS_CHANGED", "READY", "Avis", "delay_n, delay_unit=1, 'HOURS'");
        long mute = automation("NEW");
        shop.run("update template_translation set body = 'Bonjour' where template_id = (select template_id from automation where id = " + later + ")");
        readyOrder();
        BulkOutcome outcome = apply(mireille, new BulkEdit.UseChannels(Set.of(Channel.EMAIL)), later, mute);
        assertEquals(1, outcome.changed());
        assertEquals(List.of("template.silentOn.EMAIL"), outcome.refused().stream().map(BulkOutcome.Refusal::key).toList());
        assertEquals(List.of("CANCELLED AUTOMATION_CHANGED"), shop.plans());
        undo(mireille);
        assertEquals(List.of("PLANNED"), shop.plans());
    }

    @Test @DisplayName("P-19: switched off, nothing leaves any more; switched on, what waited goes on")
    void switchesOffAndOn() {
        long one = automation("READY");
        long other = automation(null);
        readyOrder();
        assertEquals(2, apply(mireille, new BulkEdit.Turn(false), one, other).changed());
        shop.releaser.releaseDue();
        assertEquals(List.of("HELD AUTOMATION_PAUSED", "HELD AUTOMATION_PAUSED"), shop.plans());
        assertEquals(List.of(), shop.texts());
        assertEquals(2, apply(mireille, new BulkEdit.Turn(false), one, other).same());
        apply(mireille, new BulkEdit.Turn(true), one, other);
        shop.releaser.releaseDue();
        assertEquals(1, shop.texts().size(), "the same text once (A-37)");
    }

    @Test @DisplayName("P-39: what is switched on will be sent: not without an opening ahead that it waits for")
    void switchesOnOnlyWhatCanBeSent() {
        long one = shop.automation("ORDER_CREATED", null, "Bonjour", "opening_hours_only=true");
        apply(mireille, new BulkEdit.Turn(false), one);
        shop.run("update location set opening_hours = '{}'");
        assertEquals(List.of("automation.noOpening[Rosemont]"), why(apply(mireille, new BulkEdit.Turn(true), one)));
        assertEquals("PAUSED", states(one));
    }

    @Test @DisplayName("RO-44: copied to all locations once, however often; statuses are matched by code and a location that lacks one refuses")
    void copiesWithoutDuplicates() {
        long created = shop.automation("ORDER_CREATED", null, "Merci", "");
        long ready = automation("READY");
        long reminder = shop.reminder(1, "DAYS", "Rappel", "");
        BulkOutcome first = apply(mireille, new BulkEdit.CopyTo(null), created, ready, reminder);
        assertEquals(5, first.changed());
        assertEquals(List.of("bulk.statusUnused[Verdun]"), why(first));
        assertEquals(3, count(lachine));
        assertEquals(2, count(verdun));
        BulkOutcome again = apply(mireille, new BulkEdit.CopyTo(null), created, ready, reminder);
        assertEquals(0, again.changed());
        assertEquals(5, again.same());
        assertEquals(3, count(lachine));
        assertEquals(3, count(shop.location));
        uses(verdun, "READY");
        assertEquals(1, apply(mireille, new BulkEdit.CopyTo(Set.of(verdun)), created, ready, reminder).changed());
        assertEquals(1, undo(mireille).changed(), "only the last copying is taken back");
        assertEquals(2, count(verdun));
        assertEquals(3, count(lachine));
    }

    @Test @DisplayName("RO-44: an equal one at the target counts as the copy; one that was adapted there is neither doubled nor overwritten; a copy does not come home")
    void copiesNothingThatIsThere() {
        long here = automation("READY");
        long there = shop.id("insert into automation (ref, state, trigger_kind, event_type, status, channels, template_id) select gen_random_uuid()::text, 'ACTIVE', trigger_kind, event_type, "
            + "status, channels, template_id from automation where id = " + here + " returning id");
        shop.run("insert into automation_location values (" + there + ", " + lachine + ")");
        assertEquals(1, apply(mireille, new BulkEdit.CopyTo(Set.of(lachine)), here).same());
        apply(mireille, new BulkEdit.Delete(), there);
        assertEquals(1, apply(mireille, new BulkEdit.CopyTo(Set.of(lachine)), here).changed(), "a deleted one is no longer there");
        long copy = shop.id("select max(id) from automation");
        shop.run("update automation set delay_n = 2, delay_unit = 'HOURS' where id = " + copy);
        assertEquals(List.of("bulk.copyDiffers[Lachine]"), why(apply(mireille, new BulkEdit.CopyTo(Set.of(lachine)), here)));
        assertEquals(List.of("bulk.copyDiffers[Rosemont]"), why(apply(mireille, new BulkEdit.CopyTo(Set.of(shop.location)), copy)));
        assertEquals(1, count(lachine));
        assertEquals(1, count(shop.location));
    }

    @Test @DisplayName("RO-44: two equal ones of different locations make one copy")
    void copiesEqualOnesOnce() {
        long here = automation("READY");
        apply(mireille, new BulkEdit.CopyTo(Set.of(lachine)), here);
        long copy = shop.id("select max(id) from automation");
        uses(verdun, "READY");
        assertEquals(1, apply(mireille, new BulkEdit.CopyTo(Set.of(verdun)), here, copy).changed());
        assertEquals(1, count(verdun));
    }

    @Test @DisplayName("RO-44: a copied reminder plans the orders of its new location from the same moment")
    void copiedRemindersPlan() {
        long reminder = shop.reminder(1, "DAYS", "Rappel", "");
        long order = shop.order(shop.customer("Sophie", "fr", true, "+15145550142"));
        shop.run("update work_order set location_id = " + lachine + ", due_local = '2027-03-04T09:00', due_at = '2027-03-04T14:00:00Z' where id = " + order);
        assertEquals(List.of(), shop.reminders());
        apply(mireille, new BulkEdit.CopyTo(Set.of(lachine)), reminder);
        assertEquals(List.of("PLANNED 2027-03-04T09:00 2027-03-03T14:00:00Z"), shop.reminders());
        undo(mireille);
        assertEquals(List.of(), shop.reminders());
    }

    @Test @DisplayName("RO-42: what somebody changed meanwhile is shown by name, not overwritten")
    void overwritesNothing() {
        long one = automation("READY");
        long other = automation("NEW");
        Map<Long, Integer> seen = seen(one, other);
        apply(jean, new BulkEdit.Turn(false), one);
        BulkOutcome outcome = apply(ALL, mireille, new BulkEdit.Delete(), seen);
        assertEquals(1, outcome.changed());
        assertEquals(List.of("bulk.changed[]"), why(outcome));
        assertEquals("READY fr", outcome.refused().get(0).what().statusName("fr"));
        assertEquals("PAUSED DELETED", states(one, other));
        assertEquals(List.of("bulk.changed[]", "bulk.deleted[]"), why(apply(ALL, mireille, new BulkEdit.Turn(true), seen)));
    }

    @Test @DisplayName("RO-42: each person takes back the own last action, once, and refuses by name what was changed since")
    void undoesOnesOwnLastAction() {
        long one = automation("READY");
        long other = automation("NEW");
        apply(mireille, new BulkEdit.Turn(false), one, other);
        apply(jean, new BulkEdit.Delete(), other);
        BulkOutcome undone = undo(mireille);
        assertEquals(1, undone.changed());
        assertEquals(List.of("bulk.changedSince[]"), why(undone));
        assertEquals("ACTIVE DELETED", states(one, other));
        assertEquals("bulk.nothing", assertThrows(Invalid.class, () -> undo(mireille)).key());
        undo(jean);
        assertEquals("ACTIVE PAUSED", states(one, other), "as Jean found it");
    }

    @Test @DisplayName("RO-42: a template that went away with the last that used it is named by the undo")
    void undoNeedsTheTemplate() {
        long one = automation("READY");
        apply(mireille, new BulkEdit.Delete(), one);
        shop.run("update template set deleted = true where id = (select template_id from automation where id = " + one + ")");
        assertEquals(List.of("bulk.templateGone[]"), why(undo(mireille)));
        assertEquals("DELETED", states(one));
    }

    @Test @DisplayName("SEC-13: another location's are as good as not there, as sources and as targets")
    void keepsToItsScope() {
        long one = automation("READY");
        Scope only = Scope.of(Set.of(lachine));
        BulkOutcome outcome = apply(only, mireille, new BulkEdit.Delete(), seen(one));
        assertEquals(0, outcome.changed());
        assertEquals("bulk.unknown", outcome.refused().get(0).key());
        assertNull(outcome.refused().get(0).what());
        assertThrows(Invalid.class, () -> apply(Scope.of(Set.of(shop.location)), mireille, new BulkEdit.CopyTo(Set.of(lachine)), seen(one)));
        assertEquals(0, apply(Scope.of(Set.of(shop.location)), mireille, new BulkEdit.CopyTo(null), seen(one)).changed(), "all means all of one's own");
        apply(mireille, new BulkEdit.Turn(false), one);
        shop.jdbi.useTransaction(h -> assertEquals(List.of("bulk.unknown[]"), why(desk.undo(only, mireille))));
        assertEquals("PAUSED", states(one));
    }

    @Test @DisplayName("RO-44: 50 notifications to 150 locations in one transaction, 7,500 rows, and back")
    void copiesThousands() {
        shop.run("insert into location (code, name, zone, country, language) select 'L' || n, 'Garage ' || n, 'America/Toronto', 'CA', 'fr' from generate_series(1, 150) n");
        long[] sources = new long[50];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = shop.automation("ORDER_CREATED", null, "Bonjour " + i, "delay_n=" + i);
        }
        long start = System.nanoTime();
        int made = apply(mireille, new BulkEdit.CopyTo(null), sources).changed();
        long copied = System.nanoTime();
        assertEquals(50 * 152, made);
        assertEquals(50 * 152, apply(mireille, new BulkEdit.CopyTo(null), sources).same());
        assertEquals(made, undo(mireille).changed());
        long undone = System.nanoTime();
        System.out.println("copied " + made + " in " + (copied - start) / 1_000_000 + " ms, checked and undone in " + (undone - copied) / 1_000_000 + " ms");
    }
}
