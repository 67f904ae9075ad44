package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carillon.run.Stack;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** State, not commands: what a shop system PUTs, and what Carillon derives from it. */
class StateIT {

    private static final String CUSTOMER = """
        {"location":"MTL","name":"Sophie Tremblay","firstName":"Sophie","lastName":"Tremblay","language":"fr","phones":[{"number":"514 555-0199","mobile":true}],
         "email":"sophie@example.net","consent":{"sms":true,"email":true,"marketing":false,"basis":"counter"},
         "vehicles":[{"ref":"V-1","make":"Mazda","model":"CX-5","year":2019,"vin":"JM3KFBDM1K0000000"}]}""";

    private final Rest rest = Rest.demo();

    private String customer() {
        String ref = Rest.ref();
        Rest.Answer answer = rest.put("customers/" + ref, CUSTOMER);
        assertEquals(201, answer.status(), answer::toString);
        return ref;
    }

    private String order(String customer, String status) {
        String ref = Rest.ref();
        Rest.Answer answer = rest.put("orders/" + ref, "{'location':'MTL','customer':'" + customer + "','status':'" + status + "','notify':false}");
        assertEquals(201, answer.status(), answer::toString);
        return ref;
    }

    private static long events(String order) {
        return Stack.get().owner().withHandle(h -> h.createQuery("select count(*) from business_event where subject_type = 'ORDER' and subject_id = "
            + "(select id from work_order where source = 'demo' and ref = :ref)").bind("ref", order).mapTo(Long.class).one());
    }

    @Test
    void answersWhatWasPut() {
        String ref = customer();
        JsonObject customer = rest.get("customers/" + ref).json();
        assertEquals("Sophie Tremblay", customer.getString("name"));
        assertEquals("514 555-0199", customer.getJsonArray("phones").getJsonObject(0).getString("number"));
        assertTrue(customer.getJsonObject("consent").getBoolean("sms"));
        assertEquals(2019, customer.getJsonArray("vehicles").getJsonObject(0).getInt("year"));
        Rest.Answer again = rest.put("customers/" + ref, customer.toString());
        assertEquals(200, again.status(), again::toString);
        assertEquals(customer, rest.get("customers/" + ref).json());
    }

    @Test
    @DisplayName("a property left out stays, null clears")
    void keepsWhatIsLeftOutAndClearsWhatIsNull() {
        String ref = customer();
        assertEquals(200, rest.put("customers/" + ref, "{'email':null}").status());
        JsonObject customer = rest.get("customers/" + ref).json();
        assertTrue(customer.isNull("email"));
        assertEquals("Sophie", customer.getString("firstName"));
        assertEquals(1, customer.getJsonArray("phones").size());
    }

    @Test
    @DisplayName("what REST does not carry stays: the plate that staff entered")
    void keepsThePlate() {
        String ref = customer();
        String plate = "select plate from vehicle where customer_id = (select id from customer where source = 'demo' and ref = :ref)";
        Stack.get().owner().useHandle(h -> h.createUpdate("update vehicle set plate = 'H12 ABC' where customer_id = (select id from customer where source = 'demo' and ref = :ref)")
            .bind("ref", ref).execute());
        assertEquals(200, rest.put("customers/" + ref, "{'vehicles':[{'ref':'V-1','make':'Mazda','model':'CX-5','year':2020}]}").status());
        assertEquals("H12 ABC", Stack.get().owner().withHandle(h -> h.createQuery(plate).bind("ref", ref).mapTo(String.class).one()));
        assertEquals("JM3KFBDM1K0000000", rest.get("customers/" + ref).json().getJsonArray("vehicles").getJsonObject(0).getString("vin"), "left out");
    }

    @Test
    @DisplayName("RO-17: every channel of a new customer is off until consent is stated")
    void beginsWithoutConsent() {
        String ref = Rest.ref();
        rest.put("customers/" + ref, "{'location':'MTL','name':'Nobody asked'}");
        JsonObject consent = rest.get("customers/" + ref).json().getJsonObject("consent");
        assertEquals("{\"sms\":false,\"email\":false,\"marketing\":false}", consent.toString());
    }

    @Test
    @DisplayName("LAW-02: consent that repeats the source's last statement adds no row")
    void recordsConsentOnce() {
        String ref = customer();
        for (int i = 0; i < 3; i++) {
            rest.put("customers/" + ref, CUSTOMER);
        }
        assertEquals(Long.valueOf(2), Stack.get().owner().withHandle(h -> h.createQuery("select count(*) from consent_event where customer_id = "
            + "(select id from customer where source = 'demo' and ref = :ref)").bind("ref", ref).mapTo(Long.class).one()));
    }

    @Test
    @DisplayName("MSG-08: a wrong number does not lose the customer; it is kept and named")
    void keepsADirtyNumberWithAWarning() {
        String ref = Rest.ref();
        Rest.Answer answer = rest.put("customers/" + ref, "{'location':'MTL','name':'Typo','phones':[{'number':'514 555-01'}]}");
        assertEquals(201, answer.status());
        JsonObject warning = answer.json().getJsonArray("warnings").getJsonObject(0);
        assertTrue(warning.getString("field").startsWith("phones[0]"), warning::toString);
        assertTrue(warning.getString("detail").contains("514 555-01"), warning::toString);
        assertEquals("514 555-01", rest.get("customers/" + ref).json().getJsonArray("phones").getJsonObject(0).getString("number"));
    }

    @Test
    @DisplayName("RO-28: a type is optional and named by its code; what its form hides can still be told")
    void takesTheTypeByItsCode() {
        Stack.get().owner().useHandle(h -> h.execute("insert into order_type (code, name_fr, name_en, shown, position) values ('REST_ONLY', 'Sans échéance', 'Undated', '', 9) "
            + "on conflict do nothing"));
        try {
            String order = order(customer(), "NEW");
            assertEquals("STANDARD", rest.get("orders/" + order).json().getString("type"));
            Rest.Answer unknown = rest.put("orders/" + order, "{'type':'NOPE'}");
            assertEquals(422, unknown.status());
            assertEquals("type", unknown.json().getString("field"));
            assertEquals(200, rest.put("orders/" + order, "{'type':'REST_ONLY','dueAt':'2031-04-08T14:00','notify':false}").status());
            JsonObject told = rest.get("orders/" + order).json();
            assertEquals("REST_ONLY", told.getString("type"));
            assertTrue(told.getString("dueAt").startsWith("2031-04-08T14:00"), told::toString);
            assertEquals(200, rest.put("orders/" + order, "{'type':null}").status());
            assertEquals("STANDARD", rest.get("orders/" + order).json().getString("type"));
        } finally {
            Stack.get().owner().useHandle(h -> h.execute("update order_type set active = false where code = 'REST_ONLY'"));
        }
    }

    @Test
    @DisplayName("MSG-08: also one that is said to be no mobile")
    void namesADirtyNumberThatIsNoMobile() {
        Rest.Answer answer = rest.put("customers/" + Rest.ref(), "{'location':'MTL','name':'Typo','phones':[{'number':'123','mobile':false}]}");
        assertEquals(201, answer.status());
        assertEquals("phone.INVALID", answer.json().getJsonArray("warnings").getJsonObject(0).getString("code"), answer::toString);
    }

    @Test
    @DisplayName("P-02, RO-13: ten PUTs without a change are no event")
    void firesNothingForARepeatedPut() {
        String order = Rest.ref();
        String body = "{'location':'MTL','customer':'" + customer() + "','status':'NEW','dueAt':'2031-04-08T14:00:00-04:00','total':120.5,'vehicle':'V-1',"
            + "'lines':[{'item':'Brakes','category':'Parts','amount':120.5}],'notify':false}";
        assertEquals(201, rest.put("orders/" + order, body).status());
        long before = events(order);
        for (int i = 0; i < 10; i++) {
            assertEquals(200, rest.put("orders/" + order, body).status());
        }
        assertEquals(before, events(order));
        assertEquals(1, before);
    }

    @Test
    @DisplayName("RO-09, RO-11, RO-12: a status and a due date that change are an event each")
    void derivesWhatChanged() {
        String order = order(customer(), "NEW");
        rest.put("orders/" + order, "{'status':'IN_PROGRESS','dueAt':'2031-04-07T13:00','notify':false}");
        rest.put("orders/" + order, "{'dueAt':'2031-04-08T18:00:00Z','notify':false}");
        assertEquals(List.of("ORDER_CREATED", "ORDER_STATUS_CHANGED", "ORDER_SCHEDULED_TIME_CHANGED", "ORDER_SCHEDULED_TIME_CHANGED"),
            Stack.get().owner().withHandle(h -> h.createQuery("select type from business_event where subject_type = 'ORDER' and subject_id = "
                + "(select id from work_order where source = 'demo' and ref = :ref) order by id").bind("ref", order).mapTo(String.class).list()));
        assertEquals("2031-04-08T14:00:00-04:00", rest.get("orders/" + order).json().getString("dueAt"));
    }

    @Test
    void keepsADueDateInThePastWithAWarning() {
        Rest.Answer answer = rest.put("orders/" + Rest.ref(), "{'location':'MTL','customer':'" + customer() + "','status':'NEW','dueAt':'2020-01-02T10:00','notify':false}");
        assertEquals(201, answer.status());
        assertEquals("dueAt", answer.json().getJsonArray("warnings").getJsonObject(0).getString("field"));
    }

    @Test
    @DisplayName("an order first heard of a day after it was opened is history")
    void isSilentAboutHistory() {
        String order = Rest.ref();
        rest.put("orders/" + order, "{'location':'MTL','customer':'" + customer() + "','status':'NEW','openedAt':'" + Instant.now().minus(25, ChronoUnit.HOURS) + "'}");
        assertEquals(true, Stack.get().owner().withHandle(h -> h.createQuery("select bool_and(silent and not hushed) from business_event where subject_type = 'ORDER' and subject_id = "
            + "(select id from work_order where source = 'demo' and ref = :ref)").bind("ref", order).mapTo(Boolean.class).one()));
    }

    @Test
    @DisplayName("concurrent first PUTs under one reference: one creation")
    void createsOnce() throws Exception {
        String customer = Rest.ref();
        String order = Rest.ref();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            assertEquals(1, created(threads, () -> rest.put("customers/" + customer, CUSTOMER).status()));
            assertEquals(1, created(threads, () -> rest.put("orders/" + order, "{'location':'MTL','customer':'" + customer + "','status':'NEW','notify':false}").status()));
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, events(order));
    }

    private static long created(ExecutorService threads, Callable<Integer> call) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> future : threads.invokeAll(Collections.nCopies(8, call))) {
            statuses.add(future.get());
        }
        assertTrue(statuses.stream().allMatch(status -> status == 200 || status == 201), statuses::toString);
        return statuses.stream().filter(status -> status == 201).count();
    }

    @Test
    @DisplayName("REL-04: the same states posted three times in random order add no event")
    void replaysWithoutEffect() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        List<String> orders = new ArrayList<>();
        String customer = customer();
        for (int i = 0; i < 100; i++) {
            orders.add(Rest.ref());
            lines.add("{'type':'order','ref':'" + orders.get(i) + "','body':{'location':'MTL','customer':'" + customer + "','status':'" + (i % 2 == 0 ? "NEW" : "READY")
                + "','notify':false}}");
        }
        for (int round = 0; round < 3; round++) {
            Collections.shuffle(lines, random);
            assertEquals(200, rest.post("batch", "[" + String.join(",", lines) + "]").status(), "seed " + seed);
        }
        assertEquals(100, orders.stream().mapToLong(StateIT::events).sum(), "seed " + seed);
    }

    @Test
    void keepsTheGoodLinesOfABatch() {
        String good = Rest.ref();
        String bad = Rest.ref();
        JsonObject answer = rest.post("batch", "[{'type':'customer','ref':'" + good + "','body':{'location':'MTL','name':'Good'}},"
            + "{'type':'order','ref':'" + bad + "','body':{'location':'MTL','customer':'nobody','status':'NEW'}},{'type':'boat','ref':'x','body':{}},7]").json();
        assertEquals(201, answer.getJsonArray("results").getJsonObject(0).getInt("status"));
        JsonObject second = answer.getJsonArray("results").getJsonObject(1);
        assertEquals(422, second.getInt("status"));
        assertEquals("customer", second.getJsonObject("problem").getString("field"));
        assertEquals(422, answer.getJsonArray("results").getJsonObject(2).getInt("status"));
        assertEquals(400, answer.getJsonArray("results").getJsonObject(3).getInt("status"));
        assertEquals(200, rest.get("customers/" + good).status());
        assertEquals(404, rest.get("orders/" + bad).status());
    }

    @Test
    @DisplayName("A line refused in the middle takes nothing of its neighbours with it, and an order that comes twice is told of in turn")
    void takesTheNeighboursOfARefusedLine() {
        String customer = customer();
        List<String> orders = List.of(Rest.ref(), Rest.ref(), Rest.ref());
        String line = "{'type':'order','ref':'%s','body':{'location':'MTL','customer':'" + customer + "','status':'%s','notify':false}}";
        JsonObject answer = rest.post("batch", "[" + String.join(",", line.formatted(orders.get(0), "NEW"), line.formatted(orders.get(1), "NOWHERE"), "{'ref':'x','body':{}}",
            line.formatted(orders.get(2), "NEW"), line.formatted(orders.get(0), "READY")) + "]").json();
        assertEquals(List.of(201, 422, 422, 201, 200), answer.getJsonArray("results").getValuesAs(JsonObject.class).stream().map(result -> result.getInt("status")).toList());
        assertEquals(List.of(2L, 0L, 1L), orders.stream().map(StateIT::events).toList());
        assertEquals("READY", rest.get("orders/" + orders.get(0)).json().getString("status"));
    }

    @Test
    void changesALocation() {
        Rest.Answer opened = rest.put("locations/LAB", "{'name':'Lab','zone':'America/Toronto','country':'CA','language':'en','openingHours':{'MON':[['08:00','12:00'],"
            + "['13:00','17:30']],'FRI':[['22:00','02:00']]},'holidays':['2026-12-25'],'quietHours':['21:30','07:30'],'sender':'Lab','region':'on'}");
        assertTrue(opened.status() < 300, opened::toString);
        JsonObject location = rest.get("locations/LAB").json();
        assertEquals("[\"21:30\",\"07:30\"]", location.getJsonArray("quietHours").toString());
        assertEquals("ON", location.getString("region"), "LAW-22");
        assertEquals(200, rest.put("locations/LAB", location.toString()).status());
        assertEquals(location, rest.get("locations/LAB").json());
    }
}
