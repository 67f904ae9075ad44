package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** A customer writes back: on the handset, over SMPP, to the answer, the card and the shop's mailbox. */
class InboundJourneyIT {

    private static final String PASSWORD = "six pommes et une poire";

    private final Stack stack = Stack.get();

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; +14385550171; +14385550172; ARRÊT; Ne veut plus de SMS; À lire; Veut de nouveau des SMS; plus de SMS de notre part; vous recevrez de nouveau; Ce client ne recevra plus de SMS; Un client a répondu par SMS",
        "en; +14385550173; +14385550174; Stop.; Wants no more texts; To read; Wants texts again; no more texts from us; you will get our texts again; This customer will get no more texts; A customer replied by text"})
    @DisplayName("LAW-11 to LAW-15, REL-24, GC-06: STOP, START and a question, from the handset to the card and the mailbox")
    void hearsWhatCustomersWrite(String language, String phone, String shopNumber, String stop, String stopped, String toRead, String started, String confirmed, String again, String byStaff,
                                 String forwarded) throws Exception {
        long customer = shop("retour-" + language, language, phone, shopNumber);
        try (Browser browser = Browser.open(stack.url(), language).signIn("retour-" + language + "@garage.example", PASSWORD)) {
            write(phone, shopNumber, stop);
            browser.go("/customer/view.xhtml?id=" + customer).awaitText(stopped);
            await(browser, phone, confirmed);
            write(phone, shopNumber, "START");
            browser.go("/customer/view.xhtml?id=" + customer).awaitText(started);
            await(browser, phone, again);
            String question = "Ne m’écrivez plus le dimanche, s’il vous plaît. Merci pour votre patience, la voiture roule très bien depuis la réparation, et « tout » est parfait 👍 !";
            write(phone, shopNumber, question);
            browser.go("/customer/view.xhtml?id=" + customer).awaitText(question).awaitText(toRead);
            browser.await(d -> stack.simulator().mailboxes().find(mail -> mail.to().contains("accueil-" + language + "@garage.example")).size() == 1);
            assertTrue(stack.simulator().mailboxes().find(mail -> mail.to().contains("accueil-" + language + "@garage.example")).get(0).text().contains(forwarded));
            Fitness.check(browser, "customer-written", language);
            browser.click("stops:sms").click(By.cssSelector(".ui-confirmdialog-yes")).awaitText(byStaff);
            assertEquals(0, browser.driver().findElements(By.id("stops:sms")).size(), "nothing is left to stop");
            long stops = stack.jdbi().withHandle(h -> h.createQuery("select count(*) from suppression where address = ? and released_at is null").bind(0, phone).mapTo(Long.class).one());
            assertEquals(1, stops);
            assertEquals(2, received(phone).size(), "one confirmation of the stop, one of the start");
            assertEquals(List.of(), browser.complaints());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; +14385550175; +14385550176; votre rendez-vous est annulé; Rendez-vous annulé; par le client, par SMS; CANCEL : rendez-vous annulé",
        "en; +14385550177; +14385550178; your appointment is cancelled; Appointment cancelled; by the customer, by text; CANCEL: appointment cancelled"})
    @DisplayName("LAW-11: CANCEL in answer to a text about an appointment cancels it, from the handset to its page and the card")
    void cancelsAnAppointment(String language, String phone, String shopNumber, String confirmed, String cancelled, String by, String chip) throws Exception {
        long customer = shop("visite-" + language, language, phone, shopNumber);
        Jdbi jdbi = stack.jdbi();
        ApplicationClock clock = new ApplicationClock(jdbi);
        long appointment = jdbi.inTransaction(h -> {
            Instant now = clock.refresh();
            Instant start = now.plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS);
            long place = h.createQuery("update customer set sms_consent = true where id = ? returning location_id").bind(0, customer).mapTo(Long.class).one();
            long id = h.createQuery("insert into appointment (source, ref, location_id, customer_id, status, start_local, start_at, booked_at, status_changed_at, created_at) "
                + "values ('page', gen_random_uuid()::text, ?, ?, 'BOOKED', ?, ?, ?, ?, ?) returning id").bind(0, place).bind(1, customer)
                .bind(2, LocalDateTime.ofInstant(start, ZoneId.of("America/Toronto")).toString()).bind(3, start).bind(4, now).bind(5, now).bind(6, now).mapTo(Long.class).one();
            new Outbox(jdbi, clock).enqueue(List.of(new NewMessage(null, 0, 0, null, place, customer, Subject.appointment(id), null, Channel.SMS, Purpose.TRANSACTIONAL, phone, shopNumber, "",
                "RDV 3 " + language, now.plus(Duration.ofHours(1)), false)));
            return id;
        });
        try (Browser browser = Browser.open(stack.url(), language).signIn("visite-" + language + "@garage.example", PASSWORD)) {
            await(browser, phone, "RDV 3 " + language);
            write(phone, shopNumber, "Cancel.");
            browser.go("/appointment/view.xhtml?id=" + appointment).awaitText(cancelled).awaitText(by);
            await(browser, phone, confirmed);
            browser.go("/customer/view.xhtml?id=" + customer).awaitText(chip);
            long stops = stack.jdbi().withHandle(h -> h.createQuery("select count(*) from suppression where address = ?").bind(0, phone).mapTo(Long.class).one());
            assertEquals(0, stops);
            assertEquals(List.of(), browser.complaints());
        }
    }

    /** Returns when the application has said that it keeps the text. */
    private void write(String from, String to, String text) throws Exception { stack.simulator().write(from, to, text).get(20, TimeUnit.SECONDS); }

    private void await(Browser browser, String phone, String words) { browser.await(d -> received(phone).stream().anyMatch(text -> text.contains(words))); }

    private List<String> received(String phone) { return stack.simulator().phones().receivedBy(phone).stream().map(sms -> sms.text()).toList(); }

    /** A location with a number of its own, its manager, and a customer without consent: whoever writes is answered all the same. */
    private long shop(String name, String language, String phone, String shopNumber) {
        return stack.owner().inTransaction(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language, sms_sender, reply_email, email_from) values (:code, :code, 'America/Toronto', 'CA', :language, "
                + ":sender, :reply, 'garage@garage.example') returning id").bind("code", name.toUpperCase(Locale.ROOT)).bind("language", language).bind("sender", shopNumber)
                .bind("reply", "accueil-" + language + "@garage.example").mapTo(Long.class).one();
            h.execute("insert into location_status select ?, id from order_status where active", place);
            long staff = h.createQuery("insert into staff (email, name, role, language, password) values (:email, 'Lise Roy', 'MANAGER', :language, :hash) returning id")
                .bind("email", name + "@garage.example").bind("language", language).bind("hash", new Passwords().hash(PASSWORD)).mapTo(Long.class).one();
            h.execute("insert into staff_location values (?, ?)", staff, place);
            long customer = h.createQuery("insert into customer (location_id, ref, name, language, created_at) values (:place, gen_random_uuid()::text, 'Rose Côté', :language, now()) "
                + "returning id").bind("place", place).bind("language", language).mapTo(Long.class).one();
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 0, ?, ?, true)", customer, phone, phone);
            return customer;
        });
    }
}
