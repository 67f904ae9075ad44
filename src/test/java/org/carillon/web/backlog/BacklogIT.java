package org.carillon.web.backlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.carillon.web.Browser;
import org.carillon.web.Fitness;
import org.carillon.web.House;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** 620 overdue messages at a node: held, told of, given up in part and let go by a person (REL-49). */
class BacklogIT {

    private static final int OVERDUE = 620;
    private static final int LEFT = 20;

    private final Stack stack = House.open();
    private final Jdbi db = stack.owner();

    @BeforeEach void forgetGuesses() { db.useHandle(h -> h.execute("truncate sign_in_attempt")); }

    @ParameterizedTest @CsvSource({"fr, OPERATOR, 620 messages en retard sont retenus, Abandonner 600 messages en retard, Laisser partir 20 messages en retard, Rien n’est retenu",
        "en, ADMINISTRATOR, 620 overdue messages are held, Give up 600 overdue messages, Let 20 overdue messages go, Nothing is held"})
    @DisplayName("REL-49: the backlog is held and shown; a person gives up a part and lets the rest go, and is asked with the number")
    void heldUntilAPersonDecides(String language, Role role, String banner, String giveUp, String letGo, String none) throws Exception {
        long automation = fill();
        String mine = "select count(*) from planned_notification where automation_id = " + automation;
        await(() -> number(mine + " and state = 'HELD' and reason = 'BACKLOG'") == OVERDUE);
        JsonObject check = health();
        assertEquals("DOWN", check.getString("status"));
        assertEquals("620", check.getJsonObject("data").getString("held"));
        try (Browser manager = Browser.open(stack.url(), language).signIn(House.email(Role.MANAGER), House.PASSWORD).go("/home/view.xhtml").awaitText(banner)) {
            manager.go("/backlog/view.xhtml").awaitText("620");
            assertFalse(manager.driver().getPageSource().contains("act:release"), "a manager sees and does not decide");
        }
        try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(role), House.PASSWORD).go("/home/view.xhtml").awaitText(banner)) {
            Fitness.check(browser, "home-backlog", language);
            browser.click(By.cssSelector("a[href$='/backlog/view.xhtml']")).awaitText("620");
            Fitness.check(browser, "backlog-held", language);
            // two hours late are 600 of them, one hour late are the others
            String before = db.withHandle(h -> h.createQuery("select to_char((clock_timestamp() + offset_ms * interval '1 ms' - interval '90 minutes') at time zone :zone, 'YYYY-MM-DD\"T\"HH24:MI') "
                + "from application_clock").bind("zone", role == Role.OPERATOR ? "UTC" : zone()).mapTo(String.class).one());
            browser.driver().executeScript("var i = document.getElementById('act:before'); i.value = arguments[0]; i.dispatchEvent(new Event('change', {bubbles: true}));", before);
            browser.await(d -> d.findElement(By.id("act:discard")).getText().contains("600"));
            browser.click("act:discard").awaitText(giveUp).click(By.cssSelector(".ui-confirmdialog-yes"));
            browser.await(d -> number(mine + " and state = 'SKIPPED' and reason = 'BACKLOG_DISCARDED'") == OVERDUE - LEFT);
            browser.awaitText("20").click("act:release").awaitText(letGo).click(By.cssSelector(".ui-confirmdialog-yes"));
            await(() -> number(mine + " and state = 'RELEASED'") == LEFT);
            await(() -> number("select count(*) from backlog_gate where since is not null") == 0);
            Fitness.check(browser.go("/backlog/view.xhtml").awaitText(none), "backlog-none", language);
            assertEquals(List.of(), browser.complaints());
        }
        assertEquals("UP", health().getString("status"));
        assertEquals(List.of("HELD 620", "DISCARDED 600", "RELEASED 20", "OVER 0"), db.withHandle(h -> h.createQuery("select action || ' ' || amount from (select * from backlog_action "
            + "order by id desc limit 4) a order by id").mapTo(String.class).list()));
    }

    private String zone() {
        return db.withHandle(h -> h.createQuery("select zone from location where active order by name limit 1").mapTo(String.class).one());
    }

    private long fill() {
        return db.inTransaction(h -> {
            long place = h.createQuery("select id from location where code = 'HOUSE-east'").mapTo(Long.class).one();
            long template = h.createQuery("insert into template (name) values (gen_random_uuid()::text) returning id").mapTo(Long.class).one();
            h.execute("insert into template_translation (template_id, language, sms) values (?, 'fr', 'Votre appareil est prêt')", template);
            long automation = h.createQuery("insert into automation (ref, state, trigger_kind, event_type, channels, template_id) values (gen_random_uuid()::text, 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', "
                + "'SMS', ?) returning id").bind(0, template).mapTo(Long.class).one();
            h.execute("insert into automation_location values (?, ?)", automation, place);
            List<Long> customers = h.createQuery("insert into customer (location_id, ref, name, language, sms_consent, created_at) select ?, gen_random_uuid()::text, 'Retard ' || n, 'fr', true, now() "
                + "from generate_series(1, ?) n returning id").bind(0, place).bind(1, OVERDUE).mapTo(Long.class).list();
            h.createUpdate("insert into customer_phone (customer_id, position, raw, e164, sms_able) select id, 0, p, p, true from (select id, '+1514' || (5660000 + row_number() over ()) p "
                + "from unnest(:ids) id) c").bindArray("ids", Long.class, customers).execute();
            h.createUpdate("""
                with o as (insert into work_order (location_id, customer_id, ref, status, status_group, opened_at, status_changed_at, last_time, created_at)
                    select :place, id, gen_random_uuid()::text, 'NEW', 'OPEN', now(), now(), now(), now() from unnest(:ids) id returning id, customer_id),
                  t as (select clock_timestamp() + offset_ms * interval '1 ms' now from application_clock)
                insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, due_at, expires_at,
                  tz_version, state, created_at, changed_at)
                select :automation, 1, 1, :place, 'ORDER', o.id, o.customer_id, 'x', 'SMS', 'CUSTOMER', t.now - case when row_number() over () <= :left then interval '1 hour' else interval '2 hours' end,
                  t.now + interval '5 hours', 'x', 'PLANNED', t.now, t.now from o, t""")
                .bind("place", place).bindArray("ids", Long.class, customers).bind("automation", automation).bind("left", LEFT).execute();
            return automation;
        });
    }

    private JsonObject health() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(HttpRequest.newBuilder(URI.create(stack.url() + "health")).build(), HttpResponse.BodyHandlers.ofString());
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject().getJsonArray("checks").getValuesAs(JsonObject.class).stream().filter(c -> c.getString("name").equals("backlog")).findFirst().orElseThrow();
        }
    }

    private long number(String sql) { return db.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not in time");
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L);
        }
    }
}
