package org.carillon.web.backlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** The database was restored: a node sends nothing until a person lets go (REL-29). */
class RestoredIT {

    private final Stack stack = House.open();
    private final Jdbi db = stack.owner();

    @BeforeEach void forgetGuesses() { db.useHandle(h -> h.execute("truncate sign_in_attempt")); }

    @AfterEach void letGo() {
        db.useHandle(h -> {
            h.execute("update restore_gate set since = null, cause = null");
            h.execute("update backlog_gate set since = null, released_at = null, released_by = null where since is not null");
        });
    }

    @ParameterizedTest @CsvSource({"fr, OPERATOR, false, La base de données a été restaurée, Tout envoyer, Rien n’est retenu", "en, ADMINISTRATOR, true, The database was restored, Set 1 message aside, 1 message was set aside"})
    @DisplayName("REL-29: nothing leaves, the home page and the health check say so, and a person sees how many are due and decides")
    void heldUntilAPersonLetsGo(String language, Role role, boolean aside, String banner, String asked, String done) throws Exception {
        db.useHandle(h -> h.execute("update restore_gate set since = (select clock_timestamp() + offset_ms * interval '1 ms' from application_clock), cause = 'OTHER_DATABASE'"));
        awaitHealth("\"name\":\"restore\",\"status\":\"DOWN\"");
        java.util.concurrent.locks.LockSupport.parkNanos(2_500_000_000L);  // every node has polled
        long message = queue();
        try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(role), House.PASSWORD).go("/home/view.xhtml").awaitText(banner)) {
            assertEquals(language.equals("fr") ? "Envois suspendus : la base de données a été restaurée" : "Sending is held: the database was restored", foot(browser));
            Fitness.check(browser, "home-restored", language);
            browser.click(By.cssSelector("a[href$='/backlog/restored.xhtml']")).awaitText("House west");
            Fitness.check(browser, "backlog-restored", language);
            assertEquals("QUEUED", state(message), "due all this time");
            browser.click(aside ? "act:aside" : "act:release").awaitText(asked).click(By.cssSelector(".ui-confirmdialog-yes")).awaitText(done);
            assertTrue(foot(browser).startsWith(language.equals("fr") ? "Envois en service" : "Sending works"), foot(browser));
            await(() -> aside == "HELD".equals(state(message)) && !"QUEUED".equals(state(message)));
            assertEquals(List.of(), browser.complaints());
        }
        db.useHandle(h -> h.execute("update message_due set expires_at = next_attempt_at where message_id = ?", message));
        await(() -> !aside || "EXPIRED".equals(state(message)));
        awaitHealth("\"name\":\"restore\",\"status\":\"UP\"");
    }

    private static String foot(Browser browser) { return browser.see(By.className("c-nav-foot")).getText().replaceAll("[\\u00A0\\u202F]", " "); }

    /** Due for ten minutes. */
    private long queue() {
        return db.inTransaction(h -> {
            long id = h.createQuery("insert into message (location_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at) select l.id, 'SMS', 'TRANSACTIONAL', '+15145550142', 'x', 'NO_RESEND', "
                + "t.now, t.now + interval '1 hour' from location l, (select clock_timestamp() + offset_ms * interval '1 ms' now from application_clock) t where l.code = 'HOUSE-west' returning id").mapTo(Long.class).one();
            h.execute("insert into message_due (message_id, location_id, channel, priority, state, next_attempt_at, expires_at, route) select id, location_id, channel, 0, 'QUEUED', created_at - interval '10 minutes', expires_at, "
                + "'smpp' from message where id = ?", id);
            h.execute("notify carillon_due");
            return id;
        });
    }

    private String state(long message) { return db.withHandle(h -> h.createQuery("select coalesce(state, 'none') from message_now where id = :id").bind("id", message).mapTo(String.class).findOne().orElse("gone")); }

    private void awaitHealth(String said) {
        await(() -> {
            try {
                return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(HttpRequest.newBuilder(URI.create(stack.url() + "health")).build(), HttpResponse.BodyHandlers.ofString()).body().replaceAll("\\s", "").contains(said);
            } catch (java.io.IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not in time");
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L);
        }
    }
}
