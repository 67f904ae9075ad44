package org.carillon.fault;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.NewMessage;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Route;
import org.carillon.delivery.SecretBox;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Reason;
import org.carillon.fact.Subject;
import org.carillon.shop.Secret;
import org.carillon.simulator.MessagesApi;
import org.carillon.template.Alphabet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The shop that keeps the fleet busy: messages of every purpose and channel by SQL, orders by REST through whichever node answers, cancellations and
 * opt-outs meanwhile. What it was told is stored it writes into the {@link Oracle}; what failed without a word it asks again until it knows.
 */
final class Garage {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    /** The provider cuts it. */
    private static final SmsTerms WHOLE = new SmsTerms(Alphabet.GSM7, LongMessages.PAYLOAD, null);
    private static final int WINDOWS = 24;
    private static final ZoneId HOME = ZoneId.of("America/Toronto");

    private final Fleet fleet;
    private final Oracle oracle;
    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final Outbox outbox;
    private final Random random;
    private final String token = "carillon_" + Secret.make();
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final List<String> refusals = new ArrayList<>();
    private long open;
    private long windowed;
    private long web;
    private boolean http;
    private long customer;
    private final AtomicInteger made = new AtomicInteger();
    private Instant windowsUntil;

    Garage(Fleet fleet, Oracle oracle, long seed) {
        this.fleet = fleet;
        this.oracle = oracle;
        this.jdbi = fleet.owner();
        this.clock = new ApplicationClock(jdbi);
        this.outbox = new Outbox(jdbi, clock);
        this.random = new Random(seed);
    }

    /** Three locations, one of which opens and closes every other minute for a while, and one that sends over HTTP and, where that is shut, over SMPP; one customer; a notification for each new order; a token. */
    Garage furnish() {
        breakDay();
        Instant now = clock.refresh();
        // so that it is morning there, and no window passes midnight
        int hour = now.atOffset(ZoneOffset.UTC).getHour();
        ZoneOffset zone = ZoneOffset.ofHours(Math.floorMod(10 - hour + 12, 24) - 12);
        OffsetDateTime from = now.atOffset(zone).withSecond(0).withNano(0);
        windowsUntil = from.plusMinutes(3L * WINDOWS).toInstant();
        String windows = IntStream.range(0, WINDOWS).mapToObj(i -> "[\"" + from.plusMinutes(3L * i).toLocalTime() + "\",\"" + from.plusMinutes(3L * i + 2).toLocalTime() + "\"]")
            .collect(Collectors.joining(","));
        String hours = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN").stream().map(day -> "\"" + day + "\":[" + windows + "]").collect(Collectors.joining(",", "{", "}"));
        jdbi.useTransaction(h -> {
            open = location(h, "OPEN", HOME.getId(), "{}");
            windowed = location(h, "HOURS", "Etc/GMT" + (zone.getTotalSeconds() > 0 ? "-" : "+") + Math.abs(zone.getTotalSeconds() / 3600), hours);
            web = location(h, "WEB", HOME.getId(), "{}");
            customer = h.createQuery("insert into customer (location_id, ref, name, language, sms_consent, email_consent, marketing_consent, created_at) values (?, 'C', 'Anne Roy', 'fr', "
                + "true, true, true, now()) returning id").bind(0, open).mapTo(Long.class).one();
            h.execute("insert into order_status (code, name_fr, name_en, status_group, position) values ('NEW', 'Nouveau', 'New', 'OPEN', 1) on conflict do nothing");
            h.execute("insert into location_status select ?, id from order_status where code = 'NEW'", open);
            long template = h.createQuery("insert into template (name, purpose) values ('Reçu', 'TRANSACTIONAL') returning id").mapTo(Long.class).one();
            h.execute("insert into template_translation (template_id, language, sms) values (?, 'fr', 'Bon {order.reference} recu')", template);
            long automation = h.createQuery("insert into automation (ref, state, trigger_kind, event_type, channels, template_id) values ('fault', 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'SMS', ?) "
                + "returning id").bind(0, template).mapTo(Long.class).one();
            h.execute("insert into automation_location values (?, ?)", automation, open);
            h.createUpdate("insert into api_token (source, prefix, token_hash, scope, all_places, created_at, created_by) values ('fault', :prefix, :hash, 'ADMIN', true, now(), 'fault')")
                .bind("prefix", token.substring(0, 15)).bind("hash", Secret.hash(token)).execute();
        });
        return this;
    }

    /** The route of the third location. To be called when the schema has routes; nodes see it within seconds. */
    Garage openHttp() {
        Route.Sealed sealed = new SecretBox(fleet.key(), null).seal("http", Map.of("authToken", MessagesApi.TOKEN));
        String settings = "{\"url\":\"http://127.0.0.1:" + fleet.provider().port() + "\",\"accountSid\":\"" + MessagesApi.ACCOUNT + "\",\"sender\":\"CARILLON\",\"responseTimeout\":\"PT5S\"}";
        jdbi.useTransaction(h -> {
            h.createUpdate("insert into route (code, channel, protocol, name, settings, sealed, nonce, key_id, changed_by) values ('http', 'SMS', 'HTTP', 'HTTP', :settings::jsonb, "
                    + "decode(:text, 'base64'), decode(:nonce, 'base64'), :key, 'fault')")
                .bind("settings", settings).bind("text", sealed.text()).bind("nonce", sealed.nonce()).bind("key", sealed.keyId()).execute();
            h.execute("insert into route_choice (channel, location_id, rank, route) values ('SMS', ?, 1, 'http'), ('SMS', ?, 2, 'smpp')", web, web);
            h.execute("update route_revision set revision = revision + 1");
            h.execute("notify carillon_route");
        });
        http = true;
        return this;
    }

    /** Two minutes before a Tuesday's nine for the garage and its customers: until then offers wait, then they may leave for eleven hours (LAW-10). */
    private void breakDay() {
        ZonedDateTime here = clock.refresh().atZone(HOME);
        Instant morning = here.with(TemporalAdjusters.next(DayOfWeek.TUESDAY)).with(LocalTime.of(8, 58)).toInstant();
        fleet.jump(oracle, Duration.between(here.toInstant(), morning));
    }

    private static long location(Handle h, String code, String zone, String hours) {
        return h.createQuery("insert into location (code, name, zone, country, language, opening_hours) values (?, ?, ?, 'CA', 'fr', ?) returning id")
            .bind(0, code).bind(1, code).bind(2, zone).bind(3, hours).mapTo(Long.class).one();
    }

    /** So many messages of mixed kinds, in one transaction. While the database is away it waits and asks what became of its commit. */
    void write(int messages) throws InterruptedException {
        List<NewMessage> batch = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            batch.add(message(made.getAndIncrement()));
        }
        while (true) {
            try {
                clock.refresh();
                List<NewMessage> fresh = batch.stream().map(this::renewed).toList();
                jdbi.useTransaction(h -> {
                    outbox.enqueue(fresh.stream().filter(m -> m.locationId() != web).toList(), "fault");
                    fresh.stream().filter(m -> m.locationId() == web).forEach(m -> outbox.enqueue(m, "http", "fault"));
                    for (Channel channel : Channel.values()) {
                        for (long location : new long[] {open, windowed, web}) {
                            Oracle.accepted(h, fresh.stream().filter(m -> m.channel() == channel && m.locationId() == location).map(NewMessage::recipient).toList(), location, channel.name());
                        }
                    }
                });
                return;
            } catch (JdbiException e) {
                Thread.sleep(200);
                if (isStored(batch.get(0).recipient())) {
                    return;
                }
            }
        }
    }

    private boolean isStored(String recipient) throws InterruptedException {
        while (true) {
            try {
                return jdbi.withHandle(h -> h.createQuery("select exists (select from message where recipient = ?)").bind(0, recipient).mapTo(Boolean.class).one());
            } catch (JdbiException e) {
                Thread.sleep(200);
            }
        }
    }

    private NewMessage message(int n) {
        int draw = random.nextInt(100);
        Channel channel = draw % 5 == 0 ? Channel.EMAIL : Channel.SMS;
        Purpose purpose = Purpose.values()[random.nextInt(3)];
        boolean byHttp = http && draw >= 50 && draw < 70 && channel == Channel.SMS;
        boolean hours = draw < 5 && clock.now().plusSeconds(600).isBefore(windowsUntil);
        Duration life = draw >= 95 ? Duration.ofSeconds(5 + random.nextInt(40)) : Duration.ofHours(12);
        String text = (draw % 10 == 1 ? "Long " + "abcdefghi ".repeat(20) : "Bon ") + n;
        return new NewMessage(1_000_000_000_000L + n, 0, 0, null, hours ? windowed : byHttp ? web : open, customer, Subject.order(1L + n), null, channel, purpose,
            channel == Channel.SMS ? "+1514" + (2_000_000 + n) : "c" + n + "@shop.test", "", channel == Channel.SMS ? "" : "Bon " + n, text, Instant.EPOCH.plus(life), hours);
    }

    /** Its life begins when it is queued. */
    private NewMessage renewed(NewMessage m) {
        return new NewMessage(m.planId(), m.planRev(), m.calendarRev(), m.automationId(), m.locationId(), m.customerId(), m.subject(), m.eventId(), m.channel(), m.purpose(), m.recipient(),
            m.sender(), m.subjectLine(), m.text(), clock.now().plus(Duration.between(Instant.EPOCH, m.expiresAt())), m.openingHoursOnly(), m.locationId() == web ? WHOLE : m.terms());
    }

    /** A few of the last messages are cancelled, and one address opts out. */
    void changeMind() {
        try {
            List<Long> plans = random.ints(3, Math.max(0, made.get() - 200), Math.max(1, made.get())).mapToObj(n -> 1_000_000_000_000L + n).toList();
            outbox.cancelByPlans(plans, Reason.STATUS_MOVED_ON, "fault");
            String address = "+1514" + (2_000_000 + Math.max(0, made.get() - 1 - random.nextInt(100)));
            jdbi.useTransaction(h -> {
                h.createUpdate("insert into suppression (channel, address, reason, at, actor) values ('SMS', :address, 'OPTED_OUT', :now, 'fault') on conflict do nothing")
                    .bind("address", address).bind("now", clock.now()).execute();
                new Outbox(jdbi, clock).suppress(Channel.SMS, address, Reason.OPTED_OUT, "fault");
            });
        } catch (JdbiException e) {
            // the database is away: nobody changes anything
        }
    }

    /** So many orders of new customers, each of which calls for one text. Asked of one node after the other until all lines are stored. */
    void order(int orders) throws InterruptedException {
        Map<String, String> open = new TreeMap<>();
        for (int i = 0; i < orders; i++) {
            int n = made.getAndIncrement();
            open.put("R-" + n, "+1438" + (2_000_000 + n));
        }
        remember(open, false);
        for (int turn = random.nextInt(fleet.berths().size()); !open.isEmpty(); turn++) {
            List<String> stored = post(fleet.berth(turn).url(), open);
            Map<String, String> certain = stored.stream().collect(Collectors.toMap(ref -> ref, open::get));
            if (!refusals.isEmpty()) {
                throw new IllegalStateException("the garage's orders are refused: " + refusals());
            }
            if (!certain.isEmpty()) {
                remember(certain, true);
                open.keySet().removeAll(stored);
            } else {
                Thread.sleep(300);
            }
        }
    }

    private void remember(Map<String, String> orders, boolean certain) throws InterruptedException {
        while (true) {
            try {
                oracle.asked(orders.values(), open, certain);
                return;
            } catch (JdbiException e) {
                Thread.sleep(200);
            }
        }
    }

    /** The references whose order was acknowledged. */
    private List<String> post(String url, Map<String, String> orders) throws InterruptedException {
        JsonArrayBuilder lines = Json.createArrayBuilder();
        orders.forEach((ref, number) -> lines.add(Json.createObjectBuilder().add("type", "customer").add("ref", "C" + ref).add("body", Json.createObjectBuilder().add("location", "OPEN")
                .add("name", "Anne").add("language", "fr").add("phones", Json.createArrayBuilder().add(Json.createObjectBuilder().add("number", number).add("mobile", true)))
                .add("consent", Json.createObjectBuilder().add("sms", true))))
            .add(Json.createObjectBuilder().add("type", "order").add("ref", ref).add("body", Json.createObjectBuilder().add("location", "OPEN").add("customer", "C" + ref).add("status", "NEW"))));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "api/v1/batch")).timeout(Duration.ofSeconds(8)).header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(lines.build().toString())).build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                count(response.statusCode() == 503 && response.headers().firstValue("Retry-After").isEmpty() ? -503 : response.statusCode(), response.body());
                return List.of();
            }
            List<String> stored = new ArrayList<>();
            try (var reader = Json.createReader(new StringReader(response.body()))) {
                for (JsonValue line : reader.readObject().getJsonArray("results")) {
                    int status = line.asJsonObject().getInt("status");
                    count(status, line.toString());
                    if (status < 300 && "order".equals(line.asJsonObject().getString("type"))) {
                        stored.add(line.asJsonObject().getString("ref"));
                    }
                }
            }
            return stored;
        } catch (IOException | jakarta.json.JsonException e) {
            count(0, "");
            return List.of();
        }
    }

    private synchronized void count(int status, String body) {
        answers.merge(status, 1, Integer::sum);
        // a node that is starting or stopping answers 404: a proxy in front asks /health/ready first
        if (status >= 400 && status < 500 && status != 404 && refusals.size() < 5) {
            refusals.add(body);
        }
    }

    /** The first few refusals: a mistake of this class. */
    synchronized List<String> refusals() { return List.copyOf(refusals); }

    /** How often each status was answered; 0 for no answer, -503 for one without Retry-After. */
    synchronized Map<Integer, Integer> answers() { return new TreeMap<>(answers); }

    int made() { return made.get(); }
}
