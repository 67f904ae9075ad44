package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Subject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What marketing may do, on a real database. Monday 2027-03-01, 10:00 in Montréal, is the present. */
class OfferTest {

    private final Shop shop = new Shop();

    OfferTest() {
        shop.at("2027-03-01T15:00:00Z");
        shop.run("update company set postal_address = '1 rue Masson, Montréal', offer_contact = 'rosemont.example'");
    }

    private long offer(String text) {
        long automation = shop.automation("ORDER_STATUS_CHANGED", "READY", text, "send_anyway=true");
        shop.run("update template set purpose = 'MARKETING' where id = (select template_id from automation where id = " + automation + ")");
        return automation;
    }

    private long customer(String name, String phone) {
        long id = shop.customer(name, "fr", true, phone);
        shop.run("update customer set marketing_consent = true where id = " + id);
        return id;
    }

    @Test @DisplayName("LAW-10, REL-55: an offer waits for the hours of the shop and of the reader")
    void waitsForTheHoursOfBoth() {
        offer("Rabais");
        shop.status(shop.order(customer("Sophie", "+15145550142")), "READY");
        shop.status(shop.order(customer("Wade", "+16045550142")), "READY");
        shop.releaser.releaseDue();
        assertEquals(List.of("RELEASED", "PLANNED OUTSIDE_OFFER_HOURS"), shop.plans());
        assertEquals("2027-03-01T17:00:00Z", shop.due());
        shop.at("2027-03-01T17:00:01Z");
        shop.releaser.releaseDue();
        assertEquals(List.of("RELEASED", "RELEASED"), shop.plans());
    }

    @Test @DisplayName("REL-54: one offer a day, four a month, whatever asks for them; the service is not counted")
    void keepsTheCaps() {
        offer("Rabais A");
        shop.automation("ORDER_STATUS_CHANGED", "READY", "Pret", "send_anyway=true");
        long order = shop.order(customer("Sophie", "+15145550142"));
        for (int day = 0; day < 6; day++) {
            shop.at("2027-03-0" + (1 + day) + "T16:00:0" + day + "Z");
            shop.status(order, "READY");
            shop.releaser.releaseDue();
            shop.status(order, "NEW");
        }
        assertEquals(6, shop.texts().stream().filter(t -> t.endsWith("Pret")).count());
        assertEquals(4, shop.texts().stream().filter(t -> t.contains("Rabais")).count(), "the fifth and sixth within 30 days");
        assertEquals(2, shop.plans().stream().filter("SKIPPED FREQUENCY_CAP"::equals).count());
        shop.at("2027-03-31T16:00:01Z");
        shop.status(order, "READY");
        shop.releaser.releaseDue();
        assertEquals(5, shop.texts().stream().filter(t -> t.contains("Rabais")).count(), "30 days later the first no longer counts");
    }

    @Test @DisplayName("REL-54: two customers who share a number do not get the same offer twice within ten minutes")
    void saysTheSameOnce() {
        offer("Rabais");
        shop.status(shop.order(customer("Sophie", "+15145550142")), "READY");
        shop.status(shop.order(customer("Luc", "+15145550142")), "READY");
        shop.releaser.releaseDue();
        assertEquals(List.of("RELEASED", "SKIPPED DUPLICATE_TEXT"), shop.plans());
    }

    @Test @DisplayName("REL-54: the same offer by e-mail, which ends with a link of its own, leaves once within ten minutes where more than one a day may")
    void knowsAnOfferBesideItsLink() {
        shop.run("update company set cap_offers_day = 3");
        long automation = offer("Rabais");
        shop.run("update automation set channels = 'EMAIL' where id = " + automation);
        shop.run("update template_translation set subject = 'Rabais', body = 'Rabais'");
        shop.run("update location set email_from = 'garage@rosemont.example'");
        long sophie = customer("Sophie", "+15145550142");
        shop.run("update customer set email_consent = true");
        shop.run("insert into customer_email (customer_id, position, raw, address) values (" + sophie + ", 0, 'sophie@example.org', 'sophie@example.org')");
        for (int minute : new int[] {0, 5, 16}) {
            shop.at("2027-03-01T16:" + String.format("%02d", minute) + ":00Z");
            shop.status(shop.order(sophie), "READY");
            shop.releaser.releaseDue();
        }
        assertEquals(List.of("RELEASED", "SKIPPED DUPLICATE_TEXT", "RELEASED"), shop.plans());
        assertEquals(2, shop.texts().stream().distinct().count(), "each has a link of its own");
    }

    @Test @DisplayName("REL-54: 1,000 events released by eight threads at once: the caps are exact")
    void countsUnderAFlood() throws Exception {
        shop.run("update company set cap_offers_day = 2");
        offer("Rabais {order.reference}");
        List<Long> customers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            customers.add(customer("C" + i, "+1514555" + (2000 + i)));
        }
        shop.jdbi.useTransaction(h -> {
            List<BusinessEvent> events = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                long order = h.createQuery("insert into work_order (location_id, customer_id, ref, reference, status, status_group, opened_at, status_changed_at, last_time, created_at) "
                    + "values (?, ?, ?, ?, 'READY', 'READY', now(), now(), now(), now()) returning id").bind(0, shop.location).bind(1, customers.get(i % 20)).bind(2, "R" + i).bind(3, "R" + i)
                    .mapTo(Long.class).one();
                events.add(new BusinessEvent(EventType.ORDER_STATUS_CHANGED, Subject.order(order), shop.location, customers.get(i % 20), shop.clock.now(), "test", false, "READY",
                    Map.of("from", "NEW", "to", "READY")));
            }
            new EventLog(shop.jdbi, shop.planner::plan).record(events);
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Object>> done = threads.invokeAll(java.util.Collections.nCopies(8, (Callable<Object>) () -> shop.releaser.releaseDue()));
            for (Future<Object> one : done) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        Map<String, Long> perPerson = shop.texts().stream().collect(Collectors.groupingBy(t -> t.substring(0, 12), TreeMap::new, Collectors.counting()));
        assertEquals(20, perPerson.size());
        assertEquals(List.of(2L), perPerson.values().stream().distinct().toList());
        assertEquals(Map.of("RELEASED", 40L, "SKIPPED FREQUENCY_CAP", 960L), shop.plans().stream().collect(Collectors.groupingBy(p -> p, Collectors.counting())));
    }
}
