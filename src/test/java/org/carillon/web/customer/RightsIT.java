package org.carillon.web.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.carillon.web.Browser;
import org.carillon.web.Fitness;
import org.carillon.web.House;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** A customer asks what is known of them, and then to be forgotten. */
class RightsIT {

    private final Stack stack = House.open();

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"fr; +14385550191; Messages envoyés; Ce client est effacé.; Effacé", "en; +14385550192; Messages sent; This customer is erased.; Erased"})
    @DisplayName("LAW-20, LAW-21: the whole file on a page, then the erasure, and no trace in any table or log")
    void showsAllAndForgetsAll(String language, String phone, String sent, String done, String erased) throws Exception {
        String canary = "Qwxcanari" + language;
        long customer = stack.owner().inTransaction(h -> {
            long place = h.createQuery("select id from location order by id limit 1").mapTo(Long.class).one();
            long id = h.createQuery("insert into customer (location_id, ref, name, search_text, language, sms_consent, created_at) values (:place, :name, :name, lower(:name), :language, true, now()) returning id")
                .bind("place", place).bind("name", canary).bind("language", language).mapTo(Long.class).one();
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 0, ?, ?, true)", id, phone, phone);
            h.execute("insert into vehicle (customer_id, make, plate) values (?, 'Mazda', ?)", id, canary);
            h.execute("insert into message (location_id, customer_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, state, accepted_at) values (?, ?, 'SMS', 'REMINDER', ?, ?, 'NO_RESEND', now(), now(), "
                + "'ACCEPTED', now())", place, id, phone, "Bonjour " + canary);
            return id;
        });
        try (Browser browser = Browser.open(stack.url(), language).signIn(House.email(Role.ADMINISTRATOR), House.PASSWORD)) {
            browser.go("/customer/file.xhtml?id=" + customer).awaitText(sent).awaitText("Bonjour " + canary);
            Fitness.check(browser, "customer-file", language);
            browser.go("/customer/view.xhtml?id=" + customer).click("rights:erase").click(By.cssSelector(".ui-confirmdialog-yes")).awaitText(done).awaitText(erased);
            Fitness.check(browser, "customer-erased", language);
            assertEquals(0, browser.driver().findElements(By.id("rights:erase")).size());
            assertEquals(List.of(), browser.complaints());
        }
        stack.owner().useHandle(h -> {
            for (String table : h.createQuery("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'").mapTo(String.class).list()) {
                assertEquals(List.of(), h.createQuery("select t::text from \"" + table + "\" t where t::text ilike '%' || :name || '%' or t::text like '%' || :phone || '%'").bind("name", canary).bind("phone", phone)
                    .mapTo(String.class).list(), table);
            }
        });
        try (Stream<Path> logs = Files.walk(Path.of("target", "stack"), 3)) {
            for (Path log : logs.filter(f -> f.toString().endsWith(".log") && !f.endsWith("submits.log") && !f.toString().contains("postgres")).toList()) {
                assertFalse(Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1).contains(canary), log.toString());
            }
        }
        assertTrue(customer > 0);
    }
}
