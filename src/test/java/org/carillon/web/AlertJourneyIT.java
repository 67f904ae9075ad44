package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
import org.carillon.shop.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** A staff alert from its switch to the bell and the mailbox, in a browser; the clock is moved, not waited for. */
class AlertJourneyIT {

    private static final String PASSWORD = House.PASSWORD;
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");

    private final Stack stack = House.open();

    @ParameterizedTest @CsvSource({"fr, Les alertes sont enregistrées, En retard, Aucune alerte, 1 bon de travail en retard, Fermé, L’alerte est marquée comme vue, Vu par",
        "en, The alerts are saved, Overdue, No alerts, 1 work order overdue, Closed, The alert is marked as seen, Seen by"})
    @DisplayName("B-16: switch an alert on, let an order become overdue, see the bell and the e-mail, see to it, close the order, and the bell is empty")
    void tellsOfAnOverdueOrder(String language, String saved, String overdue, String none, String subject, String closed, String marked, String seenBy) throws Exception {
        String person = "alerte-" + language + "@garage.example";
        LocalDateTime due = LocalDateTime.ofInstant(now(), ZONE).plusMinutes(90).truncatedTo(ChronoUnit.MINUTES);
        long order = shop(language, person, due);
        try (Browser browser = Browser.open(stack.url(), language).signIn(person, PASSWORD)) {
            browser.go("/alert/list.xhtml").awaitText(none);
            Fitness.check(browser, "alert-empty", language);
            browser.click(By.cssSelector("a[href*='/location/alerts.xhtml']")).see(By.id("edit:overdueHours"));
            assertEquals("0", browser.see(By.id("edit:overdueHours")).getDomProperty("value"));
            browser.type("edit:untouchedHours", "0").click(By.cssSelector("[id='edit:overdue'] .ui-toggleswitch-slider")).click("edit:save").awaitText(language.equals("fr") ? "Indiquez de 1 à 500" : "Give 1 to 500");
            browser.type("edit:untouchedHours", "8").click(By.xpath("//li[label[@for='edit:chosen:1']]")).picture("location-alerts-chosen-" + language).see(By.cssSelector("[id='edit:recipients'] input"));
            Fitness.check(browser, "location-alerts", language);
            browser.click(By.xpath("//li[label[normalize-space()='Lise Roy']]/input")).click("edit:save").awaitText(saved);
            assertEquals("", browser.see(By.cssSelector(".c-bell")).getText(), "nothing yet");

            stack.simulator().clock().moveTo(due.plusMinutes(1).atZone(ZONE).toInstant());
            browser.await(d -> {
                d.navigate().refresh();
                return d.findElement(By.cssSelector(".c-bell")).getText().strip().equals("1");
            });
            browser.go("/order/list.xhtml").awaitText(overdue).go("/order/view.xhtml?id=" + order).awaitText(overdue);
            browser.picture("order-overdue-" + language).click(By.cssSelector(".c-bell")).awaitText(overdue);
            Fitness.check(browser, "alert-list", language);
            browser.await(d -> stack.simulator().mailboxes().receivedBy(person).size() == 1);
            assertTrue(stack.simulator().mailboxes().receivedBy(person).get(0).subject().startsWith(subject), stack.simulator().mailboxes().receivedBy(person).get(0).subject());

            browser.click(By.cssSelector("[id$='table'] .c-ghost")).awaitText(marked).awaitText(seenBy);
            assertEquals("", browser.see(By.cssSelector(".c-bell")).getText(), "somebody sees to it");
            browser.click(By.cssSelector("a[href*='/order/view.xhtml']")).click(By.cssSelector("#steps summary, [id$='steps'] summary")).click(By.cssSelector("[data-status=CLOSED]")).awaitText(closed);
            browser.go("/alert/list.xhtml").awaitText(none);
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test @DisplayName("SEC-13, B-16: alerts are seen by their location's people only, and their rules by its managers; operators see neither")
    void keepsToTheScope() throws Exception {
        long order = shop("en", "alerte-scope@garage.example", LocalDateTime.ofInstant(now(), ZONE).minusDays(2).truncatedTo(ChronoUnit.MINUTES));
        String place = stack.owner().withHandle(h -> {
            long location = h.createQuery("select location_id from work_order where id = ?").bind(0, order).mapTo(Long.class).one();
            h.execute("insert into alert (location_id, kind, object_type, object_id, occurrence, cause_at, raised_at) values (?, 'OVERDUE', 'ORDER', ?, 'x', now(), now())", location, order);
            return h.createQuery("select code from location where id = ?").bind(0, location).mapTo(String.class).one();
        });
        Visitor own = new Visitor(stack.url()).signedIn("alerte-scope@garage.example");
        assertTrue(own.get("/alert/list.xhtml").body().contains("/order/view.xhtml?id=" + order));
        assertEquals(200, own.get("/location/alerts.xhtml?code=" + place).statusCode());
        for (Role role : List.of(Role.MANAGER, Role.ADVISOR)) {
            Visitor other = new Visitor(stack.url()).signedIn(House.email(role));
            assertFalse(other.get("/alert/list.xhtml").body().contains("/order/view.xhtml?id=" + order), role.name());
            assertEquals(role == Role.MANAGER ? 404 : 403, other.get("/location/alerts.xhtml?code=" + place).statusCode());
        }
        Visitor operator = new Visitor(stack.url()).signedIn(House.email(Role.OPERATOR));
        assertEquals(403, operator.get("/alert/list.xhtml").statusCode());
        assertEquals(403, operator.get("/location/alerts.xhtml?code=" + place).statusCode());
        assertFalse(operator.get("/home/view.xhtml").body().contains("c-bell"));
        stack.owner().useHandle(h -> h.execute("delete from alert where object_id = ? and occurrence = 'x'", order));
    }

    /** A location, its manager, and an order with this due date. */
    private long shop(String language, String person, LocalDateTime due) {
        return stack.owner().inTransaction(h -> {
            long place = h.createQuery("insert into location (code, name, zone, country, language) values (:code, 'Garage Villeray', 'America/Toronto', 'CA', :language) returning id")
                .bind("code", "AL" + Long.toString(System.nanoTime(), 36)).bind("language", language).mapTo(Long.class).one();
            h.execute("insert into location_status select ?, id from order_status where active", place);
            long staff = h.createQuery("insert into staff (email, name, role, language, password) values (:email, 'Lise Roy', 'MANAGER', :language, :hash) returning id")
                .bind("email", person).bind("language", language).bind("hash", new Passwords().hash(PASSWORD)).mapTo(Long.class).one();
            h.execute("insert into staff_location values (?, ?)", staff, place);
            long customer = h.createQuery("insert into customer (location_id, ref, name, language, created_at) values (:place, gen_random_uuid()::text, 'Rose Côté', :language, now()) returning id")
                .bind("place", place).bind("language", language).mapTo(Long.class).one();
            return h.createQuery("insert into work_order (location_id, customer_id, ref, reference, status, status_group, object_label, due_local, due_at, opened_at, status_changed_at, last_time, created_at) "
                    + "values (:place, :customer, gen_random_uuid()::text, '4711', 'NEW', 'OPEN', 'Kia Soul', :local, :at, now(), now(), now(), now()) returning id")
                .bind("place", place).bind("customer", customer).bind("local", due.toString()).bind("at", due.atZone(ZONE).toInstant()).mapTo(Long.class).one();
        });
    }

    private Instant now() {
        return stack.jdbi().withHandle(h -> h.createQuery("select clock_timestamp() + offset_ms * interval '1 ms' from application_clock").mapTo(Instant.class).one());
    }
}
