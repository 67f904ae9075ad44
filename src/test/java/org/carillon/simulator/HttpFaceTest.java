package org.carillon.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.carillon.TestDatabase;
import org.carillon.fact.ApplicationClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulator's interface for tests and people. */
class HttpFaceTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private TestDatabase database;
    private Simulator simulator;

    @BeforeEach
    void start() throws IOException {
        database = TestDatabase.fresh();
        simulator = Simulator.start(Simulator.Settings.anyPorts().withDatabase(database.as("carillon_app")));
    }

    @AfterEach
    void stop() throws IOException { simulator.close(); }

    @Test
    void movesTheApplicationClockForwardsOnly() throws Exception {
        ApplicationClock clock = new ApplicationClock(database.jdbi());
        Instant before = clock.now();
        assertEquals(200, post("clock", "{\"by\":\"P1D\"}").statusCode());
        Duration moved = Duration.between(before, clock.refresh());
        assertTrue(moved.compareTo(Duration.ofDays(1).minusSeconds(1)) > 0 && moved.compareTo(Duration.ofDays(1).plusMinutes(1)) < 0, moved.toString());
        String past = before.toString();
        HttpResponse<String> refused = post("clock", "{\"now\":\"" + past + "\"}");
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("forwards only"), refused.body());
        String later = before.plus(Duration.ofDays(3)).toString();
        assertEquals(later, Json.createReader(new StringReader(post("clock", "{\"now\":\"" + later + "\"}").body())).readObject().getString("now"));
    }

    @Test
    void findsANumberHoweverItIsWritten() throws Exception {
        simulator.phones().write("+1 514 555-0199", "CARILLON", "Oui", 1, Instant.now());
        assertEquals("[]", get("sms?to=+15145550199").body());
        JsonObject sms = Json.createReader(new StringReader(get("sms?all=1").body())).readArray().getJsonObject(0);
        assertEquals("Oui", sms.getString("text"));
    }

    @Test
    void takesFaultsAndForgetsThem() throws Exception {
        assertEquals(204, post("faults", "[{\"kind\":\"error\",\"status\":\"0x0B\",\"rate\":0.5},{\"kind\":\"silence\",\"times\":2}]").statusCode());
        assertEquals(2, simulator.faults().all().size());
        assertEquals(400, post("faults", "{\"kind\":\"earthquake\"}").statusCode());
        http.send(HttpRequest.newBuilder(simulator.url().resolve("faults")).DELETE().build(), HttpResponse.BodyHandlers.discarding());
        assertTrue(simulator.faults().all().isEmpty());
    }

    @Test
    void servesItsPageAndRefusesOtherSitesForms() throws Exception {
        assertEquals(200, get("").statusCode());
        HttpRequest form = HttpRequest.newBuilder(simulator.url().resolve("sms")).header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{\"from\":\"1\",\"to\":\"2\",\"text\":\"x\"}")).build();
        assertEquals(400, http.send(form, HttpResponse.BodyHandlers.ofString()).statusCode());
        assertEquals(404, get("etc/passwd").statusCode());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(simulator.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return http.send(HttpRequest.newBuilder(simulator.url().resolve(path)).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
