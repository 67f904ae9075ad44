package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.run.Stack;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a node tells those who run it. */
class OperationsIT {

    private final Stack stack = Stack.get();

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stack.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Map<String, JsonObject> checks(String path) throws IOException, InterruptedException {
        try (var reader = Json.createReader(new StringReader(get(path).body()))) {
            return reader.readObject().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .collect(Collectors.toMap(check -> check.getString("name"), check -> check, (a, b) -> a, TreeMap::new));
        }
    }

    @Test
    void tellsItsHealth() throws Exception {
        Map<String, JsonObject> checks = checks("health");
        assertEquals(List.of("audiences", "backlog", "clock", "database", "dispatcher", "planner", "process", "restore", "routes", "senders", "time zones"), List.copyOf(checks.keySet()));
        for (String name : List.of("backlog", "database", "dispatcher", "planner", "process", "restore", "routes")) {
            assertEquals("UP", checks.get(name).getString("status"), () -> checks.get(name).toString());
        }
        assertTrue(checks.get("routes").getJsonObject("data").getString("smpp").startsWith("open"), checks.get("routes")::toString);
        assertEquals(List.of("process"), List.copyOf(checks("health/live").keySet()));
        assertEquals(List.of("database"), List.copyOf(checks("health/ready").keySet()));
    }

    @Test
    @DisplayName("P-07: the planner's last run is visible, and none for a quarter of an hour is an alarm although nothing is due")
    void alarmsWhenThePlannerDoesNotRun() throws Exception {
        JsonObject planner = checks("health").get("planner");
        assertTrue(planner.getJsonObject("data").containsKey("lastTurn"), planner::toString);
        assertEquals("UP", planner.getString("status"));
        // the node's next heartbeat tells of its own last run again: look before it, which only bad luck prevents
        String seen = "UP";
        for (int i = 0; i < 10 && seen.equals("UP"); i++) {
            stack.owner().useHandle(h -> h.execute("update node set planner_ran_at = clock_timestamp() - interval '16 minutes'"));
            seen = checks("health").get("planner").getString("status");
        }
        assertEquals("DOWN", seen);
        long end = System.nanoTime() + 30_000_000_000L;
        while (!checks("health").get("planner").getString("status").equals("UP")) {
            assertTrue(System.nanoTime() < end, "the next heartbeat tells of the real run");
        }
    }

    @Test
    @DisplayName("P-07: a look for an audience that was given up is red until it is made or the automation paused")
    void alarmsWhenALookFails() throws Exception {
        String automation = "{'name':'Looks','state':'%s','groups':[[{'field':'customer.name','operator':'is','value':'Nobody of that name'}]],'schedule':{'every':'DAY','at':'03:00'},"
            + "'locations':['MTL'],'channels':['SMS'],'texts':{'fr':{'sms':'Merci'}}}";
        long before = audiences("failed");
        Rest.Answer active = Rest.demo().put("automations/looks", automation.formatted("ACTIVE"));
        assertEquals(201, active.status(), active::toString);
        stack.owner().useHandle(h -> h.execute("insert into audience_run (automation_id, zone, slot, state, next_try, tries, error, finished_at) select a.id, 'America/Toronto', n, 'FAILED', n, 5, 'x', n "
            + "from automation a, (select clock_timestamp() + offset_ms * interval '1 ms' n from application_clock) c where a.ref = 'looks'"));
        assertEquals(before + 1, audiences("failed"));
        assertEquals("DOWN", checks("health").get("audiences").getString("status"));
        assertEquals(200, Rest.demo().put("automations/looks", automation.formatted("PAUSED")).status());
        assertEquals(before, audiences("failed"));
    }

    private long audiences(String figure) throws Exception { return Long.parseLong(checks("health").get("audiences").getJsonObject("data").getString(figure)); }

    @Test
    @DisplayName("REL-19: a route that all nodes have stopped is red, though its line is open")
    void isRedWhereARouteIsStopped() throws Exception {
        stack.owner().useHandle(h -> h.execute("insert into route_state (route, suspended_at, suspended_until, detail) values ('smtp', now(), now() + interval '1 minute', 'SMTP_530') "
            + "on conflict (route) do update set suspended_at = excluded.suspended_at, suspended_until = excluded.suspended_until, detail = excluded.detail"));
        try {
            JsonObject routes = checks("health").get("routes");
            assertEquals("DOWN", routes.getString("status"));
            assertEquals("suspended: SMTP_530", routes.getJsonObject("data").getString("smtp"));
            assertTrue(routes.getJsonObject("data").getString("smpp").startsWith("open"), routes::toString);
        } finally {
            stack.owner().useHandle(h -> h.execute("update route_state set suspended_at = null, suspended_until = null, detail = '' where route = 'smtp'"));
        }
        assertEquals("UP", checks("health").get("routes").getString("status"));
    }

    private static final String NOW = "(select clock_timestamp() + offset_ms * interval '1 ms' from application_clock)";

    @Test
    @DisplayName("4.3: five refusals by policy in a row are red, four are not")
    void isRedWhereAPolicyRefusesASender() throws Exception {
        stack.owner().useHandle(h -> h.execute("insert into sender_run (route, sender, code, length, counted_at) values ('smtp', 'policy@garage.example', '550 5.7.1', 4, " + NOW + ")"));
        try {
            assertFalse(checks("health").get("senders").getJsonObject("data").containsKey("smtp refused"));
            stack.owner().useHandle(h -> h.execute("update sender_run set length = 5 where sender = 'policy@garage.example'"));
            JsonObject senders = checks("health").get("senders");
            assertEquals("DOWN", senders.getString("status"));
            assertEquals("5 in a row: 550 5.7.1", senders.getJsonObject("data").getString("smtp refused"));
            assertFalse(senders.toString().contains("policy@"), "no addresses: anybody may ask");
        } finally {
            stack.owner().useHandle(h -> h.execute("delete from sender_run where sender = 'policy@garage.example'"));
        }
    }

    @Test
    @DisplayName("REL-18, 4.1: a route is red for an hour after a message failed by a code that nobody knows, and says which")
    void isRedWhereACodeIsUnknown() throws Exception {
        stack.owner().useHandle(h -> {
            h.execute("insert into attempt_outcome (message_id, part_no, claim_seq, route, verdict, code, ended_at) "
                + "select -77, 1, seq, 'smpp', 'TEMPORARY_FEW', '0x00000477', " + NOW + " from generate_series(1, 3) seq");
            h.execute("insert into message_event (message_id, from_state, to_state, actor, reason, at) values (-77, 'SENDING', 'FAILED', 'test', 'ATTEMPTS_EXHAUSTED', " + NOW + " - interval '59 minutes')");
        });
        try {
            JsonObject routes = checks("health").get("routes");
            assertEquals("DOWN", routes.getString("status"));
            assertEquals("0x00000477: 1 messages", routes.getJsonObject("data").getString("smpp gave up after three attempts"));
            stack.owner().useHandle(h -> h.execute("update message_event set at = at - interval '2 minutes' where message_id = -77"));
            assertEquals("UP", checks("health").get("routes").getString("status"));
        } finally {
            stack.owner().useHandle(h -> {
                h.execute("delete from attempt_outcome where message_id = -77");
                h.execute("delete from message_event where message_id = -77");
            });
        }
    }

    @Test
    @DisplayName("REL-40: old time zone data is red where a location's zone has changed since, and only in /health")
    void isRedWhereLocalTimesAreWrong() throws Exception {
        JsonObject before = checks("health").get("time zones");
        assertEquals("UP", before.getString("status"), before::toString);
        String jdk = before.getJsonObject("data").getString("jdk");
        Rest.demo().put("locations/VAN", "{'name':'Vancouver','zone':'America/Vancouver','country':'CA','language':'en'}");
        try {
            assertEquals(jdk.compareTo("2026b") < 0 ? "DOWN" : "UP", checks("health").get("time zones").getString("status"));
            assertEquals(200, get("health/live").statusCode());
            assertEquals(200, get("health/ready").statusCode());
        } finally {
            Rest.demo().put("locations/VAN", "{'zone':'America/Toronto'}");
        }
    }

    @Test
    void publishesItsFigures() throws Exception {
        String metrics = get("metrics").body();
        for (String name : List.of("carillon_messages", "carillon_plans", "carillon_due", "carillon_oldest_due_seconds", "carillon_submits", "carillon_route_open")) {
            assertTrue(metrics.contains(name + "{"), name);
        }
    }

    @Test
    @DisplayName("SEC-30: figures and description are local, or for a token")
    void showsItsInsideToNoStranger() throws Exception {
        for (String path : List.of("metrics", "openapi")) {
            assertEquals(200, get(path).statusCode());
            assertEquals(401, get(path, "X-Forwarded-For", "203.0.113.9").statusCode());
            assertEquals(200, get(path, "X-Forwarded-For", "203.0.113.9", "Authorization", "Bearer " + stack.accounts().get("apiToken")).statusCode());
        }
    }

    @Test @DisplayName("Law 3: the schema of rules lists every field of the catalogue, and that of texts every placeholder, with no hand in it")
    void describesEveryField() throws Exception {
        JsonObject schemas;
        try (var reader = jakarta.json.Json.createReader(new java.io.StringReader(get("openapi?format=JSON", "Accept", "application/json").body()))) {
            schemas = reader.readObject().getJsonObject("components").getJsonObject("schemas");
        }
        List<String> listed = schemas.getJsonObject("Rule").getJsonObject("properties").getJsonObject("field").getJsonArray("anyOf").getJsonObject(0).getJsonArray("enum")
            .getValuesAs(jakarta.json.JsonString.class).stream().map(jakarta.json.JsonString::getString).toList();
        String said = schemas.getJsonObject("Words").getString("description");
        var sources = new com.tngtech.archunit.core.importer.ClassFileImporter().importPath("target/classes").stream().filter(c -> c.isAssignableTo(FieldSource.class) && !c.isInterface()).toList();
        List<Field> fields = new java.util.ArrayList<>();
        for (var source : sources) {
            var constructor = Class.forName(source.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            FieldSource made = (FieldSource) constructor.newInstance();
            fields.addAll(made.changes() ? List.of() : made.fields());
        }
        assertTrue(fields.size() > 50, fields::toString);
        assertEquals(List.of(), fields.stream().filter(Field::inRules).map(Field::code).filter(code -> !listed.contains(code)).toList(), "not in the schema of rules");
        assertEquals(List.of(), fields.stream().filter(Field::inTexts).map(Field::code).filter(code -> !said.contains("{" + code + "}")).toList(), "not in the schema of texts");
    }

    @Test
    void describesTheInterface() throws Exception {
        String description = get("openapi").body();
        for (String part : List.of("/orders/{ref}", "/batch", "application/problem+json", "bearer")) {
            assertTrue(description.contains(part), part);
        }
    }

    @Test
    @DisplayName("SEC-25: no text, token, number or name of what was sent is in the log")
    void logsNothingOfCustomers() throws Exception {
        Rest rest = Rest.demo();
        String name = "Canary" + System.nanoTime();
        rest.put("customers/CANARY", "{'location':'MTL','name':'" + name + "','phones':[{'number':'514 555-0177'}],'email':'canary.bird@example.net',"
            + "'consent':{'sms':true,'email':true}}");
        rest.put("orders/CANARY", "{'location':'MTL','customer':'CANARY','status':'NEW','object':'" + name + " box'}");
        rest.put("orders/CANARY", "{'status':'WAITING_PARTS'}");
        rest.put("orders/CANARY", "{'status':'" + name + "'}");
        rest.put("customers/CANARY", "{'" + name + "':1}");
        rest.call("PUT", "customers/CANARY", "{\"name\":\"" + name, "application/json");
        new Rest(stack.url(), "carillon_" + name).get("messages");
        long end = System.nanoTime() + 15_000_000_000L;
        while (rest.get("messages?order=CANARY&state=DELIVERED").json().getJsonArray("items").isEmpty()) {
            assertTrue(System.nanoTime() < end, "nothing was delivered, so the log proves nothing");
            Thread.sleep(50);
        }
        String log = Files.readString(stack.node().log());
        for (String canary : List.of(name, "5145550177", "514 555-0177", "canary.bird", stack.accounts().get("apiToken"), stack.accounts().get("admin.password"))) {
            assertFalse(log.contains(canary), canary);
        }
        assertFalse(log.contains("AS-JTA-00003"), "no work begins outside the application's context, of which the server would warn each time");
    }
}
