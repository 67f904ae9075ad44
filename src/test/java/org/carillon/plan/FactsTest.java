package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A release reads the values that its texts name, and no others")
class FactsTest {

    private final Shop shop = new Shop();
    private final Facts facts = new Facts(shop.fields);

    private Map<String, Object> values(Facts facts) {
        List<Long> plans = shop.jdbi.withHandle(h -> h.createQuery("select id from planned_notification").mapTo(Long.class).list());
        Facts.Due due = shop.jdbi.withHandle(h -> facts.of(h, plans, shop.clock.now())).get(0);
        return facts.values(due.values());
    }

    private void ready(String text) {
        shop.automation("ORDER_STATUS_CHANGED", "READY", text, "");
        long anne = shop.customer("Anne", "fr", true, "+15145550142");
        shop.run("insert into vehicle (customer_id, make, model) values (" + anne + ", 'Mazda', '3')");
        shop.run("insert into attribute (owner, code, name_fr, name_en, type, choices, position) values ('CUSTOMER', 'points', 'Points', 'Points', 'NUMBER', '[]', 1)");
        shop.run("update customer set attributes = '{\"points\":12}'");
        shop.status(shop.order(anne), "READY");
    }

    @Test void whatIsNamedIsReadAndNothingElse() {
        ready("{customer.first_name}, {customer.vehicle | votre auto} : {location.name}");
        assertEquals(new TreeSet<>(Set.of("customer.first_name", "customer.vehicle", "location.name")), new TreeSet<>(values(facts).keySet()));
        assertEquals("Mazda 3", values(facts).get("customer.vehicle"));
    }

    @Test void aTextWithoutNamesNeedsNone() {
        ready("Venez");
        assertEquals(Map.of(), values(facts));
    }

    @Test @DisplayName("KI-36: an attribute that a shop defines is read where it is named")
    void attributesAreReadWhereTheyAreNamed() {
        ready("{customer.meta_points} points");
        assertEquals(Map.of("customer.meta_points", 12.0), values(facts));
    }

    @Test void wordsThatChangedBetweenBothLooksAreReadWithAll() {
        ready("{customer.first_name}");
        Facts late = new Facts(shop.fields) {
            @Override Set<String> texts(Handle h, Collection<Long> planIds) { return Set.of("{location.name}"); }
        };
        Map<String, Object> values = values(late);
        assertEquals("Anne", values.get("customer.first_name"));
        assertTrue(values.containsKey("customer.vehicle"), () -> values.keySet().toString());
        assertFalse(values(facts).containsKey("customer.vehicle"));
    }
}
