package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carillon.run.Stack;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Leads as a shop system states them, and what becomes of them. */
class LeadIT {

    private static final String CONTACT = "{'firstName':'Amélie','lastName':'Roy','language':'fr','phones':[{'number':'514 555-0188'}],'email':'amelie.roy@example.com'}";

    private final Rest rest = Rest.demo();

    private String lead(String more) {
        String ref = Rest.ref();
        Rest.Answer answer = rest.put("leads/" + ref, "{'location':'MTL','contact':" + CONTACT + ",'status':'NEW','object':'iPhone 14'" + more + "}");
        assertEquals(201, answer.status(), answer::toString);
        return ref;
    }

    private static List<String> events(String lead) {
        return Stack.get().owner().withHandle(h -> h.createQuery("select type from business_event where subject_type = 'LEAD' and subject_id = "
            + "(select id from lead where source = 'demo' and ref = :ref) order by id").bind("ref", lead).mapTo(String.class).list());
    }

    private static long created(String order) {
        return Stack.get().owner().withHandle(h -> h.createQuery("select count(*) from business_event where subject_type = 'ORDER' and type = 'ORDER_CREATED' "
            + "and subject_id = (select id from work_order where source = 'demo' and ref = :ref)").bind("ref", order).mapTo(Long.class).one());
    }

    @Test @DisplayName("RO-17, RO-36: a lead's contact becomes a customer with every consent off")
    void makesACustomerOfTheContact() {
        String ref = lead("");
        JsonObject lead = rest.get("leads/" + ref).json();
        assertEquals("lead:" + ref, lead.getString("customer"));
        assertTrue(lead.isNull("order"));
        JsonObject customer = rest.get("customers/lead:" + ref).json();
        assertEquals("Amélie Roy", customer.getString("name"));
        assertEquals("{\"sms\":false,\"email\":false,\"marketing\":false}", customer.getJsonObject("consent").toString());
        Rest.Answer again = rest.put("leads/" + ref, lead.toString());
        assertEquals(200, again.status(), again::toString);
        assertEquals(lead, rest.get("leads/" + ref).json());
    }

    @Test @DisplayName("RO-34, RO-35, P-02: a first PUT is a creation, a changed status a change, a repeated one nothing")
    void derivesWhatHappened() {
        String ref = lead("");
        String said = "{'location':'MTL','contact':" + CONTACT + ",'status':'QUOTED'}";
        for (int i = 0; i < 3; i++) {
            assertEquals(200, rest.put("leads/" + ref, said).status());
        }
        assertEquals(List.of("LEAD_CREATED", "LEAD_STATUS_CHANGED"), events(ref));
        assertEquals("iPhone 14", rest.get("leads/" + ref).json().getString("object"), "what is left out stays");
    }

    @Test void namesAContactThatCannotBeReached() {
        Rest.Answer answer = rest.put("leads/" + Rest.ref(), "{'location':'MTL','contact':{'name':'X','phones':[{'number':'12'}]},'status':'NEW'}");
        assertEquals(201, answer.status());
        assertEquals("contact.phones[0]", answer.json().getJsonArray("warnings").getJsonObject(0).getString("field"));
    }

    @Test @DisplayName("B-28, P-24: the order that a lead becomes is created once, for the lead's customer, and each names the other")
    void becomesAnOrderOnce() {
        String lead = lead("");
        String order = Rest.ref();
        String said = "{'location':'MTL','status':'NEW','lead':'" + lead + "'}";
        assertEquals(201, rest.put("orders/" + order, said).status());
        for (int i = 0; i < 3; i++) {
            assertEquals(200, rest.put("orders/" + order, said).status());
        }
        assertEquals(1, created(order));
        assertEquals(List.of("LEAD_CREATED", "LEAD_CONVERTED", "LEAD_STATUS_CHANGED"), events(lead));
        assertEquals("WON", rest.get("leads/" + lead).json().getString("status"));
        assertEquals(order, rest.get("leads/" + lead).json().getString("order"));
        assertEquals(lead, rest.get("orders/" + order).json().getString("lead"));
        assertEquals("lead:" + lead, rest.get("orders/" + order).json().getString("customer"));
        assertEquals(200, rest.put("orders/" + order, rest.get("orders/" + order).response().body()).status());
        assertEquals(200, rest.put("leads/" + lead, rest.get("leads/" + lead).response().body()).status());
        Rest.Answer other = rest.put("orders/" + Rest.ref(), said);
        assertEquals(422, other.status());
        assertEquals("lead", other.json().getString("field"));
        assertEquals(422, rest.put("orders/" + order, "{'lead':null}").status());
    }

    @Test @DisplayName("B-28: eight orders at once of one lead: one of them is created")
    void becomesOneOrderOfMany() throws Exception {
        String lead = lead("");
        List<String> orders = Collections.nCopies(8, "").stream().map(x -> Rest.ref()).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> answers = threads.invokeAll(orders.stream().<java.util.concurrent.Callable<Integer>>map(order ->
                () -> rest.put("orders/" + order, "{'location':'MTL','status':'NEW','lead':'" + lead + "'}").status()).toList());
            int made = 0;
            for (Future<Integer> answer : answers) {
                assertTrue(List.of(201, 422).contains(answer.get()), answer.get().toString());
                made += answer.get() == 201 ? 1 : 0;
            }
            assertEquals(1, made);
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, orders.stream().mapToLong(LeadIT::created).sum());
    }

    @Test @DisplayName("B-28: what was told to the lead is found under the order too")
    void keepsItsMessages() {
        String lead = lead("");
        String order = Rest.ref();
        rest.put("orders/" + order, "{'location':'MTL','status':'NEW','lead':'" + lead + "'}");
        for (String question : List.of("planned?lead=" + lead, "planned?order=" + order)) {
            assertTrue(rest.get(question).json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .anyMatch(item -> "demo-lead-created".equals(item.getString("automation"))), "LEAD_CREATED was planned, and nobody consented");
        }
    }

    @Test void goesThroughABatch() {
        String ref = Rest.ref();
        JsonObject answer = rest.post("batch", "[{'type':'lead','ref':'" + ref + "','body':{'location':'MTL','contact':{'name':'Zoé'},'status':'NEW'}},"
            + "{'type':'lead','ref':'" + ref + "','body':{'status':'FLYING'}}]").json();
        assertEquals(201, answer.getJsonArray("results").getJsonObject(0).getInt("status"));
        assertEquals("status", answer.getJsonArray("results").getJsonObject(1).getJsonObject("problem").getString("field"));
        assertEquals("NEW", rest.get("leads/" + ref).json().getString("status"));
    }
}
