package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.run.Stack;
import org.carillon.shop.ApiToken.Access;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may do what: every endpoint with every kind of token, at home and elsewhere (SEC-05, SEC-12, SEC-13). An endpoint that is not listed fails the build. */
class MatrixIT {

    /** @param foreign what an endpoint answers when the thing, or what the body names, belongs to another location; 200 = a list without it */
    private record Cell(Access needs, int foreign, Function<Rest, Rest.Answer> own, Function<Rest, Rest.Answer> other) { }

    private static final String SOURCE = "matrix";
    private static final Map<String, Cell> MATRIX = new TreeMap<>();

    private static Rest all;

    @BeforeAll
    static void things() {
        all = Rest.of(SOURCE, "ADMIN");
        for (String code : List.of("MTL", "PAR")) {
            all.put("customers/C-" + code, "{'location':'" + code + "','name':'Matrix " + code + "'}");
            all.put("leads/L-" + code, "{'location':'" + code + "','customer':'C-" + code + "','status':'NEW','notify':false}");
            all.put("appointments/A-" + code, "{'location':'" + code + "','customer':'C-" + code + "','startAt':'2031-04-07T10:00','notify':false}");
            all.put("sales/S-" + code, "{'location':'" + code + "','customer':'C-" + code + "','condition':'NEW','notify':false}");
            all.put("orders/O-" + code, "{'location':'" + code + "','customer':'C-" + code + "','status':'NEW','notify':false}");
        }
        cell("GET customers/{ref}", Access.READ, 404, r -> r.get("customers/C-MTL"), r -> r.get("customers/C-PAR"));
        cell("PUT customers/{ref}", Access.WRITE, 404, r -> r.put("customers/C-MTL", "{'name':'Matrix MTL'}"), r -> r.put("customers/C-PAR", "{'name':'Stolen'}"));
        cell("GET customers/{ref}/file", Access.ADMIN, 404, r -> r.get("customers/C-MTL/file"), r -> r.get("customers/C-PAR/file"));
        cell("GET orders/{ref}", Access.READ, 404, r -> r.get("orders/O-MTL"), r -> r.get("orders/O-PAR"));
        cell("PUT orders/{ref}", Access.WRITE, 404, r -> r.put("orders/O-MTL", "{'status':'NEW'}"), r -> r.put("orders/O-PAR", "{'status':'READY'}"));
        cell("GET leads/{ref}", Access.READ, 404, r -> r.get("leads/L-MTL"), r -> r.get("leads/L-PAR"));
        cell("PUT leads/{ref}", Access.WRITE, 404, r -> r.put("leads/L-MTL", "{'status':'NEW'}"), r -> r.put("leads/L-PAR", "{'status':'LOST'}"));
        cell("GET appointments/{ref}", Access.READ, 404, r -> r.get("appointments/A-MTL"), r -> r.get("appointments/A-PAR"));
        cell("PUT appointments/{ref}", Access.WRITE, 404, r -> r.put("appointments/A-MTL", "{'status':'BOOKED'}"), r -> r.put("appointments/A-PAR", "{'status':'CANCELLED'}"));
        cell("GET sales/{ref}", Access.READ, 404, r -> r.get("sales/S-MTL"), r -> r.get("sales/S-PAR"));
        cell("PUT sales/{ref}", Access.WRITE, 404, r -> r.put("sales/S-MTL", "{'condition':'NEW'}"), r -> r.put("sales/S-PAR", "{'condition':'USED'}"));
        cell("GET locations/{ref}", Access.READ, 404, r -> r.get("locations/MTL"), r -> r.get("locations/PAR"));
        cell("PUT locations/{ref}", Access.ADMIN, 404, r -> r.put("locations/MTL", "{'language':'fr'}"), r -> r.put("locations/PAR", "{'name':'Stolen'}"));
        cell("POST batch", Access.WRITE, 200, r -> r.post("batch", "[]"), r -> r.post("batch", "[{'type':'order','ref':'O-PAR','body':{'status':'READY'}}]"));
        String rules = "{'groups':[[{'field':'customer.name','operator':'contains','value':'Matrix'}]]}";
        cell("POST audiences/preview", Access.READ, 404, r -> r.post("audiences/preview", rules), r -> r.post("audiences/preview?customer=C-PAR", rules));
        for (String code : List.of("MTL", "PAR")) {
            all.put("automations/M-" + code, "{'name':'Matrix " + code + "','locations':['" + code + "']}");
        }
        cell("GET automations/{ref}", Access.READ, 404, r -> r.get("automations/M-MTL"), r -> r.get("automations/M-PAR"));
        cell("PUT automations/{ref}", Access.ADMIN, 404, r -> r.put("automations/M-MTL", "{'name':'Matrix MTL','locations':['MTL']}"), r -> r.put("automations/M-PAR", "{'name':'Stolen','locations':['MTL']}"));
        cell("GET messages", Access.READ, 404, r -> r.get("messages?customer=C-MTL"), r -> r.get("messages?customer=C-PAR"));
        cell("GET planned", Access.READ, 404, r -> r.get("planned?order=O-MTL"), r -> r.get("planned?order=O-PAR"));
    }

    private static void cell(String endpoint, Access needs, int foreign, Function<Rest, Rest.Answer> own, Function<Rest, Rest.Answer> other) {
        MATRIX.put(endpoint, new Cell(needs, foreign, own, other));
    }

    @Test
    @DisplayName("SEC-13: an endpoint that is missing here fails the build")
    void listsEveryEndpoint() throws IOException {
        assertEquals(endpoints().keySet(), new TreeSet<>(MATRIX.keySet()));
        endpoints().forEach((endpoint, needs) -> assertEquals(MATRIX.get(endpoint).needs(), needs, endpoint));
    }

    @Test
    @DisplayName("SEC-18: what needs no token is called by providers, and they sign")
    void listsEveryEndpointWithoutToken() throws IOException {
        Set<String> signed = new TreeSet<>();
        for (Method method : HooksResource.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Signed.class)) {
                signed.add(method.getAnnotation(Path.class).value());
            }
        }
        assertEquals(Set.of("status", "inbound"), signed);
        try (Stream<java.nio.file.Path> files = Files.list(java.nio.file.Path.of("src/main/java/org/carillon/intake"))) {
            for (java.nio.file.Path file : files.toList()) {
                assertTrue(file.endsWith("HooksResource.java") || !Files.readString(file).contains("@Signed\n"), file.toString());
            }
        }
        String description = Files.readString(java.nio.file.Path.of("src/main/resources/META-INF/openapi.yaml"));
        signed.forEach(kind -> assertTrue(description.contains("\n  /hooks/{route}/" + kind + ":\n")));
        for (String path : List.of("hooks/smpp/status", "hooks/nothing/status", "hooks/smpp/inbound")) {
            for (Rest caller : List.of(new Rest(Stack.get().url(), null), all)) {
                assertEquals(403, caller.call("POST", path, "MessageSid=SM1&MessageStatus=delivered", "application/x-www-form-urlencoded").status(), path);
            }
        }
        assertTrue(Set.of(401, 404).contains(new Rest(Stack.get().url(), null).get("hooks/../customers/C-MTL").status()));
    }

    @Test
    void publishesEveryEndpoint() throws IOException {
        String description = Files.readString(java.nio.file.Path.of("src/main/resources/META-INF/openapi.yaml"));
        for (String endpoint : MATRIX.keySet()) {
            String[] parts = endpoint.replace("locations/{ref}", "locations/{code}").split(" ");
            assertTrue(description.contains("\n  /" + parts[1] + ":\n"), endpoint);
        }
    }

    private static Map<String, Access> endpoints() throws IOException {
        Map<String, Access> found = new TreeMap<>();
        try (Stream<java.nio.file.Path> classes = Files.list(java.nio.file.Path.of("target/classes/org/carillon/intake"))) {
            for (String name : classes.map(c -> c.getFileName().toString()).filter(n -> n.endsWith(".class") && !n.contains("$") && !n.startsWith("package")).toList()) {
                Class<?> type = type("org.carillon.intake." + name.replace(".class", ""));
                if (type.isAnnotationPresent(Path.class)) {
                    for (Method method : type.getDeclaredMethods()) {
                        if (method.isAnnotationPresent(Signed.class)) {
                            continue;  // HooksIT
                        }
                        http(method).ifPresent(verb -> found.put(verb + " " + Stream.of(type, method)
                            .filter(part -> part.isAnnotationPresent(Path.class)).map(part -> part.getAnnotation(Path.class).value()).filter(path -> !path.isEmpty())
                            .collect(Collectors.joining("/")), method.getAnnotation(Needs.class).value()));
                    }
                }
            }
        }
        return found;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static java.util.Optional<String> http(Method method) {
        return Arrays.stream(method.getAnnotations()).map(Annotation::annotationType).filter(a -> a.isAnnotationPresent(HttpMethod.class))
            .map(a -> a.getAnnotation(HttpMethod.class).value()).findFirst();
    }

    @TestFactory
    @DisplayName("SEC-05: nothing without a token that is in force, a session or not")
    Stream<DynamicTest> refusesWhoHasNoToken() {
        Rest nobody = new Rest(Stack.get().url(), null);
        Map<String, Rest> callers = Map.of("no token", nobody, "a made-up token", new Rest(nobody.url(), "carillon_" + "A".repeat(43)), "no token of ours", new Rest(nobody.url(), "x"),
            "an expired token", Rest.expired(SOURCE), "a revoked token", Rest.revoked(SOURCE));
        return MATRIX.entrySet().stream().flatMap(cell -> callers.entrySet().stream().map(caller -> DynamicTest.dynamicTest(cell.getKey() + " with " + caller.getKey(), () -> {
            Rest.Answer answer = cell.getValue().own().apply(caller.getValue());
            assertEquals(401, answer.status());
            assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"), answer::toString);
        })));
    }

    @Test
    @DisplayName("SEC-05: a session cookie is no token")
    void ignoresSessions() {
        Rest nobody = new Rest(Stack.get().url(), null);
        assertEquals(401, nobody.call("GET", "messages", null, null, "Cookie", "carillon=0123456789abcdef; JSESSIONID=0123456789abcdef").status());
    }

    @TestFactory
    @DisplayName("SEC-13: each token does what it allows, at its own location only")
    Stream<DynamicTest> keepsToWhatATokenAllows() {
        Map<Access, Rest> callers = Map.of(Access.READ, Rest.of(SOURCE, "READ", "MTL"), Access.WRITE, Rest.of(SOURCE, "WRITE", "MTL"), Access.ADMIN, Rest.of(SOURCE, "ADMIN", "MTL"));
        return MATRIX.entrySet().stream().flatMap(e -> callers.entrySet().stream().map(caller -> DynamicTest.dynamicTest(e.getKey() + " with " + caller.getKey(), () -> {
            Cell cell = e.getValue();
            boolean may = caller.getKey().includes(cell.needs());
            Rest.Answer own = cell.own().apply(caller.getValue());
            Rest.Answer other = cell.other().apply(caller.getValue());
            assertEquals(may ? 200 : 403, own.status(), own::toString);
            assertEquals(may ? cell.foreign() : 403, other.status(), other::toString);
            assertFalse(other.response().body().contains("Matrix PAR"), other::toString);
            if (may && e.getKey().equals("POST batch")) {
                assertEquals(404, other.json().getJsonArray("results").getJsonObject(0).getInt("status"));
            }
        })));
    }

    @Test
    @DisplayName("SEC-13: what is foreign is answered as what is unknown")
    void tellsNothingOfOtherLocations() {
        Rest mtl = Rest.of(SOURCE, "ADMIN", "MTL");
        assertEquals(mtl.get("customers/C-PAR").response().body().replace("C-PAR", "?"), mtl.get("customers/C-NONE").response().body().replace("C-NONE", "?"));
        for (String body : List.of("{'location':'PAR','customer':'C-MTL','status':'NEW'}", "{'location':'NONE','customer':'C-MTL','status':'NEW'}",
                "{'location':'MTL','customer':'C-PAR','status':'NEW'}", "{'location':'MTL','customer':'C-NONE','status':'NEW'}")) {
            Rest.Answer answer = mtl.put("orders/" + Rest.ref(), body);
            assertEquals(422, answer.status(), answer::toString);
            assertTrue(Set.of("location", "customer").contains(answer.json().getString("field")), answer::toString);
        }
        assertEquals(404, mtl.put("locations/NEWONE", "{'name':'X','zone':'America/Toronto','country':'CA','language':'fr'}").status());
        assertEquals("Matrix PAR", all.get("customers/C-PAR").json().getString("name"), "nobody changed it");
        assertEquals("NEW", all.get("orders/O-PAR").json().getString("status"));
        for (String body : List.of("{'location':'PAR','customer':'C-MTL','status':'NEW'}", "{'location':'MTL','customer':'C-PAR','status':'NEW'}",
                "{'location':'PAR','contact':{'name':'X'},'status':'NEW'}")) {
            assertEquals(422, mtl.put("leads/" + Rest.ref(), body).status(), body);
        }
        Rest.Answer stolen = mtl.put("orders/" + Rest.ref(), "{'location':'MTL','customer':'C-MTL','status':'NEW','lead':'L-PAR'}");
        assertEquals("lead", stolen.json().getString("field"));
        assertEquals(422, stolen.status());
        assertEquals("NEW", all.get("leads/L-PAR").json().getString("status"));
        assertEquals(404, mtl.get("messages?lead=L-PAR").status());
        assertEquals(404, mtl.get("planned?appointment=nobody-s").status());
        assertEquals("Garage Bercy", all.get("locations/PAR").json().getString("name"));
    }

    @Test
    @DisplayName("SEC-13: a list holds what happened at one's own locations only")
    void listsOwnLocationsOnly() {
        assertTrue(all.get("messages?limit=500").response().body().contains("@example.org"), "the demo company wrote to a customer in Paris");
        assertFalse(Rest.of(SOURCE, "READ", "MTL").get("messages?limit=500").response().body().contains("@example.org"));
        assertFalse(Rest.of(SOURCE, "READ", "PAR").get("messages?limit=500").response().body().contains("+1"));
        assertFalse(Rest.of(SOURCE, "READ", "PAR").get("planned?limit=500").response().body().contains("+1"));
    }

    @Test
    void turnsPages() {
        List<Integer> whole = all.get("messages?limit=500").json().getJsonArray("items").getValuesAs(JsonObject.class).stream().map(i -> i.getInt("id")).toList();
        List<Integer> paged = new ArrayList<>();
        String path = "messages?limit=2";
        for (String next = "0"; next != null && paged.size() < whole.size(); ) {
            JsonObject page = all.get(path + "&from=" + next).json();
            page.getJsonArray("items").getValuesAs(JsonObject.class).forEach(i -> paged.add(i.getInt("id")));
            next = page.isNull("next") ? null : page.getString("next");
        }
        assertEquals(whole, paged.subList(0, whole.size()));
    }

    @Test
    @DisplayName("references belong to their source")
    void keepsSourcesApart() { assertEquals(404, Rest.of("another", "READ").get("customers/C-MTL").status()); }

    @TestFactory
    @DisplayName("SEC-12: what the server sets cannot be sent")
    Stream<DynamicTest> refusesProtectedProperties() {
        return Stream.of("customers/C-MTL", "orders/O-MTL", "leads/L-MTL", "appointments/A-MTL", "sales/S-MTL", "locations/MTL").flatMap(path ->
            Stream.of("id", "state", "source", "version", "owner", "createdAt", "locationId", "calendarRev", "role", "smsConsent").map(property ->
                DynamicTest.dynamicTest(property + " of " + path, () -> {
                    String before = all.get(path).response().body();
                    Rest.Answer answer = all.put(path, "{'" + property + "':1}");
                    assertEquals(400, answer.status(), answer::toString);
                    assertEquals(property, answer.json().getString("field"));
                    assertEquals(before, all.get(path).response().body());
                })));
    }
}
