package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.run.Stack;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REL-03 as a shop system sees it. */
class IdempotencyIT {

    private static Rest rest;

    @BeforeAll static void token() { rest = Rest.of("once-" + Rest.ref(), "ADMIN", "MTL"); }

    private static Rest.Answer call(String method, String path, String body, String key) {
        return rest.call(method, path, body.replace('\'', '"'), "application/json", "Idempotency-Key", key);
    }

    private static long count(String sql, Object... values) { return Stack.get().owner().withHandle(h -> h.select(sql, values).mapTo(Long.class).one()); }

    @Test @DisplayName("REL-03: 16 callers x the same key x 8 keys: each order made once, everybody gets the first answer or is told to wait")
    void makesOnceWhatManyAskFor() throws Exception {
        String run = Rest.ref();
        assertEquals(201, rest.put("customers/" + run, "{'location':'MTL','name':'Once'}").status());
        ExecutorService threads = Executors.newFixedThreadPool(16);
        for (int key = 0; key < 8; key++) {
            String name = run + "-" + key, body = "{'location':'MTL','customer':'" + run + "','status':'NEW','notify':false}";
            List<Future<Rest.Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(threads.submit(() -> call("PUT", "orders/" + name, body, name)));
            }
            List<Rest.Answer> answers = new ArrayList<>();
            for (Future<Rest.Answer> call : calls) {
                answers.add(call.get());
            }
            Set<Integer> kinds = answers.stream().map(Rest.Answer::status).collect(Collectors.toSet());
            assertTrue(Set.of(201, 409).containsAll(kinds) && kinds.contains(201), answers::toString);  // without a key all but one would be told 200
            assertEquals(1, answers.stream().filter(a -> a.status() == 201).map(a -> a.response().body()).distinct().count());
            assertEquals(1, answers.stream().filter(a -> a.status() == 201 && a.header("Idempotent-Replayed").isEmpty()).count());
            assertTrue(answers.stream().filter(a -> a.status() == 409).allMatch(a -> a.header("Retry-After").equals("1")));
            assertEquals(201, call("PUT", "orders/" + name, body, name).status());
            assertEquals(1, count("select count(*) from work_order where ref = ?", name));
            assertEquals(1, count("select count(*) from business_event e join work_order o on e.subject_type = 'ORDER' and e.subject_id = o.id where o.ref = ? and e.type = 'ORDER_CREATED'", name));
        }
        threads.shutdown();
    }

    @Test @DisplayName("REL-03: another body, address or question under the same key is refused; a refusal is not kept; a token's keys are its own")
    void refusesAnotherCall() {
        String ref = Rest.ref(), key = "k-" + ref;
        assertEquals(422, call("PUT", "customers/" + ref, "{'location':'MTL'}", key).status());
        assertEquals(201, call("PUT", "customers/" + ref, "{'location':'MTL','name':'Once'}", key).status());
        Rest.Answer other = call("PUT", "customers/" + ref, "{'location':'MTL','name':'Twice'}", key);
        assertEquals(422, other.status(), other::toString);
        assertEquals("Idempotency-Key", other.json().getString("field"));
        assertEquals("idempotency.other", other.json().getString("code"));
        assertEquals(422, call("PUT", "customers/" + ref + "2", "{'location':'MTL','name':'Once'}", key).status());
        assertEquals(422, call("POST", "batch", "[]", key).status());
        Rest.Answer again = call("PUT", "customers/" + ref, "{'location':'MTL','name':'Once'}", key);
        assertEquals("201 true", again.status() + " " + again.header("Idempotent-Replayed"));
        assertTrue(again.header("Location").endsWith("/customers/" + ref));
        assertEquals(200, Rest.demo().call("POST", "batch", "[]", "application/json", "Idempotency-Key", key).status());
        assertEquals(422, call("POST", "batch", "[]", "x".repeat(256)).status());
        assertEquals(200, call("POST", "batch", "[]", "x".repeat(255)).status());
    }

    @Test @DisplayName("REL-03: a batch sent again answers as before and changes nothing, not even back what changed meanwhile")
    void answersABatchAgain() {
        String ref = Rest.ref();
        String lines = IntStream.range(0, 3).mapToObj(i -> "{'type':'customer','ref':'" + ref + i + "','body':{'location':'MTL','name':'Once'}}").collect(Collectors.joining(",", "[", ",{'type':'bird'}]"));
        Rest.Answer first = call("POST", "batch", lines, ref);
        assertEquals(200, rest.put("customers/" + ref + "0", "{'name':'Renamed'}").status());
        Rest.Answer again = call("POST", "batch", lines, ref);
        assertEquals(first.response().body(), again.response().body());
        assertEquals("true", again.header("Idempotent-Replayed"));
        assertEquals("Renamed", rest.get("customers/" + ref + "0").json().getString("name"));
    }

    @Test void isDescribed() throws Exception {
        String description = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(HttpRequest.newBuilder(URI.create(Stack.get().url() + "openapi")).build(), java.net.http.HttpResponse.BodyHandlers.ofString()).body();
        assertTrue(description.contains("name: Idempotency-Key"), "the parameter");
        assertTrue(description.split("parameters/key", -1).length > 5, "at every write");
    }
}
