package org.carillon.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.carillon.TestDatabase;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Receipt;
import org.carillon.delivery.ReceiptStore;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ErasureTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String PHONE = "+15145559999", MAIL = "zyxcanary@home.example", NAME = "Rose Zyxcanary";

    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private final ApplicationClock clock = new ApplicationClock(jdbi);
    private final Outbox outbox = new Outbox(jdbi, clock);
    private final ConsentWatch watch = new ConsentWatch() {
        @Override public void withdrawn(long customerId, Channel channel, String actor) { outbox.withdrawn(customerId, channel, actor); }

        @Override public void erased(long customerId, String actor) { outbox.erased(customerId, actor); }

        @Override public void given(long customerId, Channel channel) { }

        @Override public void stopped(Channel channel, String address, boolean offersOnly, Reason reason, String actor) { outbox.suppress(channel, address, offersOnly, reason, actor); }
    };
    private final ErasureDesk desk = new ErasureDesk(jdbi, clock, null, watch);
    private final Suppressions suppressions = new Suppressions(jdbi, clock, watch);
    private long location, customer, message, waiting;

    /** Every place that can hold something personal holds the canary. */
    @BeforeEach void open() {
        DATABASE.owner().useHandle(h -> {
            location = h.createQuery("insert into location (code, name, zone, country, language) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr') returning id").mapTo(Long.class).one();
            h.execute("insert into order_status (code, name_fr, name_en, status_group, position) values ('READY', 'Prêt', 'Ready', 'READY', 1)");
            h.execute("insert into lead_status (code, name_fr, name_en, status_group, position) values ('NEW', 'Neuf', 'New', 'OPEN', 1)");
            h.execute("insert into order_type (code, name_fr, name_en, shown, position) values ('STANDARD', 'Standard', 'Standard', '', 1)");
            customer = card("C-ZYXCANARY", NAME);
            h.execute("insert into vehicle (customer_id, ref, make, plate, vin) values (?, 'ZYXCANARY', 'Mazda', 'ZYXCANARY', 'ZYXCANARY')", customer);
            h.execute("insert into work_order (location_id, customer_id, ref, status, status_group, object_label, reference, user_reference, lines, search_text, opened_at, status_changed_at, last_time, "
                + "created_at, order_type) values (?, ?, 'zyxcanary', 'READY', 'READY', 'zyxcanary', 'zyxcanary', 'zyxcanary', '[{\"item\":\"zyxcanary\"}]', 'zyxcanary', now(), now(), now(), now(), 'STANDARD')", location, customer);
            h.execute("insert into lead (location_id, customer_id, ref, status, status_group, object_label, note, search_text, status_changed_at, created_at) values (?, ?, 'zyxcanary', 'NEW', 'OPEN', 'zyxcanary', "
                + "'zyxcanary', 'zyxcanary', now(), now())", location, customer);
            h.execute("insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, user_reference, object_label, note, attributes, search_text, status_changed_at, "
                + "created_at) values (?, ?, 'zyxcanary', 'BOOKED', '2026-11-24T09:00', now(), now(), 'zyxcanary', 'zyxcanary', 'zyxcanary', '{\"kind\":\"zyxcanary\"}', 'zyxcanary', now(), now())", location, customer);
            h.execute("insert into sale (location_id, customer_id, ref, user_reference, created_at) values (?, ?, 'zyxcanary', 'zyxcanary', now())", location, customer);
            h.execute("update customer set attributes = '{\"kind\":\"zyxcanary\"}' where id = ?", customer);
            h.execute("insert into consent_event (customer_id, purpose, granted, at, zone, recorded_at, how, basis, wording, language, actor, source, actor_ip) values (?, 'SMS', true, now(), 'UTC', now(), 'ORAL', "
                + "'zyxcanary said so', 'Acceptez-vous ?', 'fr', 'Lise', 'page', '192.0.2.1')", customer);
            h.execute("insert into business_event (type, subject_type, subject_id, location_id, customer_id, at, actor, data) values ('ORDER_CREATED', 'ORDER', 1, ?, ?, now(), 'Lise', "
                + "'{\"from\":\"NEW\",\"note\":\"zyxcanary\"}')", location, customer);
            long inbound = h.createQuery("insert into inbound_message (route, provider_id, sender, recipient, text, received_at, customer_id, reading) values ('mail', '<1@zyxcanary>', ?, 'us', 'I am zyxcanary', now(), ?, 'TEXT') "
                + "returning id").bind(0, MAIL).bind(1, customer).mapTo(Long.class).one();
            h.execute("insert into inbound_message (route, sender, recipient, text, received_at, reading) values ('smpp', ?, 'us', 'zyxcanary', now(), 'TEXT')", PHONE);
            h.execute("insert into inbound_part values ('smpp', ?, 'us', 1, 2, 1, 'zyxcanary', now())", PHONE);
            message = send(Channel.SMS, PHONE, "Bonjour zyxcanary, votre voiture ".repeat(8));
            waiting = send(Channel.EMAIL, MAIL, "Bonjour zyxcanary");
            long forwarded = outbox.enqueue(List.of(new NewMessage(null, 0, 0, null, location, null, null, null, Channel.EMAIL, Purpose.TRANSACTIONAL, "shop@garage.example", "", "Courriel de " + NAME, "zyxcanary", clock.now().plus(Duration.ofDays(1)), false))).get(0);
            h.execute("update message set answers = ? where id = ?", inbound, forwarded);
            long staff = outbox.enqueue(List.of(new NewMessage(null, 0, 0, null, location, null, org.carillon.fact.Subject.staff(1), null, Channel.EMAIL, Purpose.TRANSACTIONAL, "lise@garage.example", "", "Alerte : " + NAME,
                "En retard : " + NAME, clock.now().plus(Duration.ofDays(1)), false))).get(0);
            assertTrue(staff > 0);
            h.execute("insert into attempt values (?, 1, 1, 'n', 1, 'smpp', gen_random_uuid(), 'zyxcanary', false, now())", message);
            h.execute("insert into attempt_outcome (message_id, part_no, claim_seq, route, verdict, provider_id, detail, ended_at) values (?, 1, 1, 'smpp', 'ACCEPTED', 'late-1', 'to zyxcanary', now())", message);
            h.execute("insert into late_outcome (message_id, part_no, claim_seq, node, epoch, route, verdict, detail, at) values (?, 1, 1, 'n', 1, 'smpp', 'ACCEPTED', 'to zyxcanary', now())", message);
            h.execute("insert into receipt (route, provider_id, recipient, state, at, received_at) values ('smpp', '1', ?, 'DELIVERED', now(), now())", PHONE);
            h.execute("insert into inbox_event values ('token:1', 'k', '', gen_random_uuid(), now(), 200, '{\"ref\":\"zyxcanary\",\"warnings\":[]}', now())");
            h.execute("insert into bad_address values ('SMS', ?, 1, now())", PHONE);
            h.execute("insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, due_at, expires_at, tz_version, state, detail, "
                + "collapse_key, created_at, changed_at) values (1, 1, 1, ?, 'ORDER', 1, ?, '1', 'SMS', 'CUSTOMER', now(), now(), '2026', 'PLANNED', 'zyxcanary', 'zyxcanary', now(), now())", location, customer);
        });
        suppressions.stop(Channel.SMS, PHONE, Suppressions.Scope.ALL, Reason.OPTED_OUT, "zyxcanary wrote stop", "customer");
        suppressions.stop(Channel.EMAIL, MAIL, Suppressions.Scope.MARKETING, Reason.OPTED_OUT, "message 1", "customer");
    }

    private long card(String ref, String name) {
        return jdbi.withHandle(h -> {
            long id = h.createQuery("insert into customer (location_id, ref, name, first_name, last_name, language, sms_consent, email_consent, search_text, created_at) "
                + "values (:place, :ref, :name, :name, :name, 'fr', true, true, :name, now()) returning id").bind("place", location).bind("ref", ref).bind("name", name).mapTo(Long.class).one();
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 1, ?, ?, true)", id, PHONE, PHONE);
            h.execute("insert into customer_email (customer_id, position, raw, address) values (?, 1, 'ZyxCanary@home.example', 'ZyxCanary@home.example')", id);
            return id;
        });
    }

    private long send(Channel channel, String to, String text) {
        return outbox.enqueue(List.of(new NewMessage(null, 0, 0, null, location, customer, null, null, channel, Purpose.TRANSACTIONAL, to, "", channel == Channel.SMS ? "" : NAME, text,
            clock.now().plus(Duration.ofDays(1)), false))).get(0);
    }

    /** Every row of every table that holds the name, the number or the address, whatever the column. */
    static List<String> traces(Jdbi owner, String... canaries) {
        List<String> found = new ArrayList<>();
        owner.useHandle(h -> {
            for (String table : h.createQuery("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'").mapTo(String.class).list()) {
                for (String canary : canaries) {
                    h.createQuery("select t::text from \"" + table + "\" t where t::text ilike '%' || :canary || '%' or t::text like '%' || encode(convert_to(:canary, 'UTF8'), 'hex') || '%'").bind("canary", canary)
                        .mapTo(String.class).forEach(row -> found.add(table + ": " + row));
                }
            }
        });
        return found;
    }

    private boolean erase() { return jdbi.inTransaction(h -> desk.erase(customer, "Lise")); }

    private List<String> texts(String sql, Object... values) { return jdbi.withHandle(h -> h.select(sql, values).mapTo(String.class).list()); }

    @Test @DisplayName("LAW-20: after the erasure no table holds the name, the number or the address any more")
    void leavesNoTrace() {
        assertTrue(traces(DATABASE.owner(), "zyxcanary", PHONE).size() > 20, "the canary sits everywhere before");
        assertTrue(erase());
        assertEquals(List.of(), traces(DATABASE.owner(), "zyxcanary", PHONE, "5145559999", MAIL));
        assertFalse(erase(), "once is enough");
    }

    @Test @DisplayName("LAW-20: what passed their texts on to the shop does not leave any more, and a receipt that comes late brings no number back")
    void staysErased() {
        assertTrue(erase());
        assertEquals(List.of("CANCELLED SUBJECT_GONE"), texts("select n.state || ' ' || n.reason from message_now n join message m using (id) where m.answers is not null"));
        new ReceiptStore(jdbi, clock, Deadlines.DEFAULT).store(List.of(new Receipt("smpp", "late-1", null, PHONE, Receipt.State.DELIVERED, "", clock.now())));
        assertEquals(List.of(), traces(DATABASE.owner(), "zyxcanary", PHONE, "5145559999", MAIL));
    }

    @Test @DisplayName("LAW-20: what waited is stopped, the proof of consent stays, and so does what says nothing of anybody")
    void keepsWhatItMust() {
        erase();
        assertEquals(List.of("SUPPRESSED"), texts("select state from message_now where id = ?", waiting));
        assertEquals(List.of("CANCELLED SUBJECT_GONE"), texts("select state || ' ' || reason from planned_notification"));
        assertEquals(List.of("SMS true ORAL Acceptez-vous ?"), texts("select purpose || ' ' || granted || ' ' || how || ' ' || wording from consent_event"));
        assertEquals(List.of("READY —"), texts("select o.status || ' ' || c.name from work_order o join customer c on c.id = o.customer_id"));
        assertEquals(List.of("{\"from\": \"NEW\"}"), texts("select data::text from business_event"));
        assertEquals(List.of("true"), texts("select (blind('" + PHONE + "') = any(addresses))::text from erasure"));
    }

    @Test @DisplayName("LAW-14: the number and the address come back with their stops when they are imported again")
    void staysStopped() {
        erase();
        assertEquals(List.of("hash:", "hash:"), texts("select left(address, 5) from suppression where released_at is null"));
        card("C-2", "Somebody else");
        assertEquals(List.of(PHONE + " ALL", MAIL + " MARKETING"), texts("select address || ' ' || scope from suppression where released_at is null order by id"));
        assertTrue(suppressions.start(Channel.SMS, PHONE, "customer"), "and can be lifted by their owner");
        card("C-3", "Somebody else");
        assertEquals(List.of(MAIL), texts("select address from suppression where released_at is null"));
    }

    @Test @DisplayName("LAW-20: what two people share stays with the other")
    void leavesTheOthers() {
        long other = card("C-2", "Paul Roy");
        erase();
        assertEquals(List.of(PHONE), texts("select e164 from customer_phone where customer_id = ?", other));
        assertEquals(List.of(PHONE + " ALL", MAIL + " MARKETING"), texts("select address || ' ' || scope from suppression where released_at is null order by id"));
    }

    @Test @DisplayName("LAW-02: the application still cannot change what is append-only by itself")
    void changesNothingElse() {
        for (String sql : List.of("update consent_event set wording = ''", "delete from consent_event", "update business_event set data = '{}'", "delete from erasure", "update inbound_message set text = ''")) {
            assertTrue(org.junit.jupiter.api.Assertions.assertThrows(Exception.class, () -> jdbi.useHandle(h -> h.execute(sql)), sql).getMessage().contains("permission denied"), sql);
        }
        assertTrue(clock.now().isAfter(Instant.EPOCH));
    }
}
