package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.carillon.fact.Subject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("KI-60 to KI-64, A-28: what texts can say of appointments, sales and attributes")
class SubjectFactsTest {

    private final Shop shop = new Shop();
    private final Facts facts = new Facts(shop.fields);
    private final long anne = shop.customer("Anne Roy", "fr", true, "+14388675309");

    private Map<String, Object> about(Subject subject) { return shop.jdbi.withHandle(h -> facts.preview(h, anne, subject, "en")); }

    private long appointment(String local, String more, String values) {
        return shop.id("insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, status_changed_at, created_at" + more + ") values (" + shop.location
            + ", " + anne + ", gen_random_uuid()::text, 'BOOKED', '" + local + "', '" + local + "-05:00', now(), now(), now()" + values + ") returning id");
    }

    @Test @DisplayName("KI-28, KI-62, KI-63, A-34: day and hour apart, and the adviser by the reference in their profile") void anAppointmentSaysItsDayItsHourAndTheAdviser() {
        shop.run("insert into staff (email, name, role, reference) values ('luc@garage.example', 'Luc Bédard', 'ADVISOR', '0042')");
        long far = shop.id("insert into vehicle (customer_id, make, model) values (" + anne + ", 'Honda', 'Civic') returning id");
        long near = shop.id("insert into vehicle (customer_id, make, model, year) values (" + anne + ", 'Mazda', '3', 2019) returning id");
        Map<String, Object> values = about(Subject.appointment(appointment("2026-11-24T09:30", ", user_reference, vehicle_id", ", ' 42', " + near)));
        assertEquals(LocalDate.parse("2026-11-24"), values.get("appointment.start_at_date"));
        assertEquals(LocalTime.parse("09:30"), values.get("appointment.start_at_time"));
        assertEquals("Luc Bédard", values.get("referenced_user.name"), "A-34: 42 and 0042 are one");
        assertEquals("Mazda 3 2019", values.get("customer.vehicle"));
        assertEquals("Honda", about(Subject.appointment(appointment("2026-11-25T09:30", "", ""))).get("customer.meta_vehicle_make"), "the first one, " + far);
    }

    @Test @DisplayName("A-28, KI-64: a sale says what was sold, with its year") void aSaleSaysWhatWasSold() {
        shop.run("insert into vehicle (customer_id, make, model) values (" + anne + ", 'Honda', 'Civic')");
        long sale = shop.id("insert into sale (location_id, customer_id, ref, vehicle_make, vehicle_model, vehicle_year, created_at) values (" + shop.location + ", " + anne + ", 'S-1', 'Kia', 'Niro', 2027, now()) returning id");
        assertEquals("Kia Niro 2027", about(Subject.sale(sale)).get("customer.vehicle"));
    }

    @Test @DisplayName("KI-36: attributes of the customer by their code")
    void attributesAreFields() {
        shop.run("insert into attribute (owner, code, name_fr, name_en, type, choices, position) values ('CUSTOMER', 'member', 'Membre', 'Member', 'CHOICE', "
            + "'[{\"code\":\"gold\",\"fr\":\"Or\",\"en\":\"Gold\"}]', 1), ('CUSTOMER', 'since', 'Depuis', 'Since', 'DATE', '[]', 2), ('CUSTOMER', 'points', 'Points', 'Points', 'NUMBER', '[]', 3)");
        shop.run("update customer set attributes = '{\"member\":\"gold\",\"since\":\"2026-11-02\",\"points\":12.5,\"gone\":\"x\"}'");
        Map<String, Object> values = about(null);
        assertEquals("Gold", values.get("customer.meta_member"));
        assertEquals(LocalDate.parse("2026-11-02"), values.get("customer.meta_since"));
        assertEquals(12.5, values.get("customer.meta_points"));
        assertEquals(null, values.get("customer.meta_gone"), "what is no longer defined is not said");
    }

    @Test @DisplayName("KI-36: attributes of an appointment by their code, where one is spoken of; a customer's stand beside them")
    void attributesOfAnAppointmentAreFields() {
        shop.run("insert into attribute (owner, code, name_fr, name_en, type, choices, position) values ('APPOINTMENT', 'bay', 'Baie', 'Bay', 'CHOICE', "
            + "'[{\"code\":\"n\",\"fr\":\"Nord\",\"en\":\"North\"}]', 1), ('APPOINTMENT', 'ready', 'Prêt', 'Ready', 'DATE', '[]', 2), ('APPOINTMENT', 'hours', 'Heures', 'Hours', 'NUMBER', '[]', 3), "
            + "('CUSTOMER', 'bay', 'Baie', 'Bay', 'TEXT', '[]', 1)");
        long id = appointment("2026-11-24T09:30", ", attributes", ", '{\"bay\":\"n\",\"ready\":\"2026-11-26\",\"hours\":1.5,\"gone\":\"x\"}'");
        Map<String, Object> values = about(Subject.appointment(id));
        assertEquals("North", values.get("appointment.meta_bay"));
        assertEquals(LocalDate.parse("2026-11-26"), values.get("appointment.meta_ready"));
        assertEquals(1.5, values.get("appointment.meta_hours"));
        assertEquals(null, values.get("appointment.meta_gone"));
        assertEquals(null, values.get("customer.meta_bay"), "the customer has none");
        shop.run("update customer set attributes = '{\"bay\":\"4\"}'");
        assertEquals("4", about(Subject.appointment(id)).get("customer.meta_bay"));
        assertEquals(null, about(Subject.appointment(appointment("2026-11-20T09:30", "", ""))).get("appointment.meta_bay"), "another one has none");
    }
}
