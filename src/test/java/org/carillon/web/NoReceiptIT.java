package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** reliability.md 1.3: accepted is the last state once the receipt window is over, and the page says so. */
class NoReceiptIT {

    private final Stack stack = House.open();

    @BeforeEach void forgetGuesses() { stack.owner().useHandle(h -> h.execute("truncate sign_in_attempt")); }

    private long accepted(int hoursAgo) {
        return stack.owner().withHandle(h -> h.createQuery("with t as (select clock_timestamp() + offset_ms * interval '1 ms' - :hours * interval '1 hour' as at from application_clock) "
            + "insert into message (location_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, state, accepted_at) "
            + "select (select min(id) from location), 'SMS', 'TRANSACTIONAL', '+15145550163', 'x', 'NO_RESEND', at, at, 'ACCEPTED', at from t returning id").bind("hours", hoursAgo).mapTo(Long.class).one());
    }

    @ParameterizedTest(name = "1.3: {0}") @CsvSource(delimiter = ';', value = {"fr; Aucun accusé reçu jusqu’ici; Aucun accusé reçu en 72 heures", "en; No receipt so far; No receipt came within 72 hours"})
    void saysThatNoneCame(String language, String waits, String over) throws Exception {
        long young = accepted(71), old = accepted(73);
        try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD)) {
            browser.go("/message/view.xhtml?id=" + young).awaitText(waits);
            assertFalse(browser.text().contains(over));
            browser.go("/message/view.xhtml?id=" + old).awaitText(over);
            assertFalse(browser.text().contains(waits));
            Fitness.check(browser, "message-no-receipt", language);
        } finally {
            stack.owner().useHandle(h -> h.execute("delete from message where id in (?, ?)", young, old));
        }
    }
}
