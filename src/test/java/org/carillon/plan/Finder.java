package org.carillon.plan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.audience.Audience;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.Comparison;
import org.carillon.audience.Operator;
import org.carillon.audience.Value;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceAutomations;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.AudienceShelf;
import org.carillon.automation.Kind;
import org.carillon.automation.Schedule;
import org.carillon.fact.Actor;
import org.carillon.fact.Channel;
import org.carillon.shop.Scope;
import org.carillon.template.Alphabet;
import org.carillon.template.OwnTexts;
import org.carillon.template.Translation;

/** A shop with the desk and the runs of audiences. */
final class Finder {

    static final Actor EVE = Actor.staff("Eve");

    final Shop shop = new Shop();
    final AudienceShelf shelf = new AudienceShelf(shop.fields);
    final AudienceAutomations desk = new AudienceAutomations(shop.jdbi, shelf, new OwnTexts(shop.fields, shop.jdbi, location -> Alphabet.GSM7), shop.fields,
        new AudienceDesk(shop.jdbi, shop.fields, shop.clock), shop.replanner, shop.clock) {
        @Override public AudienceAutomation save(Scope scope, AudienceDraft draft, String ref, Actor actor) { return shop.jdbi.inTransaction(h -> super.save(scope, draft, ref, actor)); }
        @Override public AudienceAutomation activate(Scope scope, long id, int version, Actor actor) { return shop.jdbi.inTransaction(h -> super.activate(scope, id, version, actor)); }
        @Override public AudienceAutomation pause(Scope scope, long id, int version, Actor actor) { return shop.jdbi.inTransaction(h -> super.pause(scope, id, version, actor)); }
        @Override public void delete(Scope scope, long id, int version, Actor actor) { shop.jdbi.useTransaction(h -> super.delete(scope, id, version, actor)); }
    };
    final AudienceRuns runs = new AudienceRuns(shop.jdbi, shop.clock, shelf, new AudienceSearch(shop.fields, shop.recheck)) {
        @Override public boolean request() { return shop.jdbi.inTransaction(h -> super.request()); }
        @Override public boolean make(long id) { return shop.jdbi.inTransaction(h -> super.make(id)); }
    };

    Finder() {
        shop.run("update company set postal_address = '1 rue Masson, Montreal', offer_contact = '514 555-0100', stop_number = '514 555-0100', cap_offers_day = 1, cap_offers_month = 4");
    }

    static Comparison rule(String field, Operator operator, Value value) { return new Comparison(field, operator, value); }

    static Audience all(Comparison... rules) { return Audience.of(java.util.Arrays.stream(rules).map(List::of).toList()); }

    AudienceDraft draft(Audience audience, Schedule schedule, String sms) {
        return new AudienceDraft(null, null, "Suivi", Kind.GENERAL, audience, schedule, false, Set.of(shop.location), Set.of(Channel.SMS), false,
            Map.of("fr", Translation.of(sms, "", "")), false);
    }

    AudienceAutomation on(AudienceDraft draft) {
        AudienceAutomation saved = desk.save(Scope.everything(), draft, EVE);
        return desk.activate(Scope.everything(), saved.id(), saved.version(), EVE);
    }

    /** Time stands still here, what is due then is looked for, and what is found leaves. */
    List<String> at(String instant) {
        look(instant);
        shop.releaser.releaseDue();
        return shop.texts();
    }

    void look(String instant) {
        shop.frozen = Instant.parse(instant);
        runs.request();
        runs.open().forEach(runs::make);
    }

    /** Of runs that were made or given up: state, matched, planned, already, capped, without consent, without address, too late. */
    List<String> history() {
        return shop.jdbi.withHandle(h -> h.createQuery("select concat_ws(' ', state, matched, planned, already, capped, without_consent, without_address, too_late) from audience_run order by id")
            .mapTo(String.class).list());
    }

    /** One with a phone and consent to all. */
    long customer(String name, String phone) {
        long id = shop.customer(name, "fr", true, phone);
        shop.run("update customer set marketing_consent = true where id = " + id);
        return id;
    }

    long appointment(long customer, String start, String booked, String status) {
        return shop.id("insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, status_changed_at, created_at) values (" + shop.location + ", " + customer
            + ", gen_random_uuid()::text, '" + status + "', to_char('" + start + "'::timestamptz at time zone 'America/Toronto', 'YYYY-MM-DD\"T\"HH24:MI'), '" + start + "', '" + booked + "', now(), now()) returning id");
    }

    long closed(long customer, String at) {
        long order = shop.order(customer);
        shop.run("update work_order set status = 'CLOSED', status_group = 'CLOSED', opened_at = '" + at + "'::timestamptz - interval '1 hour', closed_at = '" + at + "', last_time = '" + at + "' where id = " + order);
        return order;
    }
}
