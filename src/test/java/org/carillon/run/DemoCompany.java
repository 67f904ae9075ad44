package org.carillon.run;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.carillon.fact.Database;
import org.carillon.shop.Secret;
import org.jdbi.v3.core.Jdbi;

/**
 * An invented company with which one can begin at once: two garages, staff of every role, customers who agreed to more or less, orders in every
 * status, appointments, a few sales, templates and notifications, and a few messages already sent. Numbers and addresses are of the ranges that nobody has.
 */
final class DemoCompany {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    private final DataSource owner;
    private final Jdbi jdbi;
    private final URI url;
    private final String token = "carillon_" + Secret.make();

    private DemoCompany(DataSource owner, URI url) {
        this.owner = owner;
        this.jdbi = Database.prepare(Jdbi.create(owner));
        this.url = url;
    }

    /**
     * Loads it into a new, migrated database while the node runs.
     *
     * @param owner the database as the owner of the schema
     * @param url   where the node answers
     * @return what a person or a test needs to get in, for {@code run.properties}: apiToken, admin.user, admin.password, ...
     */
    static Map<String, String> load(DataSource owner, URI url) { return new DemoCompany(owner, url).load(); }

    private Map<String, String> load() {
        run("statuses.sql");
        issueToken();
        put("locations/MTL", """
            {"name":"Garage Rosemont","zone":"America/Toronto","country":"CA","language":"fr","sender":"Rosemont","quietHours":["21:00","08:00"],
             "openingHours":{"MON":[["08:00","17:30"]],"TUE":[["08:00","17:30"]],"WED":[["08:00","17:30"]],"THU":[["08:00","19:00"]],"FRI":[["08:00","17:30"]]},
             "holidays":[{"name":"Noël","yearly":"12-25"},{"name":"Jour de l’An","yearly":"01-01"},{"name":"Fête nationale","yearly":"06-24"},
                         {"name":"Vendredi saint","easter":-2},{"name":"Fête du Travail","month":9,"weekday":"MON","nth":1}]}""");
        put("locations/PAR", """
            {"name":"Garage Bercy","zone":"Europe/Paris","country":"FR","language":"fr","sender":"Bercy","quietHours":["21:00","08:00"],
             "openingHours":{"MON":[["08:30","12:30"],["14:00","18:30"]],"TUE":[["08:30","12:30"],["14:00","18:30"]],"WED":[["08:30","12:30"],["14:00","18:30"]],
                             "THU":[["08:30","12:30"],["14:00","18:30"]],"FRI":[["08:30","12:30"],["14:00","18:30"]],"SAT":[["09:00","12:30"]]},
             "holidays":[{"name":"Noël","yearly":"12-25"},{"name":"Jour de l’An","yearly":"01-01"},{"name":"Fête du Travail","yearly":"05-01"},
                         {"name":"Lundi de Pâques","easter":1},{"name":"Fête nationale","yearly":"07-14"}]}""");
        Map<String, String> accounts = new LinkedHashMap<>();
        accounts.put("apiToken", token);
        accounts.putAll(new DemoStaff(jdbi).employ());
        run("attributes.sql");
        batch("customer", DemoBooks.customers());
        batch("order", DemoBooks.ordersAsOpened());
        batch("order", DemoBooks.orders());
        batch("appointment", DemoBooks.appointments());
        batch("sale", DemoBooks.sales());
        for (String gold : List.of("C-1001", "C-1003", "C-2001")) {
            put("customers/" + gold, "{\"attributes\":{\"loyalty\":\"gold\"}}");
        }
        batch("lead", DemoBooks.leads().stream().filter(lead -> !"P-101".equals(lead.getKey())).toList());
        // the books are history, of which automations may speak, not news that somebody wants hushed
        jdbi.useHandle(h -> h.execute("update business_event set hushed = false where hushed"));
        run("notifications.sql");
        run("alerts.sql");
        liveThroughTheMorning();
        return accounts;
    }

    /** A few changes that customers hear of, so that feeds, messages and plans are real ones. */
    private void liveThroughTheMorning() {
        for (String change : List.of("R-3033;READY", "R-3034;READY", "R-3037;READY", "R-3031;READY", "R-3036;READY", "R-3001;DIAGNOSED", "R-3009;DIAGNOSED",
                "R-3014;WAITING_PARTS", "R-3016;WAITING_PARTS", "R-3043;CLOSED", "R-3046;CLOSED", "R-3045;CLOSED", "R-3044;CLOSED")) {
            String[] parts = change.split(";");
            put("orders/" + parts[0], "{\"status\":\"" + parts[1] + "\"}");
        }
        DemoBooks.leads().stream().filter(lead -> "P-101".equals(lead.getKey())).forEach(lead -> put("leads/P-101", lead.getValue().toString()));
        DemoBooks.leadsSince().forEach(lead -> put("leads/" + lead.getKey(), lead.getValue().toString()));
        awaitQuiet();
        // the notifications that a newcomer will want to create first wait switched off, so that what was just created is alone on the handset
        jdbi.useHandle(h -> h.execute("update automation set state = 'PAUSED', rev = rev + 1, version = version + 1 "
            + "where ref in ('demo-mtl-ready', 'demo-mtl-order-created', 'demo-mtl-order-scheduled-time-changed')"));
    }

    private void awaitQuiet() {
        String waiting = "select (select count(*) from planned_notification where state = 'PLANNED' and due_at < now()) + (select count(*) from message_due)";
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (jdbi.withHandle(h -> h.createQuery(waiting).mapTo(Long.class).one()) > 0 && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void issueToken() {
        jdbi.useHandle(h -> h.createUpdate("insert into api_token (source, prefix, token_hash, scope, all_places, created_at, created_by) "
                + "values ('demo', :prefix, :hash, 'ADMIN', true, now(), 'demo')").bind("prefix", token.substring(0, 15)).bind("hash", Secret.hash(token)).execute());
    }

    private void batch(String type, List<Map.Entry<String, JsonObject>> bodies) {
        JsonArrayBuilder lines = Json.createArrayBuilder();
        bodies.forEach(body -> lines.add(Json.createObjectBuilder().add("type", type).add("ref", body.getKey()).add("body", body.getValue())));
        JsonObjectBuilder batch = Json.createObjectBuilder().add("notify", false).add("lines", lines);
        JsonObject answer = call("POST", "batch", batch.build().toString());
        for (JsonValue result : answer.getJsonArray("results")) {
            if (result.asJsonObject().getInt("status") >= 300) {
                throw new IllegalStateException("the demo company was refused: " + result);
            }
        }
    }

    private void put(String path, String body) { call("PUT", path, body); }

    private JsonObject call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/v1/" + path)).timeout(Duration.ofSeconds(60)).header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(path + " answered " + response.statusCode() + ": " + response.body());
            }
            try (var reader = Json.createReader(new StringReader(response.body()))) {
                return reader.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void run(String script) {
        try (InputStream file = DemoCompany.class.getResourceAsStream("/demo/" + script);
             Connection connection = owner.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(script, e);
        }
    }
}
