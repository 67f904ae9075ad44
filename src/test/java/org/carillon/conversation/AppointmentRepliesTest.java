package org.carillon.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.carillon.TestDatabase;
import org.carillon.booking.Cancellations;
import org.carillon.customer.ConsentWatch;
import org.carillon.delivery.InboundText;
import org.carillon.delivery.MessageState;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.EventLog;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.carillon.fact.Subject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** CANCEL in answer to what a shop said of an appointment, on a real database. */
class AppointmentRepliesTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String ANNE = "+15145550199", SHOP = "+15145550100";

    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private Instant now = Instant.parse("2026-11-22T15:00:00Z");
    private final ApplicationClock clock = new ApplicationClock(jdbi) {
        @Override public Instant now() { return now; }
    };
    private final Outbox outbox = new Outbox(jdbi, clock);
    private final ConsentWatch watch = new ConsentWatch() {
        @Override public void withdrawn(long customerId, Channel channel, String actor) { }

        @Override public void given(long customerId, Channel channel) { }

        @Override public void stopped(Channel channel, String address, boolean offersOnly, Reason reason, String actor) { }
    };
    private final AppointmentReplies replies = new AppointmentReplies(new Cancellations(jdbi, new EventLog(jdbi, told -> { }), clock));
    private final InboxDesk desk = new InboxAtHand(jdbi, clock, watch, outbox, replies);
    private long location, customer, appointment;

    @BeforeEach void open() {
        jdbi.useHandle(h -> {
            h.execute("insert into company (name, default_language) select 'Garage Rosemont', 'fr' where not exists (select 1 from company)");
            h.execute("update company set name = 'Garage Rosemont', stop_scope = 'ALL'");
            location = h.createQuery("insert into location (code, name, zone, country, language, sms_sender, phone, reply_email) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', "
                + "'fr', '" + SHOP + "', '514 555-0100', 'accueil@garage.test') returning id").mapTo(Long.class).one();
            customer = h.createQuery("insert into customer (location_id, ref, name, language, sms_consent, created_at) values (?, 'C-1', 'Anne Roy', 'fr', true, now()) returning id")
                .bind(0, location).mapTo(Long.class).one();
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 1, '514 555-0199', ?, true)", customer, ANNE);
            appointment = h.createQuery("insert into appointment (source, ref, location_id, customer_id, status, start_local, start_at, booked_at, status_changed_at, created_at) values "
                + "('page', '1', ?, ?, 'BOOKED', '2026-11-24T09:00', '2026-11-24T14:00Z', :now, :now, :now) returning id".replace(":now", "'2026-11-20T15:00Z'"))
                .bind(0, location).bind(1, customer).mapTo(Long.class).one();
        });
    }

    private void writes(String text) { desk.receive(new InboundText("smpp", null, ANNE, SHOP, text, null, now)); }

    private long tells(Purpose purpose, Subject subject) {
        return outbox.enqueue(List.of(new NewMessage(null, 0, 0, null, location, customer, subject, null, Channel.SMS, purpose, ANNE, SHOP, "", "Mardi, 9 h", now.plus(Duration.ofHours(12)), false))).get(0);
    }

    private List<String> texts(String sql, Object... values) { return jdbi.withHandle(h -> h.select(sql, values).mapTo(String.class).list()); }

    private List<String> answers() { return texts("select text from message where answers is not null and channel = 'SMS' order by id"); }

    private List<String> mails() { return texts("select text from message where answers is not null and channel = 'EMAIL' order by id"); }

    private List<String> stops() { return texts("select scope || ' ' || reason from suppression where released_at is null"); }

    private String status() { return texts("select status from appointment where id = ?", appointment).get(0); }

    private List<String> readings() { return texts("select reading || coalesce(' ' || no_answer, '') from inbound_message order by id"); }

    @ParameterizedTest @DisplayName("LAW-11: CANCEL in answer to a text about an appointment cancels it, says how to stop, stops nothing and tells the shop")
    @EnumSource(value = Purpose.class, names = {"REMINDER", "TRANSACTIONAL"})
    void cancelsTheAppointment(Purpose purpose) {
        tells(purpose, Subject.appointment(appointment));
        writes("Cancel!");
        assertEquals("CANCELLED", status());
        assertEquals(List.of(), stops());
        assertEquals(List.of("Garage Rosemont: votre rendez-vous est annulé. Pour ne plus recevoir de SMS, répondez STOP."), answers());
        assertEquals(List.of("CANCEL_APPOINTMENT"), readings());
        assertEquals(List.of("APPOINTMENT_CANCELLED customer false"), texts("select type || ' ' || actor || ' ' || silent from business_event"));
        assertTrue(mails().get(0).startsWith("Un client a annulé son rendez-vous"), mails().get(0));
        writes("STOP");
        assertEquals(List.of("ALL OPTED_OUT"), stops());
    }

    @Test @DisplayName("LAW-11: the answer is in the reader's language")
    void answersInTheirLanguage() {
        jdbi.useHandle(h -> h.execute("update customer set language = 'en'"));
        tells(Purpose.REMINDER, Subject.appointment(appointment));
        writes("CANCEL");
        assertEquals(List.of("Garage Rosemont: your appointment is cancelled. To get no more texts, reply STOP."), answers());
    }

    @Test @DisplayName("LAW-11: written twice it cancels once, and the second is not answered within ten minutes")
    void cancelsOnce() {
        tells(Purpose.REMINDER, Subject.appointment(appointment));
        writes("CANCEL");
        now = now.plusSeconds(120);
        writes("CANCEL");
        assertEquals(List.of("CANCEL_APPOINTMENT", "CANCEL_APPOINTMENT DUPLICATE_TEXT"), readings());
        assertEquals(List.of("1"), texts("select count(*)::text from business_event"));
        assertEquals(1, mails().size());
        assertEquals(List.of(), stops());
    }

    @ParameterizedTest @DisplayName("LAW-11: where nothing is left to cancel, CANCEL stops messages and tells the shop")
    @CsvSource({"start_at = '2026-11-22T14:59Z'", "status = 'DONE'", "status = 'MISSED'", "status = 'CANCELLED'"})
    void stopsWhereNothingIsLeft(String change) {
        tells(Purpose.REMINDER, Subject.appointment(appointment));
        jdbi.useHandle(h -> h.execute("update appointment set " + change));  // the cancelled one: before it was told of
        String before = status();
        writes("CANCEL");
        assertEquals(before, status());
        assertEquals(List.of("ALL OPTED_OUT"), stops());
        assertEquals(List.of("OPT_OUT_CANCEL"), readings());
        assertTrue(mails().get(0).startsWith("Un client a répondu CANCEL"), mails().get(0));
    }

    @Test @DisplayName("LAW-11: CANCEL in answer to an offer, to another's appointment or to something later stops messages")
    void stopsWhereSomethingElseIsAnswered() {
        tells(Purpose.MARKETING, Subject.appointment(appointment));
        writes("CANCEL");
        now = now.plusSeconds(60);
        tells(Purpose.REMINDER, Subject.appointment(appointment));
        tells(Purpose.TRANSACTIONAL, Subject.order(7));
        writes("CANCEL");
        now = now.plusSeconds(60);
        tells(Purpose.REMINDER, Subject.appointment(appointment));
        long other = jdbi.withHandle(h -> h.createQuery("insert into customer (location_id, ref, name, language, created_at) values (?, 'C-2', 'Luc', 'fr', now()) returning id").bind(0, location)
            .mapTo(Long.class).one());
        jdbi.useHandle(h -> h.execute("update appointment set customer_id = ?", other));
        writes("CANCEL");
        assertEquals("BOOKED", status());
        assertEquals(List.of("OPT_OUT_CANCEL", "OPT_OUT_CANCEL OPTED_OUT", "OPT_OUT_CANCEL OPTED_OUT"), readings());
    }

    @ParameterizedTest @DisplayName("LAW-11: nobody answers what never left")
    @EnumSource(value = MessageState.class, names = {"CANCELLED", "SUPPRESSED", "EXPIRED", "FAILED"})
    void answersWhatLeft(MessageState end) {
        long order = tells(Purpose.TRANSACTIONAL, Subject.order(7));
        DATABASE.owner().useHandle(h -> h.execute("insert into message (location_id, customer_id, subject_type, subject_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, state, "
            + "settled_at) values (?, ?, 'APPOINTMENT', ?, 'SMS', 'REMINDER', ?, 'Mardi, 9 h', 'NO_RESEND', ?::timestamptz, ?::timestamptz, ?, ?::timestamptz)", location, customer, appointment, ANNE,
            now.toString(), now.toString(), end.name(), now.toString()));
        writes("CANCEL");
        assertEquals("BOOKED", status());
        assertEquals(List.of("OPT_OUT_CANCEL " + order), texts("select reading || ' ' || about_id from inbound_message"));
    }

    @Test @DisplayName("LAW-11, LAW-14: whoever stopped before cancels all the same, unanswered; ANNULER goes to a person")
    void cancelsAfterAStop() {
        tells(Purpose.REMINDER, Subject.appointment(appointment));
        writes("STOP");
        now = now.plusSeconds(60);
        writes("ANNULER");
        assertEquals("BOOKED", status());
        writes("CANCEL");
        assertEquals("CANCELLED", status());
        assertEquals(List.of("OPT_OUT", "TEXT", "CANCEL_APPOINTMENT OPTED_OUT"), readings());
    }
}
