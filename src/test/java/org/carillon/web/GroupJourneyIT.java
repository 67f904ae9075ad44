package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** B-18 and the rule editor (KI-32 to KI-40) as a person sees them. */
class GroupJourneyIT {

    private static final String ROW = "form:groups:%d:rows:%d:%s";
    private static final String PHONE = "555-0163";
    private final Stack stack = Stack.get();
    private String chosen;

    /** A person's own choice of language stays, and those who come after expect the one that they found. */
    @BeforeEach void rememberTheLanguage() {
        chosen = stack.owner().withHandle(h -> h.createQuery("select language from staff where email = :email").bind("email", stack.accounts().get("admin.user")).mapTo(String.class).one());
    }

    @AfterEach void leaveItAsItWas() {
        stack.owner().useHandle(h -> {
            h.createUpdate("update staff set language = :language where email = :email").bind("language", chosen).bind("email", stack.accounts().get("admin.user")).execute();
            h.execute("delete from customer_group where ref like 'voyage-%'");
        });
    }

    private static String at(int group, int row, String part) { return String.format(java.util.Locale.ROOT, ROW, group, row, part); }

    @Test @DisplayName("B-18, KI-40: a group by two rules and an alternative is counted, gets and loses a customer, and says why")
    void fromRulesToMembers() throws Exception {
        // one of its own and the newest: of those that other tests leave there may be more than a page
        String customer = "Ghislaine Voyage";
        long id = stack.owner().withHandle(h -> h.createQuery("insert into customer (location_id, source, ref, name, search_text, language, sms_consent, created_at) "
            + "select location_id, 'groups', 'G-1', :name, 'ghislaine voyage 4385550163', 'fr', true, now() from customer where source = 'demo' and ref = 'C-1001' returning id").bind("name", customer).mapTo(Long.class).one());
        stack.owner().useHandle(h -> h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 0, '438 555-0163', '+14385550163', true)", id));
        String first = customer.split(" ")[0];
        By member = By.cssSelector("[id='hands'] .c-cols > :first-child a.c-strong[href$='id=" + id + "']");
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(stack.accounts().get("admin.user"), stack.accounts().get("admin.password"))) {
            browser.go("/group/list.xhtml");
            if (!"fr".equals(browser.driver().findElement(By.tagName("html")).getDomAttribute("lang"))) {
                browser.click("top:language").go("/group/list.xhtml");
            }
            browser.go("/group/edit.xhtml").type("form:name", "Voyage d’essai");
            browser.choose(at(0, 0, "category"), "Client").choose(at(0, 0, "field"), "Nom").see(By.id(at(0, 0, "value")));
            browser.choose(at(0, 0, "form"), "Contient").await(d -> d.findElement(By.id("form:sentence")).getText().contains("contient …"));
            browser.click("form:save").awaitText("Donnez le texte à comparer avec « Nom »");
            browser.type(at(0, 0, "value"), first).await(d -> d.findElement(By.id("form:sentence")).getText().contains("contient " + first + "."));
            browser.click("form:groups:0:otherwise").see(By.id(at(0, 1, "value")));
            browser.choose(at(0, 1, "category"), "Rendez-vous").await(d -> d.findElement(By.id(at(0, 1, "field") + "_label")).getText().length() > 3);
            browser.choose(at(0, 1, "field"), "Prochain").await(d -> d.findElement(By.id("form:sentence")).getText().contains("prochain rendez-vous"));
            browser.choose(at(0, 1, "form"), "Existe").await(d -> d.findElement(By.id("form:sentence")).getText().contains("un rendez-vous à venir"));
            browser.click("form:addRule").see(By.id(at(1, 0, "category")));
            browser.choose(at(1, 0, "category"), "Bon de travail").await(d -> !d.findElements(By.id(at(1, 0, "field"))).isEmpty());
            browser.choose(at(1, 0, "field"), "Nombre de fois").await(d -> d.findElement(By.id(at(1, 0, "form") + "_label")).getText().equals("Égal à"));
            browser.choose(at(1, 0, "form"), "Au moins").type(at(1, 0, "value"), "0");
            browser.await(d -> d.findElement(By.id("form:sentence")).getText().endsWith("ET qui ont au moins 0 bon de travail."));
            browser.await(d -> d.findElement(By.id("form:count")).getText().contains("Joignables"));
            Fitness.check(browser, "group-rules", "fr");
            browser.click("form:people").see(By.id("audiencePeople"));
            browser.await(d -> d.findElement(By.id("audiencePeople")).getText().contains(customer)).picture("group-people");
            browser.click(By.cssSelector("[data-close=audiencePeople]")).click("form:why").pick("why:customer", customer, PHONE);
            browser.await(d -> d.findElement(By.id("why:answer")).getText().contains("est parmi les clients visés")).picture("group-why");
            assertTrue(browser.driver().findElement(By.id("why:answer")).getText().contains("Sa fiche dit : " + customer));
            browser.click(By.cssSelector("[data-close=audienceWhy]")).click("form:save").await(d -> d.getCurrentUrl().contains("id="));
            browser.see(member);
            browser.pick("hands:customer", customer, PHONE).click("hands:out").await(d -> d.findElements(member).isEmpty());
            browser.pick("hands:customer", customer, PHONE).click("hands:add").see(member);
            Fitness.check(browser, "group-edit", "fr");
            String page = browser.path() + "?" + java.net.URI.create(browser.driver().getCurrentUrl()).getQuery();
            browser.go("/customer/view.xhtml?id=" + id).awaitText("Voyage d’essai");
            browser.go("/group/list.xhtml").awaitText("Voyage d’essai");
            Fitness.check(browser, "group-list", "fr");
            browser.click("top:language").go("/group/list.xhtml").awaitText("Customer groups");
            Fitness.check(browser, "group-list", "en");
            browser.go(page).awaitText("AND who have at least 0 work orders.");
            Fitness.check(browser, "group-edit", "en");
            seenByAManagerOfOneLocation(page);
            browser.click("form:delete").click(By.cssSelector(".ui-confirmdialog-yes")).await(d -> d.getCurrentUrl().contains("/group/list"));
            assertEquals(List.of(), browser.complaints());
        }
    }

    /** SEC-13: the company's rules are there to read, the hands are for one's own customers. */
    private void seenByAManagerOfOneLocation(String page) throws Exception {
        House.open();
        try (Browser browser = Browser.open(stack.url(), "fr").signIn(House.email(Role.MANAGER, "west"), House.PASSWORD)) {
            browser.go(page).awaitText("Un groupe vaut pour toute l’entreprise.");
            assertEquals(List.of(), browser.driver().findElements(By.cssSelector("[id='form:save'], [id='form:delete'], [id='form:rules']")));
            assertEquals(List.of(), browser.driver().findElements(By.cssSelector("[id='hands'] a.c-strong")));
            Fitness.check(browser, "group-theirs", "fr");
            browser.go("/group/list.xhtml").awaitText("Voyage d’essai");
            assertEquals(List.of(), browser.driver().findElements(By.cssSelector("a[href$='group/edit.xhtml']")));
        }
    }
}
