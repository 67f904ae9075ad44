package org.carillon.simulator;

import com.sun.net.httpserver.HttpExchange;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.simulator.Fault.Kind;

/**
 * The provider's HTTP side, in the manner of Twilio's Messages API: takes messages, lists them, tells what became of them by signed callbacks and
 * brings what customers write. Nothing waits on a thread, so that any window fits.
 */
public final class MessagesApi implements Closeable {

    public static final String ACCOUNT = "AC00000000000000000000000000000001";
    public static final String TOKEN = "chime-token";
    static final String PATH = "/2010-04-01/Accounts/" + ACCOUNT + "/Messages";

    private static final int LONGEST_BODY = 1600;
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** @param status the last that was told */
    private record Taken(SmsPart part, int segments, Map<String, String> fields, String[] status) {

        String callback() { return fields.getOrDefault("StatusCallback", ""); }
    }

    private final Simulator simulator;
    private final Phones phones;
    private final Faults faults;
    private final SubmitLog log;
    private final Callbacks callbacks;
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2, Simulator.daemon("http-later"));
    private final List<Taken> taken = new ArrayList<>();
    private final Set<HttpExchange> silent = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile String inbound = "";

    MessagesApi(Simulator simulator, Phones phones, Faults faults, SubmitLog log) {
        this.simulator = simulator;
        this.phones = phones;
        this.faults = faults;
        this.log = log;
        callbacks = new Callbacks(later);
    }

    /** Where texts of customers are brought: the application's address, as somebody sets it at the provider. */
    public void bringTo(String url) { inbound = url; }

    /** The signature of a call to that address. */
    public static String sign(String url, Map<String, String> fields) { return Callbacks.signature(TOKEN, url, new TreeMap<>(fields)); }

    void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String expected = "Basic " + Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, error(401, "20003"), null);
        } else if (path.equals(PATH + ".json") && exchange.getRequestMethod().equals("POST")) {
            take(exchange, fields(new String(body, StandardCharsets.UTF_8)));
        } else if (exchange.getRequestMethod().equals("GET") && path.equals(PATH + ".json")) {
            list(exchange);
        } else if (exchange.getRequestMethod().equals("GET") && path.startsWith(PATH + "/")) {
            Optional<Taken> one = all().stream().filter(t -> path.equals(PATH + "/" + t.part().messageId() + ".json")).findFirst();
            answer(exchange, one.isPresent() ? 200 : 404, one.map(t -> json(t, Duration.ZERO).toString()).orElse(error(404, "20404")), null);
        } else {
            answer(exchange, 404, error(404, "20404"), null);
        }
    }

    private void take(HttpExchange exchange, Map<String, String> fields) throws IOException {
        String to = fields.getOrDefault("To", ""), callback = fields.getOrDefault("StatusCallback", "");
        SmsPart part = part(fields);
        if (!callback.isEmpty() && inbound.isEmpty()) {
            inbound = callback.replaceAll("/status(\\?.*)?$", "/inbound");
        }
        boolean cut = faults.strike(Kind.DISCONNECT, "BEFORE", to, 1).isPresent();
        if (cut || faults.strike(Kind.SILENCE, "BEFORE", to, 1).isPresent()) {
            log.write(line(part, -1));
            if (cut) {
                exchange.close();
            } else {
                silent.add(exchange);
            }
            return;
        }
        Optional<Fault> before = faults.strike(Kind.HTTP, "BEFORE", to, 1);
        Optional<Fault> throttle = before.isPresent() ? Optional.empty() : faults.throttle(to);
        String refused = refusal(fields);
        if (before.isPresent() || throttle.isPresent() || refused != null) {
            int status = before.map(Fault::status).orElse(throttle.isPresent() ? 429 : 400);
            log.write(line(part, status));
            String body = before.filter(fault -> !fault.text().isEmpty()).map(Fault::text).orElse(error(status, before.map(Fault::error).orElse(throttle.isPresent() ? "20429" : refused)));
            late(to, () -> answer(exchange, status, body, before.filter(f -> f.millis() > 0).map(f -> Long.toString((f.millis() + 999) / 1000)).orElse(throttle.isPresent() ? "1" : null)));
            return;
        }
        log.write(line(part, 0));
        accept(exchange, fields, part);
    }

    private void accept(HttpExchange exchange, Map<String, String> fields, SmsPart part) throws IOException {
        String to = fields.get("To");
        Taken message = new Taken(part, segments(fields.get("Body")), fields, new String[] {"queued"});
        phones.receiveWhole(part, message.segments());
        synchronized (taken) {
            taken.add(message);
        }
        Optional<Fault> receipt = message.callback().isEmpty() ? Optional.empty() : faults.strike(Kind.RECEIPT, to, 1);
        if (receipt.filter(Fault::early).isPresent()) {
            tell(message, receipt.get()).join();
        }
        Optional<Fault> instead = faults.strike(Kind.HTTP, "AFTER", to, 1);
        if (faults.strike(Kind.DISCONNECT, "AFTER", to, 1).isPresent()) {
            exchange.close();
        } else if (faults.strike(Kind.SILENCE, "AFTER", to, 1).isPresent()) {
            silent.add(exchange);
        } else if (instead.isPresent()) {
            late(to, () -> answer(exchange, instead.get().status(), instead.get().text(), null));
        } else {
            late(to, () -> answer(exchange, 201, json(message, Duration.ZERO).toString(), null));
        }
        if (!message.callback().isEmpty() && receipt.filter(Fault::early).isEmpty()) {
            long wait = receipt.map(Fault::millis).filter(millis -> millis > 0).orElse(SmppServer.RECEIPT_AFTER.toMillis());
            later.schedule(() -> tell(message, receipt.orElse(null)), wait, TimeUnit.MILLISECONDS);
        }
    }

    /** On its way, then what became of it. */
    private CompletableFuture<Void> tell(Taken message, Fault fault) {
        String end = fault == null || fault.text().isEmpty() ? "delivered" : switch (fault.text()) {
            case "UNDELIV", "REJECTD" -> "undelivered";
            case "EXPIRED" -> "failed";
            default -> fault.text().toLowerCase(Locale.ROOT);
        };
        String error = fault == null || fault.error().isEmpty() ? end.equals("delivered") ? "" : fault != null && fault.text().equals("EXPIRED") ? "30036" : "30005" : fault.error();
        String sid = fault != null && fault.id().equals("FOREIGN") ? "SM9" + message.part().messageId().substring(3) : message.part().messageId();
        CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
        for (int i = 0; i < (fault == null ? 1 : fault.copies()); i++) {
            for (String status : List.of("sent", end)) {
                message.status()[0] = status;
                Map<String, String> fields = new TreeMap<>(Map.of("MessageSid", sid, "SmsSid", sid, "AccountSid", ACCOUNT, "From", message.part().from(), "To", message.fields().get("To"),
                    "MessageStatus", status, "SmsStatus", status, "ApiVersion", "2010-04-01"));
                if (status.equals(end) && !error.isEmpty()) {
                    fields.put("ErrorCode", error);
                }
                told = told.thenCompose(done -> callbacks.send(message.callback(), fields));
            }
        }
        return told;
    }

    /** What a customer writes; the stage completes when the application took it. */
    public CompletableFuture<Void> write(String from, String to, String text) {
        if (inbound.isEmpty()) {
            throw new IllegalStateException("no message has come over HTTP yet: nobody knows where to bring a text");
        }
        phones.write(from, to, text, segments(text), Instant.now());
        String sid = sid("SM");
        return callbacks.send(inbound, new TreeMap<>(Map.of("MessageSid", sid, "SmsSid", sid, "AccountSid", ACCOUNT, "From", from, "To", to, "Body", text,
            "NumMedia", "0", "NumSegments", Integer.toString(segments(text)), "SmsStatus", "received")));
    }

    private void list(HttpExchange exchange) throws IOException {
        Map<String, String> query = fields(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        Optional<Fault> fault = faults.strike(Kind.HTTP, "LIST", query.getOrDefault("To", ""), 1);
        if (fault.isPresent()) {
            answer(exchange, fault.get().status(), fault.get().text().isEmpty() ? error(fault.get().status(), fault.get().error()) : fault.get().text(), null);
            return;
        }
        Duration offset = simulator.clockOffset();
        String since = query.getOrDefault("DateSent>", "0000-00-00");
        List<Taken> found = all().stream().filter(t -> !query.containsKey("To") || t.fields().get("To").equals(query.get("To")))
            .filter(t -> DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(t.part().receivedAt().plus(offset)).compareTo(since) >= 0).collect(Collectors.toList());
        Collections.reverse(found);  // the newest first
        int size = Integer.parseInt(query.getOrDefault("PageSize", "50")), page = Integer.parseInt(query.getOrDefault("Page", "0"));
        JsonArrayBuilder rows = Json.createArrayBuilder();
        found.subList(Math.min(found.size(), page * size), Math.min(found.size(), (page + 1) * size)).forEach(t -> rows.add(json(t, offset)));
        String next = PATH + ".json?" + exchange.getRequestURI().getRawQuery().replaceAll("&Page=[0-9]+", "") + "&Page=" + (page + 1);
        var whole = Json.createObjectBuilder().add("messages", rows).add("page", page);
        answer(exchange, 200, (found.size() > (page + 1) * size ? whole.add("next_page_uri", next) : whole.addNull("next_page_uri")).build().toString(), null);
    }

    private List<Taken> all() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    private static JsonObject json(Taken t, Duration offset) {
        return Json.createObjectBuilder().add("sid", t.part().messageId()).add("account_sid", ACCOUNT).add("to", t.fields().get("To")).add("from", t.part().from())
            .add("body", t.part().text()).add("status", t.status()[0]).add("direction", "outbound-api").add("num_segments", Integer.toString(t.segments()))
            .add("date_created", RFC_2822.format(t.part().receivedAt().plus(offset))).addNull("error_code").build();
    }

    /** The provider's own code, null where nothing is wrong. */
    private static String refusal(Map<String, String> fields) {
        if (!fields.getOrDefault("To", "").matches("\\+[1-9][0-9]{6,14}")) {
            return "21211";
        }
        if (fields.getOrDefault("From", "").isEmpty() && fields.getOrDefault("MessagingServiceSid", "").isEmpty()) {
            return "21603";
        }
        String body = fields.getOrDefault("Body", "");
        return body.isEmpty() ? "21602" : body.length() > LONGEST_BODY ? "21617" : null;
    }

    private SmsPart part(Map<String, String> fields) {
        String text = fields.getOrDefault("Body", ""), callback = fields.getOrDefault("StatusCallback", "");
        int ref = callback.matches(".*[?&]ref=[0-9a-f]{4}") ? Integer.parseInt(callback.substring(callback.length() - 4), 16) : -1;
        return new SmsPart(Instant.now(), 0, count.incrementAndGet(), sid("SM"), fields.getOrDefault("From", fields.getOrDefault("MessagingServiceSid", "")), 0,
            Phones.digits(fields.getOrDefault("To", "")), 1, Alphabet.fitsGsm(text) ? Alphabet.GSM : Alphabet.UCS2, 0, callback.isEmpty() ? 0 : 1, "", -1, 1, 1, ref,
            fields.getOrDefault("ValidityPeriod", ""), "", text, 0);
    }

    private String sid(String kind) { return kind + String.format(Locale.ROOT, "%016x%016x", System.currentTimeMillis(), count.incrementAndGet()); }

    private static int segments(String text) {
        boolean gsm = Alphabet.fitsGsm(text);
        int units = Alphabet.encode(text, gsm ? Alphabet.GSM : Alphabet.UCS2).length / (gsm ? 1 : 2), alone = gsm ? 160 : 70, joined = gsm ? 153 : 67;
        return units <= alone ? 1 : (units + joined - 1) / joined;
    }

    private static SubmitLog.Line line(SmsPart part, int answer) {
        return new SubmitLog.Line(part.receivedAt(), "HTTP", part.connection(), part.sequence(), part.from(), part.to(), Integer.toString(part.userMessageReference()), -1, 1, 1, answer,
            part.text());
    }

    private interface Answer {
        void write() throws IOException;
    }

    private void late(String to, Answer answer) throws IOException {
        Optional<Fault> delay = faults.strike(Kind.DELAY, to, 1);
        if (delay.isEmpty()) {
            answer.write();
            return;
        }
        later.schedule(() -> {
            try {
                answer.write();
            } catch (IOException e) {
                // the application hung up
            }
        }, delay.get().millis(), TimeUnit.MILLISECONDS);
    }

    private static String error(int status, String code) {
        return Json.createObjectBuilder().add("code", code.isEmpty() ? status : Integer.parseInt(code)).add("message", "refused by the simulator").add("status", status).build().toString();
    }

    private static void answer(HttpExchange exchange, int status, String body, String retryAfter) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : form.split("&")) {
            String[] sides = pair.split("=", 2);
            if (sides.length == 2) {
                fields.put(URLDecoder.decode(sides[0], StandardCharsets.UTF_8), URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    /** Hangs up on whoever waits for an answer. */
    void cut() {
        silent.forEach(HttpExchange::close);
        silent.clear();
    }

    @Override
    public void close() {
        cut();
        later.shutdownNow();
    }
}
