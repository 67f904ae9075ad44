package org.carillon.web.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.TestDatabase;
import org.carillon.fact.Subject;
import org.carillon.report.PreviewRecords;
import org.carillon.report.PreviewRecords.Choice;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which record a text is shown with, of a shop that begins with its customers. */
class PreviewTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Scope MTL = Scope.of(Set.of(1L));
    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private final PreviewRecords records = new PreviewRecords(jdbi);
    private final Preview preview = new Preview(records, null, null);

    private static String what(Choice choice) {
        return choice.customer() + (Stream.of(choice.orderId(), choice.leadId(), choice.appointmentId(), choice.saleId()).allMatch(Objects::isNull) ? "" : " about something") + " " + choice.locationId();
    }

    @Test @DisplayName("A-28, KI-07, B-15: a customer alone is an example where a shop has nothing else, and the first one where a text is to the person; SEC-13")
    void takesACustomerAlone() {
        assertTrue(preview.fitting(Scope.everything(), Subject.Type.CUSTOMER, Stream.of("Bonjour")).isEmpty());
        jdbi.useHandle(h -> {
            h.execute("insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr'), (2, 'PAR', 'Bercy', 'Europe/Paris', 'FR', 'fr')");
            h.execute("insert into customer (id, location_id, ref, name, language, search_text, created_at, erased_at) values (1, 1, 'C1', 'Ida', 'fr', 'ida', now(), null), (2, 1, 'C2', 'Zoé', 'en', 'zoe', now(), null), "
                + "(3, 1, 'C3', '', 'fr', '', now(), null), (4, 1, 'C4', 'Nobody', 'fr', '', now(), now()), (5, 2, 'C5', 'Luc', 'fr', 'luc', now(), null)");
        });
        assertEquals("Zoé 1", what(preview.fitting(MTL, null, Stream.of("Bonjour")).orElseThrow()), "the newest who has a name and is still there");
        assertEquals(List.of("Ida 1"), preview.seek(MTL, null, "ida").stream().map(PreviewTest::what).toList());
        assertEquals(List.of("Luc 2", "Zoé 1", "Ida 1"), preview.seek(Scope.everything(), Subject.Type.CUSTOMER, "").stream().map(PreviewTest::what).toList());
        assertEquals("Ida 1", what(records.findCustomer(MTL, 1).orElseThrow()));
        assertTrue(records.findCustomer(MTL, 5).isEmpty());
        assertEquals(Subject.customer(2), Preview.subject(records.findCustomer(MTL, 2).orElseThrow()));
        jdbi.useHandle(h -> h.execute("insert into sale (location_id, customer_id, ref, vehicle_make, created_at) values (1, 1, 'S1', 'Kia', now())"));
        assertEquals("Ida about something 1", what(preview.fitting(MTL, null, Stream.of("Bonjour")).orElseThrow()), "a record says more");
        assertEquals("Zoé 1", what(preview.fitting(MTL, Subject.Type.CUSTOMER, Stream.of("Bonjour")).orElseThrow()), "but nothing that such a text says");
        assertEquals(List.of("Ida 1", "Ida about something 1"), preview.seek(MTL, Subject.Type.CUSTOMER, "ida").stream().map(PreviewTest::what).toList());
        assertEquals(List.of("Ida about something 1", "Ida 1"), preview.seek(MTL, Subject.Type.SALE, "ida").stream().map(PreviewTest::what).toList());
    }
}
