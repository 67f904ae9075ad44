package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** A reminder from the form to the handset, in a browser; the clock is moved, not waited for. */
class ReminderJourneyIT {

    private static final String PASSWORD = "six pommes et une poire";
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");

    private final Stack stack = Stack.get();

    @ParameterizedTest @CsvSource({"fr, 1 h avant l’échéance, Livré, Le rappel est créé, +15145550191", "en, 1 h before the due date, Delivered, The reminder is created, +15145550192"})
    @DisplayName("RO-26, RO-30, RO-31, RO-32, RO-33: create a reminder, move the due date, see it arrive when the clock reaches it")
    void remindsWhenTheClockReachesIt(String language, String why, String delivered, String created, String phone) throws Exception {
        long order = shop(language, phone);
        try (Browser browser = Browser.open(stack.url(), language).signIn("rappel-" + language + "@garage.example", PASSWORD)) {
            browser.go("/notification/list.xhtml").click("list:remind").see(By.id("edit:lead"));
            browser.type("edit:lead", "1").choose("edit:leadUnit", language.equals("fr") ? "heures" : "hours");
            browser.click(By.xpath("//li[label[@for='edit:fresh:1']]"));
            browser.type("edit:name", "Rappel " + language).type("edit:" + language + "Sms", "{order.object}: {order.due_at_time}").click("edit:save").awaitText(created);
            LocalDateTime soon = LocalDateTime.ofInstant(now(), ZONE).plusMinutes(62).truncatedTo(ChronoUnit.MINUTES);
            browser.go("/order/view.xhtml?id=" + order);
            due(browser, soon.plusDays(2));
            browser.awaitText(why).picture("reminder-planned-" + language);
            due(browser, soon);
            browser.go("/order/view.xhtml?id=" + order).awaitText(why);
            assertEquals(1L, count(order, "state = 'PLANNED'"), "moved, not doubled");
            assertEquals(List.of(), stack.simulator().phones().receivedBy(phone));
            stack.simulator().clock().moveTo(soon.minusMinutes(59).atZone(ZONE).toInstant());
            browser.go("/order/view.xhtml?id=" + order).awaitText(delivered);
            assertEquals(List.of("Kia Soul"), stack.simulator().phones().receivedBy(phone).stream().map(sms -> sms.text().split(":")[0].strip()).toList());
            assertEquals(List.of(), browser.complaints());
            browser.picture("reminder-" + language);
        }
    }

    /** A location without quiet hours, its manager, and an order without a due date. */
    private long shop(String language, String phone) {
        return stack.owner().inTransaction(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language, quiet_from, quiet_to, sms_sender) values (:code, :code, 'America/Toronto', 'CA', :language, "
                + "'00:00', '00:00', 'Rappel') returning id").bind("code", "RAPPEL-" + language).bind("language", language).mapTo(Long.class).one();
            h.execute("insert into location_status select ?, id from order_status where active", place);
            long staff = h.createQuery("insert into staff (email, name, role, language, password) values (:email, 'Lise Roy', 'MANAGER', :language, :hash) returning id")
                .bind("email", "rappel-" + language + "@garage.example").bind("language", language).bind("hash", new Passwords().hash(PASSWORD)).mapTo(Long.class).one();
            h.execute("insert into staff_location values (?, ?)", staff, place);
            long customer = h.createQuery("insert into customer (location_id, ref, name, language, sms_consent, created_at) values (:place, gen_random_uuid()::text, 'Rose Côté', :language, true, now()) "
                + "returning id").bind("place", place).bind("language", language).mapTo(Long.class).one();
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 0, ?, ?, true)", customer, phone, phone);
            return h.createQuery("insert into work_order (location_id, customer_id, ref, status, status_group, object_label, opened_at, status_changed_at, last_time, created_at) values (:place, :customer, "
                + "gen_random_uuid()::text, 'NEW', 'OPEN', 'Kia Soul', now(), now(), now(), now()) returning id").bind("place", place).bind("customer", customer).mapTo(Long.class).one();
        });
    }

    private static void due(Browser browser, LocalDateTime due) {
        browser.click(By.cssSelector("[data-open=due]"));
        set(browser, "due:dueDate", due.toLocalDate().toString());
        set(browser, "due:dueTime", due.toLocalTime().toString());
        browser.click("due:save").await(d -> d.findElements(By.id("due:save")).stream().noneMatch(e -> e.isDisplayed()));
    }

    /** Native date and time fields are typed by the browser's own language; their value is always ISO. */
    private static void set(Browser browser, String id, String value) {
        browser.see(By.id(id));
        browser.driver().executeScript("var f = document.getElementById(arguments[0]); f.value = arguments[1]; f.dispatchEvent(new Event('change', {bubbles: true}));", id, value);
    }

    private Instant now() {
        return stack.jdbi().withHandle(h -> h.createQuery("select clock_timestamp() + offset_ms * interval '1 ms' from application_clock").mapTo(Instant.class).one());
    }

    private long count(long order, String which) {
        return stack.jdbi().withHandle(h -> h.createQuery("select count(*) from planned_notification where subject_id = ? and subject_type = 'ORDER' and " + which).bind(0, order).mapTo(Long.class).one());
    }
}
