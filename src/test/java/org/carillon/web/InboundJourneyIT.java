package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
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
        long customer = shop(language, phone, shopNumber);
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

    /** Returns when the application has said that it keeps the text. */
    private void write(String from, String to, String text) throws Exception { stack.simulator().write(from, to, text).get(20, TimeUnit.SECONDS); }

    private void await(Browser browser, String phone, String words) { browser.await(d -> received(phone).stream().anyMatch(text -> text.contains(words))); }

    private List<String> received(String phone) { return stack.simulator().phones().receivedBy(phone).stream().map(sms -> sms.text()).toList(); }

    /** A location with a number of its own, its manager, and a customer without consent: whoever writes is answered all the same. */
    private long shop(String language, String phone, String shopNumber) {
        return stack.owner().inTransaction(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language, sms_sender, reply_email, email_from) values (:code, :code, 'America/Toronto', 'CA', :language, "
                + ":sender, :reply, 'garage@garage.example') returning id").bind("code", "RETOUR-" + language).bind("language", language).bind("sender", shopNumber)
                .bind("reply", "accueil-" + language + "@garage.example").mapTo(Long.class).one();
            h.execute("insert into location_status select ?, id from order_status where active", place);
            long staff = h.createQuery("insert into staff (email, name, role, language, password) values (:email, 'Lise Roy', 'MANAGER', :language, :hash) returning id")
                .bind("email", "retour-" + language + "@garage.example").bind("language", language).bind("hash", new Passwords().hash(PASSWORD)).mapTo(Long.class).one();
            h.execute("insert into staff_location values (?, ?)", staff, place);
            long customer = h.createQuery("insert into customer (location_id, ref, name, language, created_at) values (:place, gen_random_uuid()::text, 'Rose Côté', :language, now()) "
                + "returning id").bind("place", place).bind("language", language).mapTo(Long.class).one();
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 0, ?, ?, true)", customer, phone, phone);
            return customer;
        });
    }
}
