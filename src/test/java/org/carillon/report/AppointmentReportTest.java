package org.carillon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.TestDatabase;
import org.carillon.customer.AttributeFields;
import org.carillon.customer.CustomerFields;
import org.carillon.fact.Attribute;
import org.carillon.fact.AttributeType;
import org.carillon.fact.Attributes;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.fact.Subject;
import org.carillon.shop.AttributeDesk;
import org.carillon.shop.Scope;
import org.carillon.web.template.Preview;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Appointments and sales in lists, cards and feeds, asked as somebody of Montréal and of Paris; and the definitions of attributes. */
class AppointmentReportTest {

    private static final Jdbi JDBI = TestDatabase.fresh().jdbi();
    private static final Scope MTL = Scope.of(Set.of(1L));
    private static final Scope PAR = Scope.of(Set.of(2L));
    private static final Instant NOW = Instant.parse("2026-11-23T13:00:00Z");
    private final AppointmentList list = new AppointmentList(JDBI);

    @BeforeAll static void fill() {
        JDBI.useHandle(h -> {
            h.execute("insert into location (id, code, name, zone, country, language) values (1, 'MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr'), (2, 'PAR', 'Bercy', 'Europe/Paris', 'FR', 'fr')");
            h.execute("insert into order_status (code, name_fr, name_en, status_group, position) values ('CANCELLED', 'Bon annulé', 'Order cancelled', 'CANCELLED', 1)");
            h.execute("insert into staff (id, email, name, role, reference) values (1, 'luc@garage.example', 'Luc Bédard', 'ADVISOR', '007')");
            // the customer lives in Paris and is expected in Montréal
            h.execute("insert into customer (id, location_id, ref, name, language, search_text, created_at, attributes) values (1, 2, 'C1', 'Ida', 'fr', 'ida', now(), '{\"points\":12.5}')");
            h.execute("insert into vehicle (id, customer_id, make, model, year) values (1, 1, 'Kia', 'Niro', 2024)");
            h.execute("insert into appointment (id, location_id, customer_id, ref, status, start_local, start_at, end_local, end_at, booked_at, vehicle_id, user_reference, status_changed_at, created_at) values "
                + "(7, 1, 1, 'A7', 'CANCELLED', '2026-11-24T09:00', '2026-11-24T14:00Z', '2026-11-24T10:00', '2026-11-24T15:00Z', now(), 1, '7', now(), now())");
            h.execute("insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, status_changed_at, created_at) select 1, 1, 'B' || n, 'BOOKED', "
                + "'2026-12-01T09:00', '2026-12-01T14:00Z', now(), now(), now() from generate_series(1, 60) n");
            h.execute("insert into business_event (type, subject_type, subject_id, location_id, customer_id, at, actor, data) values "
                + "('APPOINTMENT_BOOKED', 'APPOINTMENT', 7, 1, 1, now(), 'Luc', '{\"start\":\"2026-11-24T09:00\",\"status\":\"BOOKED\"}'), "
                + "('APPOINTMENT_CANCELLED', 'APPOINTMENT', 7, 1, 1, now(), 'Luc', '{\"from\":\"BOOKED\",\"to\":\"CANCELLED\"}')");
            h.execute("insert into sale (location_id, customer_id, ref, vehicle_make, vehicle_model, vehicle_condition, delivered_on, created_at) values (2, 1, 'S1', 'Kia', 'Niro', 'NEW', '2026-11-02', now())");
        });
    }

    @Test void listsWhatIsToComePartByPart() {
        List<String> refs = new ArrayList<>();
        String after = null;
        do {
            Part<AppointmentList.Row> part = list.read(MTL, new AppointmentList.Filter(null, null, false, null, after), NOW);
            part.rows().forEach(row -> refs.add(row.ref()));
            after = part.next();
        } while (after != null);
        assertEquals(61, refs.size());
        assertEquals(61, Set.copyOf(refs).size());
        assertEquals("A7", refs.get(0), "the next one first");
        assertEquals(List.of("A7"), list.read(MTL, new AppointmentList.Filter("ida", "CANCELLED", false, 1L, "nonsense"), NOW).rows().stream().map(AppointmentList.Row::ref).toList());
        assertEquals("A7", list.read(MTL, new AppointmentList.Filter(null, null, true, null, null), NOW.plusSeconds(172_800)).rows().get(0).ref());
        assertEquals(List.of("Kia Niro 2024"), list.between(MTL, NOW, NOW.plusSeconds(172_800), 10).stream().map(AppointmentList.Row::object).toList());
        assertEquals(3, list.of(MTL, 1, 3).size());
    }

    @Test @DisplayName("SEC-13: an appointment is seen at its location only; who is expected there is seen there too")
    void keepsToLocations() {
        assertTrue(list.isEmpty(PAR));
        assertFalse(list.isEmpty(MTL));
        assertTrue(new AppointmentCard(JDBI).find(PAR, 7).isEmpty());
        assertEquals(List.of(), new OrderFeed(JDBI).readAppointment(PAR, 7));
        assertEquals(List.of("Ida"), new CustomerList(JDBI).read(MTL, null, null).rows().stream().map(CustomerList.Row::name).toList());
        assertEquals(List.of("Ida"), new CustomerList(JDBI).suggest(MTL, "ida").stream().map(CustomerList.Pick::name).toList());
        assertEquals(List.of(), new SaleList(JDBI).of(MTL, 1, 5));
    }

    @Test void showsOneWithItsFeed() {
        AppointmentCard.Card card = new AppointmentCard(JDBI).find(MTL, 7).orElseThrow();
        assertEquals("Luc Bédard", card.adviser(), "A-34: 7 and 007 are one");
        assertEquals("Kia Niro 2024", card.vehicle());
        assertEquals("Luc", card.createdBy());
        PreviewRecords.Choice shown = new PreviewRecords(JDBI).findAppointment(MTL, 7).orElseThrow();
        assertEquals(card.customerId(), shown.customerId(), "a text about it can be seen with it");
        assertTrue(new PreviewRecords(JDBI).findAppointment(PAR, 7).isEmpty() && new PreviewRecords(JDBI).appointments(PAR, "ida").isEmpty());
        assertEquals(20, new PreviewRecords(JDBI).appointments(MTL, "ida").size());
        PreviewRecords.Choice sold = new PreviewRecords(JDBI).sales(PAR, "niro").get(0);
        assertEquals(List.of(1L, "S1", "Ida"), List.of(sold.customerId(), sold.reference(), sold.customer()));
        assertEquals(sold, new PreviewRecords(JDBI).findSale(PAR, sold.saleId()).orElseThrow());
        assertTrue(new PreviewRecords(JDBI).findSale(MTL, sold.saleId()).isEmpty() && new PreviewRecords(JDBI).sales(MTL, "").isEmpty(), "SEC-13");
        Preview preview = new Preview(new PreviewRecords(JDBI), null, null);
        assertEquals(sold.saleId(), preview.fitting(Scope.everything(), Subject.Type.SALE, java.util.stream.Stream.of("{customer.name}")).orElseThrow().saleId(), "A-28: what the audience means");
        assertEquals(sold.saleId(), preview.seek(Scope.everything(), Subject.Type.SALE, "ida").get(0).saleId());
        assertTrue(preview.fitting(Scope.everything(), null, java.util.stream.Stream.of("A { appointment.start_at_time }")).orElseThrow().appointmentId() != null, "as the editor writes it");
        List<OrderFeed.Happened> feed = new OrderFeed(JDBI).readAppointment(MTL, 7).stream().map(OrderFeed.Happened.class::cast).toList();
        assertEquals(List.of("APPOINTMENT_CANCELLED", "APPOINTMENT_BOOKED"), feed.stream().map(OrderFeed.Happened::type).toList());
        assertEquals("2026-11-24T09:00", feed.get(1).due());
        assertTrue(feed.get(0).to() == null || feed.get(0).to().fr() == null, "its statuses are no order's");
        assertEquals(LocalDate.parse("2026-11-02"), new SaleList(JDBI).of(PAR, 1, 5).get(0).deliveredOn());
        assertEquals(Map.of("points", new BigDecimal("12.5")), new CustomerCard(JDBI).find(PAR, 1).orElseThrow().values());
        String file = new SubjectFile(JDBI).json(Scope.everything(), 1).orElseThrow();
        assertTrue(file.contains("\"A7\"") && file.contains("\"S1\"") && file.contains("points"), "LAW-21: " + file);
    }

    @Test @DisplayName("KI-36: what is defined is a field of texts at once; codes and choices are judged by name")
    void attributesAreDefined() {
        Attributes attributes = new Attributes(JDBI);
        FieldCatalogue fields = new FieldCatalogue(new CustomerFields().fields(), List.of(new AttributeFields(attributes)));
        AttributeDesk desk = new AttributeDesk(JDBI, attributes, fields);
        desk.define(Attribute.Owner.CUSTOMER, "card", "Carte", "Card", AttributeType.CHOICE, List.of(new Attribute.Choice("gold", "Or", "Gold")));
        assertTrue(fields.codes().contains("customer.meta_card"));
        Attribute known = attributes.of(Attribute.Owner.CUSTOMER).get(0);
        desk.change(known.id(), known.version(), "Fidélité", "Loyalty", List.of(new Attribute.Choice("gold", "Or", "Gold"), new Attribute.Choice("tin", "Étain", "Tin")));
        assertEquals("conflict", refused(() -> desk.change(known.id(), known.version(), "X", "X", List.of(new Attribute.Choice("gold", "Or", "Gold")))));
        assertEquals(2, attributes.of(Attribute.Owner.CUSTOMER).get(0).choices().size());
        desk.offer(known.id(), false);
        assertFalse(attributes.of(Attribute.Owner.CUSTOMER).get(0).active());
        assertEquals("attribute.taken", refused(() -> desk.define(Attribute.Owner.CUSTOMER, "card", "X", "X", AttributeType.TEXT, List.of())));
        assertEquals("attribute.taken", refused(() -> desk.define(Attribute.Owner.CUSTOMER, "vehicle_make", "X", "X", AttributeType.TEXT, List.of())));
        assertEquals("attribute.code", refused(() -> desk.define(Attribute.Owner.CUSTOMER, "Été", "X", "X", AttributeType.TEXT, List.of())));
        assertEquals("attribute.choices", refused(() -> desk.define(Attribute.Owner.APPOINTMENT, "kind", "X", "X", AttributeType.CHOICE, List.of())));
        assertEquals("required", refused(() -> desk.define(Attribute.Owner.APPOINTMENT, "kind", " ", "X", AttributeType.TEXT, List.of())));
    }

    private static String refused(Runnable deed) { return Assertions.assertThrows(Invalid.class, deed::run).key(); }
}
