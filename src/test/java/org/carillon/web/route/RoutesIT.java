package org.carillon.web.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.carillon.simulator.Fault;
import org.carillon.simulator.Simulator;
import org.carillon.web.Browser;
import org.carillon.web.Fitness;
import org.carillon.web.House;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;

/** A second provider beside the environment's, from its form to the handset. */
@DisplayName("Several routes: added, chosen, paused, changed under load, and who steps in") @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoutesIT {

    private static final int LOAD = 300;
    private static final String CANARY = "canari-2-le-chant";
    private static final Stack STACK = House.open();
    private static Simulator second;
    private static long location;
    private final Jdbi jdbi = STACK.jdbi();

    @BeforeAll static void open() throws IOException {
        second = Simulator.start(Simulator.Settings.anyPorts());
        location = STACK.owner().withHandle(h -> h.createQuery("insert into location (code, name, zone, country, language, sms_sender) values ('RTE', 'Garage des Routes', 'America/Toronto', 'CA', 'fr', "
            + "'Routes') returning id").mapTo(Long.class).one());
    }

    @AfterAll static void close() throws IOException {
        STACK.owner().useHandle(h -> {
            h.execute("delete from route_choice where location_id = ?", location);
            h.execute("update route set paused_at = null, paused_by = null");
            h.execute("update route set deleted_at = now() where code in ('second', 'courrier')");
            h.execute("update location set active = false where id = ?", location);
            h.execute("update route_revision set revision = revision + 1");
        });
        second.close();
    }

    @BeforeEach void forgetGuesses() { STACK.owner().useHandle(h -> h.execute("truncate sign_in_attempt")); }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> what + ": " + STACK.owner().withHandle(h -> h.createQuery("select coalesce(d.state, m.state) || ' ' || coalesce(d.reason, m.reason, '') || ' ' || count(*) "
                + "|| ' at ' || min(d.next_attempt_at) || ' lease ' || min(d.lease_until) || ' now ' || now() from message m left join message_due d on d.message_id = m.id where m.route = 'second' group by coalesce(d.state, m.state), coalesce(d.reason, m.reason, '')").mapTo(String.class).list()));
            Thread.sleep(100);
        }
    }

    private List<NewMessage> texts(int count, String prefix) {
        ApplicationClock clock = new ApplicationClock(jdbi);
        List<NewMessage> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(new NewMessage(null, 0, 0, null, location, null, (Subject) null, null, Channel.SMS, Purpose.TRANSACTIONAL, prefix + String.format(java.util.Locale.ROOT, "%04d", i), "", "", "Bonjour " + i,
                clock.now().plus(Duration.ofHours(1)), false));
        }
        return texts;
    }

    private List<Long> enqueue(List<NewMessage> texts) { return jdbi.inTransaction(h -> new Outbox(jdbi, new ApplicationClock(jdbi)).enqueue(texts)); }

    private long count(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    @Test @Order(1) @DisplayName("SEC-11, SEC-26, WCAG 2.2 AA: an administrator adds a route; what is wrong is named beside its field; the password is never seen again")
    void addsARoute() throws Exception {
        try (Browser browser = Browser.open(STACK.url(), "fr").signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD).go("/route/list.xhtml")) {
            browser.go("/route/edit.xhtml?protocol=SMPP").type("edit:name", "Second fournisseur").type("edit:code", "second").type("edit:host", "pas un hôte").type("edit:port", "99999")
                .type("edit:systemId", Simulator.SYSTEM_ID).type("edit:password", Simulator.PASSWORD).type("edit:window", "4").type("edit:verdicts", "0x400=PEUTETRE").click("edit:save");
            browser.awaitText("n’est ni un nom d’hôte");
            assertEquals("pas un hôte", browser.see(By.id("edit:host")).getDomProperty("value"), "what was typed stays");
            browser.type("edit:host", "127.0.0.1").type("edit:password", Simulator.PASSWORD).click("edit:save").awaitText("Indiquez un nombre de 1 à 65");
            browser.type("edit:port", Integer.toString(second.smpp().port())).type("edit:password", Simulator.PASSWORD).click("edit:save").awaitText("Pour 0x400, « PEUTETRE » n’est pas un verdict.");
            Fitness.check(browser, "route-edit", "fr");
            browser.type("edit:verdicts", "0x400=THROTTLE").type("edit:password", Simulator.PASSWORD).click("edit:save").awaitText("La route est ajoutée.").awaitText("Second fournisseur");
            browser.await(d -> {
                d.navigate().refresh();
                return !d.findElements(By.cssSelector("[id='routes:secondState'] .c-chip.delivered")).isEmpty();
            });
            browser.go("/route/edit.xhtml?protocol=SMTP").type("edit:name", "Courrier").type("edit:code", "courrier").type("edit:host", "127.0.0.1").type("edit:port", "1").type("edit:user", "u")
                .type("edit:responseTimeout", "PT10M").type("edit:password", CANARY).click("edit:save").awaitText("Carillon attend une réponse PT2M au plus");
            browser.type("edit:responseTimeout", "").type("edit:password", CANARY).click("edit:save").awaitText("La route est ajoutée.");
            browser.go("/route/edit.xhtml?code=courrier").awaitText("n’est jamais affiché");
            assertFalse(browser.driver().getPageSource().contains(CANARY));
            browser.go("/route/choice.xhtml?channel=SMS").choose("choice:location", "Garage des Routes").choose("choice:first", "SMPP (smpp)").choose("choice:second", "Second fournisseur (second)");
            Fitness.check(browser, "route-choice", "fr");
            browser.click("choice:save").awaitText("Le choix est enregistré.").awaitText("SMPP, puis Second fournisseur");
            assertEquals(List.of(), browser.complaints());
        }
        try (Browser browser = Browser.open(STACK.url(), "en").signIn(House.email(Role.OPERATOR), House.PASSWORD).go("/route/edit.xhtml?code=second")) {
            assertFalse(browser.see(By.id("edit:host")).isEnabled(), "an operator does not say whom Carillon calls");
            Fitness.check(browser, "route-edit", "en");
            browser.go("/route/edit.xhtml?code=http").awaitText("Addresses that the provider calls");
            for (String kind : List.of("inbound", "status")) assertTrue(browser.text().contains("http://127.0.0.1:" + STACK.url().getPort() + "/api/v1/hooks/http/" + kind), browser.text());
            Fitness.check(browser, "route-hooks", "en");
        }
        String hex = HexFormat.of().formatHex(CANARY.getBytes());
        STACK.owner().useHandle(h -> h.createQuery("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'").mapTo(String.class).list()
            .forEach(name -> assertEquals(0, h.createQuery("select count(*) from " + name + " t where t::text like '%" + CANARY + "%' or t::text like '%" + hex + "%'").mapTo(Integer.class).one(), name)));
        assertFalse(java.nio.file.Files.readString(STACK.node().log()).contains(CANARY));
    }

    @Test @Order(2) @DisplayName("T19: the first route is paused: those who have another take it, the others are held and come back")
    void stepsIn() throws Exception {
        try (Browser browser = Browser.open(STACK.url(), "en").signIn(House.email(Role.OPERATOR), House.PASSWORD).go("/route/list.xhtml")) {
            browser.click("routes:smppPause");
            browser.click(By.cssSelector(".ui-confirmdialog-yes")).awaitText("The route is paused.");
            long id = enqueue(texts(1, "+1514555")).get(0);
            await("the second route took it", () -> !second.phones().receivedBy("+15145550000").isEmpty());
            assertEquals(1, count("select count(*) from message_detour where message_id = " + id + " and from_route = 'smpp' and to_route = 'second' and reason = 'PAUSED'"));
            NewMessage other = texts(1, "+1514556").get(0);
            STACK.owner().useHandle(h -> h.execute("delete from route_choice where location_id = ?", location));  // now nobody has another way
            STACK.owner().useHandle(h -> h.execute("update route_revision set revision = revision + 1"));
            long held = enqueue(List.of(other)).get(0);
            await("it is held", () -> count("select count(*) from message_due where message_id = " + held + " and state = 'HELD' and reason = 'ROUTE_PAUSED'") == 1);
            browser.go("/route/list.xhtml").awaitText("Paused").click("routes:smppResume").awaitText("The route is resumed.");
            await("it came back", () -> STACK.simulator().phones().receivedBy("+15145560000").size() == 1);
            assertEquals(List.of("QUEUED", "HELD", "QUEUED"), jdbi.withHandle(h -> h.createQuery("select to_state from message_event where message_id = ? order by id limit 3").bind(0, held)
                .mapTo(String.class).list()));
        }
        String metrics = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(HttpRequest.newBuilder(URI.create(STACK.url() + "metrics")).build(), HttpResponse.BodyHandlers.ofString()).body();
        assertTrue(metrics.contains("route=\"second\"") && metrics.contains("route=\"smpp\""), "both are measured");
    }

    @Test @Order(3) @DisplayName("a route is changed again and again while it sends: nothing is lost, nothing is doubled")
    void changesUnderLoad() throws Exception {
        ApplicationClock clock = new ApplicationClock(jdbi);
        List<Long> ids = new ArrayList<>();
        jdbi.useTransaction(h -> texts(LOAD, "+1873555").forEach(text -> ids.add(new Outbox(jdbi, clock).enqueue(text, "second", "test"))));
        for (int window = 5; window < 8; window++) {
            int of = window;
            STACK.owner().useHandle(h -> {
                h.execute("update route set settings = settings || jsonb_build_object('window', ?::text), version = version + 1 where code = 'second'", Integer.toString(of));
                h.execute("update route_revision set revision = revision + 1");
            });
            jdbi.useHandle(h -> h.execute("notify carillon_route"));
            int part = (window - 4) * LOAD / 5;
            await("some left before the next change", () -> left(ids) >= part);
        }
        await("all left", () -> left(ids) == LOAD);
        for (int i = 0; i < LOAD; i++) {
            String number = "+1873555" + String.format(java.util.Locale.ROOT, "%04d", i);
            assertEquals(1, second.phones().receivedBy(number).size(), number);
        }
        assertEquals(0, count("select count(*) from attempt_outcome where route = 'second' and verdict = 'UNKNOWN'"));
    }

    private int left(List<Long> ids) {
        return (int) count("select count(*) from message m where m.id between " + ids.get(0) + " and " + ids.get(LOAD - 1) + " and m.state in ('ACCEPTED', 'DELIVERED')");
    }

    @Test @Order(4) @DisplayName("T15: whoever deletes a route is told how many receipts will not be heard, in both languages; it is then gone from the list")
    void saysWhatADeletionLoses() throws Exception {
        try (Browser browser = Browser.open(STACK.url(), "fr").signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD)) {
            second.faults().add(Fault.of(Json.createObjectBuilder().add("kind", "RECEIPT").add("copies", 0).build()));
            jdbi.useTransaction(h -> texts(2, "+1450555").forEach(text -> new Outbox(jdbi, new ApplicationClock(jdbi)).enqueue(text, "second", "test")));
            await("the last texts left, and all receipts but theirs came", () -> count("select count(*) from message where route = 'second' and state = 'ACCEPTED'") == 2
                && second.phones().receivedBy("+14505550001").size() == 1);
            browser.go("/route/edit.xhtml?code=second").click("edit:remove").awaitText("2 messages partis attendent encore leurs accusés").picture("route-delete-fr");
            browser.phone(true).picture("route-delete-phone-fr");
            assertFalse(browser.overflows());
            browser.phone(false).click(By.cssSelector(".ui-confirmdialog-no")).click("top:language").awaitText("Settings");
            browser.click("edit:remove").awaitText("2 sent messages still wait for their receipts").picture("route-delete-en");
            assertEquals(List.of(), browser.barriers());
            browser.click(By.cssSelector(".ui-confirmdialog-yes")).awaitText("The route is deleted.");
            assertEquals(1, count("select count(*) from route where code = 'second' and deleted_at is not null"));
            assertEquals(List.of(), browser.complaints());
        }
    }
}
