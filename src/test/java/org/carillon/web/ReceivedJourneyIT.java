package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** Strangers write to a location that passes nothing on: from the handset to the home page and the list, until somebody has read it and the address is given. */
class ReceivedJourneyIT {

    private static final String PASSWORD = "sept poires et un coing";
    private static final String QUESTION = "Est-ce que ma voiture est prête ? Je peux passer vers 16 h, sinon demain matin avant le travail.";
    private static final String WISH = "Ne m’écrivez plus SVP";

    private final Stack stack = Stack.get();

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "fr; +143855503; Rien de reçu pour l’instant; mais les réponses ne sont transmises à personne; 3 messages reçus attendent; Sans fiche; Réponse; Semble vouloir arrêter; CANCEL : SMS arrêtés; "
            + "2 messages marqués comme lus; Lu par Lise Roy; personne n’est prévenu; Rien n’attend",
        "en; +143855504; Nothing received yet; but replies are forwarded to nobody; 3 messages received wait; Not on any card; Reply; Seems to want to stop; CANCEL: texts stopped; "
            + "2 messages marked as read; Read by Lise Roy; nobody is told; Nothing waits"})
    @DisplayName("LAW-11, GC-06, SEC-13: what strangers write is seen, waits, is read, and finds its card")
    void showsWhatStrangersWrite(String language, String numbers, String empty, String unheard, String unread, String noCard, String reply, String wish, String cancel, String marked, String readBy,
                                 String nobody, String none) throws Exception {
        String asking = numbers + "81", leaving = numbers + "82", cancelling = numbers + "83", shop = numbers + "84";
        String code = "RECU-" + language.toUpperCase(Locale.ROOT);
        long place = shop(code, language, shop);
        try (Browser browser = Browser.open(stack.url(), language).signIn("recu-" + language + "@garage.example", PASSWORD)) {
            browser.go("/received/list.xhtml").awaitText(empty);
            Fitness.check(browser, "received-empty", language);
            browser.go("/home/view.xhtml").awaitText(unheard);

            write(asking, shop, QUESTION);
            write(leaving, shop, WISH);
            write(cancelling, shop, "CANCEL");
            browser.go("/home/view.xhtml").awaitText(unread);
            Fitness.check(browser, "home-received", language);
            browser.click(By.cssSelector("a[href*='received/list.xhtml?view=waiting']")).awaitText(QUESTION).awaitText(WISH).awaitText(noCard).awaitText(wish).awaitText(cancel);
            assertTrue(browser.text().contains(reply) && browser.text().contains(new Recipients().show(asking)), browser.text());
            Fitness.check(browser, "received-waiting", language);
            browser.click(By.cssSelector("a[href*='view=stop']")).await(d -> !d.findElement(By.tagName("main")).getText().contains(QUESTION)).awaitText(WISH);

            browser.click(By.cssSelector("td button")).awaitText(readBy);
            browser.go("/received/list.xhtml").click("list:all").awaitText(marked).await(d -> d.findElements(By.cssSelector("td button")).isEmpty());
            browser.go("/received/list.xhtml?view=waiting").awaitText(none);
            assertFalse(browser.go("/home/view.xhtml").text().contains(unread));

            long customer = card(place, language, asking);
            browser.go("/received/list.xhtml").click(By.linkText("Rose Côté")).awaitText(QUESTION);
            assertTrue(browser.driver().getCurrentUrl().endsWith("/customer/view.xhtml?id=" + customer), browser.driver().getCurrentUrl());

            browser.go("/location/edit.xhtml?code=" + code).awaitText(nobody);
            Fitness.check(browser, "location-unheard", language);
            browser.type("edit:replyEmail", "accueil@garage.example").click("edit:save").await(d -> !d.findElement(By.tagName("main")).getText().contains(nobody));
            assertFalse(browser.go("/home/view.xhtml").text().contains(unheard));
            assertEquals(List.of(), browser.complaints());
        }
    }

    /** Returns when the application has said that it keeps the text. */
    private void write(String from, String to, String text) throws Exception { stack.simulator().write(from, to, text).get(20, TimeUnit.SECONDS); }

    /** A location with a number of its own, a notification by SMS, a manager and nobody's mailbox. */
    private long shop(String code, String language, String number) {
        return stack.owner().inTransaction(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language, sms_sender) values (:code, :code, 'America/Toronto', 'CA', :language, :sender) returning id")
                .bind("code", code).bind("language", language).bind("sender", number).mapTo(Long.class).one();
            h.execute("insert into location_status select ?, id from order_status where active", place);
            long template = h.createQuery("insert into template (name) values (?) returning id").bind(0, code).mapTo(Long.class).one();
            h.execute("insert into template_translation (template_id, language, sms) values (?, 'fr', 'Bonjour'), (?, 'en', 'Hello')", template, template);
            long automation = h.createQuery("insert into automation (ref, state, trigger_kind, event_type, channels, template_id) values (?, 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'SMS', ?) returning id")
                .bind(0, code).bind(1, template).mapTo(Long.class).one();
            h.execute("insert into automation_location values (?, ?)", automation, place);
            long staff = h.createQuery("insert into staff (email, name, role, language, password) values (:email, 'Lise Roy', 'MANAGER', :language, :hash) returning id")
                .bind("email", "recu-" + language + "@garage.example").bind("language", language).bind("hash", new Passwords().hash(PASSWORD)).mapTo(Long.class).one();
            h.execute("insert into staff_location values (?, ?)", staff, place);
            return place;
        });
    }

    private long card(long place, String language, String number) {
        return stack.owner().inTransaction(h -> {
            long customer = h.createQuery("insert into customer (location_id, ref, name, language, created_at) values (:place, gen_random_uuid()::text, 'Rose Côté', :language, now()) returning id")
                .bind("place", place).bind("language", language).mapTo(Long.class).one();
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 0, ?, ?, true)", customer, number, number);
            return customer;
        });
    }
}
