package org.carillon.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The simulator's page and its interface for tests. Lists take {@code to}, {@code after} (a number) and {@code last} (how many at most).
 * <pre>
 * GET /sms   GET /mail   DELETE /sms   DELETE /mail   GET /status
 * POST /sms    {"from","to","text"}       a customer writes; without "to", to whoever wrote last, over the way that text came; "over":"HTTP" or "SMPP" says which
 * /2010-04-01/...                         the provider's HTTP side, see {@link MessagesApi}
 * POST /bounce {"to","status","words"}    the last e-mail to that address comes back; status COMPLAINT is a press on "spam"
 * POST /answer {"from","text"}            a customer answers the last e-mail
 * POST /sms    {"from","to","text"}       a customer writes; without "to", to whoever wrote last
 * POST /clock  {"now"} or {"by":"PT1H"}   moves the application clock, forwards only
 * POST /faults {...} or [{...}]           see {@link Fault}; GET /faults lists, DELETE /faults clears
 * POST /cut                               cuts all SMPP connections
 * </pre>
 */
final class HttpFace implements Closeable {

    private static final int LARGEST_BODY = 1_048_576;

    private record Answer(int status, String type, byte[] body) {

        static Answer json(int status, JsonValue value) {
            return new Answer(status, "application/json", value.toString().getBytes(StandardCharsets.UTF_8));
        }

        static Answer problem(int status, String detail) {
            return json(status, Json.createObjectBuilder().add("status", status).add("detail", detail).build());
        }
    }

    private final Simulator simulator;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(Simulator.daemon("simulator-http"));

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");  // else each answer waits 40 ms for an acknowledgement
    }

    HttpFace(int port, Simulator simulator) throws IOException {
        this.simulator = simulator;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.createContext("/", this::serve);
        server.createContext("/2010-04-01/", simulator.api()::serve);
        server.setExecutor(threads);
        server.start();
    }

    int port() { return server.getAddress().getPort(); }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (IllegalArgumentException | JsonException | ClassCastException | NullPointerException | java.time.DateTimeException e) {
                answer = Answer.problem(400, String.valueOf(e.getMessage()));
            } catch (IllegalStateException e) {
                answer = Answer.problem(409, String.valueOf(e.getMessage()));
            }
            exchange.getResponseHeaders().set("Content-Type", answer.type() + (answer.type().startsWith("font") ? "" : ";charset=utf-8"));
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        if (!host.matches("(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d+)?")) {
            return Answer.problem(403, "a page of another site may not call the simulator");
        }
        Map<String, String> query = query(exchange);
        String path = exchange.getRequestURI().getPath();
        return switch (exchange.getRequestMethod() + " " + path) {
            case "GET /sms" -> list(simulator.phones().find(sms -> (sms.fromShop() || query.containsKey("all"))
                && Phones.digits(sms.to()).equals(query.containsKey("to") ? Phones.digits(query.get("to")) : Phones.digits(sms.to()))
                && sms.number() > after(query)), Sms::json, query);
            case "GET /mail" -> list(simulator.mailboxes().find(mail -> (!query.containsKey("to") || mail.isTo(query.get("to"))) && mail.number() > after(query)),
                Mail::json, query);
            case "DELETE /sms" -> done(simulator.phones()::clear);
            case "DELETE /mail" -> done(simulator.mailboxes()::clear);
            case "POST /sms" -> write(body(exchange).asJsonObject());
            case "POST /bounce" -> bounce(body(exchange).asJsonObject());
            case "POST /answer" -> answerMail(body(exchange).asJsonObject());
            case "GET /clock" -> Answer.json(200, clock(simulator.clock().now()));
            case "POST /clock" -> moveClock(body(exchange).asJsonObject());
            case "GET /faults" -> list(simulator.faults().all(), fault -> Json.createValue(fault.toString()), query);
            case "POST /faults" -> addFaults(body(exchange));
            case "DELETE /faults" -> done(simulator.faults()::clear);
            case "POST /cut" -> done(() -> {
                simulator.smpp().cut();
                simulator.api().cut();
            });
            case "GET /status" -> Answer.json(200, status());
            case "GET /favicon.ico" -> new Answer(204, "image/x-icon", new byte[0]);
            case "GET /" -> resource("index.html", "text/html");
            case "GET /simulator.css" -> resource("simulator.css", "text/css");
            case "GET /simulator.js" -> resource("simulator.js", "text/javascript");
            default -> Answer.problem(404, "there is no " + exchange.getRequestMethod() + " " + path);
        };
    }

    private JsonObject status() {
        return Json.createObjectBuilder().add("binds", simulator.smpp() == null ? 0 : simulator.smpp().binds())
            .add("sms", simulator.phones().find(Sms::fromShop).size()).add("mail", simulator.mailboxes().find(mail -> true).size())
            .add("faults", simulator.faults().all().size()).build();
    }

    private Answer write(JsonObject request) {
        String from = request.getString("from");
        List<Sms> received = simulator.phones().receivedBy(from);
        String to = request.getString("to", received.isEmpty() ? "" : received.get(received.size() - 1).from());
        if (Phones.digits(from).isEmpty() || to.isEmpty() || request.getString("text").isEmpty()) {
            throw new IllegalArgumentException("from, to and text are needed");
        }
        boolean http = request.containsKey("over") ? request.getString("over").equalsIgnoreCase("HTTP")
            : !received.isEmpty() && received.get(received.size() - 1).parts().stream().anyMatch(SmsPart::overHttp);
        if (http) {
            simulator.api().write("+" + Phones.digits(from), to, request.getString("text"));
        } else {
            simulator.write("+" + Phones.digits(from), to, request.getString("text"));
        }
        return Answer.json(202, Json.createObjectBuilder().add("from", from).add("to", to).build());
    }

    private Answer bounce(JsonObject request) {
        Mail mail = last(request.getString("to"));
        String status = request.getString("status", "5.1.1");
        if (status.equals("COMPLAINT")) {
            simulator.returns().complain(mail);
        } else {
            simulator.returns().bounce(mail, status, request.getString("words", status.startsWith("5.1") ? "550 " + status + " User unknown" : "452 " + status + " Mailbox full"));
        }
        return new Answer(202, "application/json", new byte[0]);
    }

    private Answer answerMail(JsonObject request) {
        simulator.returns().answer(last(request.getString("from")), request.getString("text"));
        return new Answer(202, "application/json", new byte[0]);
    }

    private Mail last(String address) {
        List<Mail> all = simulator.mailboxes().receivedBy(address);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("nothing was sent to " + address);
        }
        return all.get(all.size() - 1);
    }

    private Answer moveClock(JsonObject request) {
        TestClock clock = simulator.clock();
        return Answer.json(200, clock(request.containsKey("by") ? clock.moveBy(Duration.parse(request.getString("by")))
            : clock.moveTo(java.time.OffsetDateTime.parse(request.getString("now")).toInstant())));
    }

    private static JsonObject clock(Instant now) { return Json.createObjectBuilder().add("now", now.toString()).build(); }

    private Answer addFaults(JsonStructure request) {
        Stream<JsonValue> all = request instanceof JsonObject one ? Stream.of(one) : request.asJsonArray().stream();
        all.map(one -> Fault.of(one.asJsonObject())).toList().forEach(simulator.faults()::add);
        return new Answer(204, "application/json", new byte[0]);
    }

    private static Answer done(Runnable act) {
        act.run();
        return new Answer(204, "application/json", new byte[0]);
    }

    private static <T> Answer list(List<T> items, Function<T, JsonValue> json, Map<String, String> query) {
        int last = Integer.parseInt(query.getOrDefault("last", "100000"));
        JsonArrayBuilder array = Json.createArrayBuilder();
        items.subList(Math.max(0, items.size() - last), items.size()).forEach(item -> array.add(json.apply(item)));
        return Answer.json(200, array.build());
    }

    private static long after(Map<String, String> query) { return Long.parseLong(query.getOrDefault("after", "0")); }

    private static Answer resource(String name, String type) throws IOException {
        try (InputStream in = HttpFace.class.getResourceAsStream("/simulator/" + name)) {
            return in == null ? Answer.problem(404, name + " is missing") : new Answer(200, type, in.readAllBytes());
        }
    }

    /** Only as JSON: a form of another site cannot send that without asking first. */
    private static JsonStructure body(HttpExchange exchange) throws IOException {
        if (!String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")).startsWith("application/json")) {
            throw new IllegalArgumentException("send JSON, with Content-Type: application/json");
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
        try (JsonReader reader = Json.createReader(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
            return reader.read();
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] part = pair.split("=", 2);
            // a plus sign is the beginning of a phone number here, not a space
            query.put(part[0], part.length < 2 ? "" : URLDecoder.decode(part[1].replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return query;
    }
}
