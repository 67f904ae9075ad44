package org.carillon.web.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.carillon.plan.RouteTrials;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
import org.carillon.shop.Role;
import org.carillon.simulator.Sms;
import org.carillon.simulator.SmsPart;
import org.carillon.web.Browser;
import org.carillon.web.Fitness;
import org.carillon.web.House;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** The routes' page as an operator uses it, up to the octets that the provider gets. */
@DisplayName("MSG-06: an operator tries a route")
class RouteIT {

    private static final String GSM7 = "0001020405060708090b0c0e0f1110121b651b281b291b3c1b3e1b3d1b401b141b2f";

    @BeforeEach void forgetGuesses() { House.open().owner().useHandle(h -> h.execute("truncate sign_in_attempt")); }

    private static SmsPart only(Stack stack, String number) {
        List<Sms> all = stack.simulator().phones().receivedBy(number);
        assertEquals(1, all.get(all.size() - 1).parts().size());
        return all.get(all.size() - 1).parts().get(0);
    }

    @ParameterizedTest @ValueSource(strings = {"fr", "en"})
    @DisplayName("MSG-06, SEC-07, WCAG 2.2 AA: number, characters and mail; each is seen through to its delivery, and nobody's number is shown")
    void triesRoutes(String language) throws IOException {
        Stack stack = House.open();
        boolean french = language.equals("fr");
        String number = french ? "+15145550177" : "+15145550178";
        String delivered = french ? "Envoyé → Livré" : "Sent → Delivered";
        try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(Role.OPERATOR), House.PASSWORD)) {
            browser.go("/route/list.xhtml").type("routes:smppTo", "+1 514 12").click("routes:smppTest");
            browser.awaitText(french ? "n’est pas un numéro qui existe" : "isn’t a number that exists").picture("route-refused-" + language);
            assertEquals("+1 514 12", browser.see(By.id("routes:smppTo")).getDomProperty("value"), "what was typed stays");
            assertEquals(List.of(), browser.barriers());

            browser.type("routes:smppTo", number).click("routes:smppTest").awaitText(french ? "L’essai est en file" : "The test is queued").awaitText(delivered);
            assertTrue(only(stack, number).text().startsWith(french ? "Carillon : essai de la route smpp" : "Carillon: test of the route smpp"));
            browser.type("routes:smppTo", number).click("routes:smppCharacters").awaitText(RouteTrials.CHARACTERS);
            browser.await(d -> stack.simulator().phones().receivedBy(number).size() >= 2);  // the other language's test stands on the page too
            browser.await(d -> d.findElements(By.cssSelector("[id='routes:smppTrials'] .c-chip.delivered")).size() >= 2);
            assertEquals(0, only(stack, number).dataCoding());
            assertEquals(GSM7, only(stack, number).hex(), "octet for octet, and no C string ends at @");

            String address = "essai-" + language + "@garage.example";
            browser.type("routes:smtpTo", "nobody").click("routes:smtpTest").awaitText(french ? "n’est pas une adresse complète" : "isn’t a complete address");
            browser.type("routes:smtpTo", address).click("routes:smtpTest").await(d -> !stack.simulator().mailboxes().receivedBy(address).isEmpty());
            browser.await(d -> !d.findElements(By.cssSelector("[id='routes:smtpTrials'] .c-chip.sent")).isEmpty());
            assertFalse(browser.text().contains(number.substring(5)) || browser.text().contains(address), browser.text());
            assertTrue(browser.text().contains("+1 •••-•••-••" + number.substring(10)), browser.text());
            Fitness.check(browser, "route-tried", language);
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test @DisplayName("MSG-06: where data coding 0 is Latin-1, what Latin-1 lacks leaves as UCS-2; a route that is stopped says since when and why")
    void triesARouteOfLatin1() throws Exception {
        try (Stack stack = Stack.own("latin1", Map.of("carillon.smpp.dataCoding", "latin1"))) {
            stack.owner().useTransaction(h -> {
                h.execute("insert into location (code, name, zone, country, language) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr')");
                h.execute("insert into staff (email, name, role, password) values ('op@garage.example', 'Alex', 'OPERATOR', ?)", new Passwords().hash(House.PASSWORD));
            });
            try (Browser browser = Browser.open(stack.url(), "fr").signIn("op@garage.example", House.PASSWORD).go("/route/list.xhtml")) {
                browser.type("routes:smppTo", "514 555-0142").click("routes:smppCharacters").awaitText("Envoyé → Livré");
                assertEquals(8, only(stack, "+15145550142").dataCoding());
                assertEquals(HexFormat.of().formatHex(RouteTrials.CHARACTERS.getBytes(StandardCharsets.UTF_16BE)), only(stack, "+15145550142").hex());
                browser.type("routes:smppTo", "514 555-0142").click("routes:smppTest").await(d -> d.findElements(By.cssSelector("[id='routes:smppTrials'] .c-chip.delivered")).size() == 2);
                assertEquals(0, only(stack, "+15145550142").dataCoding());
                assertEquals(HexFormat.of().formatHex("Carillon : essai de la route smpp. Si vous lisez ceci, elle fonctionne.".getBytes(StandardCharsets.ISO_8859_1)), only(stack, "+15145550142").hex());

                stack.owner().useHandle(h -> {
                    h.execute("update route_state set suspended_at = now(), suspended_until = now() + interval '1 hour', detail = '0x0000000E', rate = 2.5 where route = 'smpp'");
                    h.execute("insert into attempt_outcome (message_id, part_no, claim_seq, route, verdict, code, detail, ended_at) "
                        + "select min(message_id), 1, 99, 'smpp', 'ROUTE_FAULT', '0x0000000E', 'refused, 0x0000000E', now() from route_trial");
                });
                browser.go("/route/list.xhtml").awaitText("Suspendue").awaitText("mot de passe refusé").awaitText("2,5 par seconde");
                assertFalse(browser.text().contains("Expéditeurs refusés"));
                stack.owner().useHandle(h -> h.execute("insert into sender_run (route, sender, code, length, counted_at) values ('smtp', 'atelier@garage.example', '550 5.7.1', 5, now())"));
                browser.go("/route/list.xhtml").awaitText("Expéditeurs refusés").awaitText("atelier@garage.example").awaitText("5 refus de suite");
                Fitness.check(browser, "route-suspended", "fr");
                assertFalse(browser.driver().getPageSource().contains("chime"), "the password is nobody's to see");
            }
        }
    }
}
