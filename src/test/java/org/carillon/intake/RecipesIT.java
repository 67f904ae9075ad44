package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carillon.run.Stack;
import org.carillon.simulator.Sms;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every rule set of the library on a Tuesday, from facts to the handset, each at a location of its own: a French and an English reader get its text once,
 * a neighbour whom the rules do not mean gets nothing, nor does whoever wants no SMS. On a stack of its own, since the clock goes to that Tuesday.
 */
class RecipesIT {

    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final String COMPANY = "Garage Pontiac";
    private static final String CONTACT = "pontiac.example";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_.]+)( \\|[^}]*)?}");
    /** A French and an English reader, a neighbour, and one who wants no SMS. */
    private static final List<String> WHO = List.of("fr", "en", "no", "mute");
    private static final List<String> RULE_SETS = List.of("KI-R01", "KI-R02A", "KI-R02B", "KI-R02C", "KI-R03", "KI-R04", "KI-R05", "KI-R06", "KI-R07", "KI-R08", "KI-R09", "KI-R09C", "KI-R10",
        "KI-R11", "KI-R12", "KI-R13");
    private static final int REAL_TIME = 9;

    private Stack stack;
    private Rest rest;
    private ZonedDateTime now;

    @Test @DisplayName("KI-R01 to KI-R13, KI-48, P-07, A-16, A-28: every recipe reaches whom it means, once, in their language, and nobody else")
    void everyRecipeReachesItsHandsets() throws Exception {
        try (Stack own = Stack.own("recipes", Map.of())) {
            stack = own;
            rest = Rest.of(own, "dms", "ADMIN");
            ZonedDateTime tuesday = own.simulator().clock().now().atZone(ZONE).plusHours(12).with(TemporalAdjusters.next(DayOfWeek.TUESDAY)).truncatedTo(ChronoUnit.DAYS);
            now = tuesday.with(java.time.LocalTime.of(9, 56));
            own.simulator().clock().moveTo(now.toInstant());
            open();
            tell();
            RULE_SETS.forEach(this::switchOn);
            await(() -> own.simulator().phones().count() >= 2 * REAL_TIME);
            ZonedDateTime later = tuesday.with(java.time.LocalTime.of(11, 0, 2));
            own.simulator().clock().moveTo(later.toInstant());
            await(() -> own.simulator().phones().count() >= 2 * RULE_SETS.size());
            await(() -> number("select count(distinct automation_id) from audience_run where zone = '*' and state = 'DONE' and asked_at >= '" + later.toInstant() + "'") == REAL_TIME
                && number("select (select count(*) from audience_run where state = 'REQUESTED') + (select count(*) from planned_notification where state = 'PLANNED') + (select count(*) from message_due)") == 0);
            judge();
        }
    }

    private void open() {
        stack.owner().useTransaction(h -> {
            h.execute("insert into company (name, postal_address, default_language, offer_contact) values (?, '1, rue Pontiac, Québec', 'fr', ?) on conflict (one) do update set name = excluded.name, "
                + "postal_address = excluded.postal_address, offer_contact = excluded.offer_contact", COMPANY, CONTACT);
            h.execute("insert into order_status (code, name_fr, name_en, status_group, position) values ('NEW', 'Nouveau', 'New', 'OPEN', 1), ('CLOSED', 'Remis', 'Closed', 'CLOSED', 2)");
            h.execute("insert into staff (email, name, role, reference) values ('lea@pontiac.example', 'Léa Roy', 'ADVISOR', '7')");
        });
        RULE_SETS.forEach(code -> taken(rest.put("locations/" + place(code), "{'name':'" + COMPANY + " " + code + "','zone':'America/Toronto','country':'CA','region':'QC','language':'fr','sender':'14388674999',"
            + "'quietHours':['21:00','08:00'],'openingHours':{'MON':[['08:00','17:00']],'TUE':[['08:00','17:00']],'WED':[['08:00','17:00']],'THU':[['08:00','17:00']],'FRI':[['08:00','17:00']]}}")));
    }

    private static String place(String code) { return code.replace("KI-", ""); }

    private static String customer(String code, String who) { return place(code) + "-" + who; }

    private static String name(String code, String who) { return "Zoé " + customer(code, who); }

    private static String phone(String code, String who) { return String.format(Locale.ROOT, "+1438867%04d", 5000 + RULE_SETS.indexOf(code) * 10 + WHO.indexOf(who)); }

    /** All customers, then what is known of each. The vehicle that it is about is not the first one of its owner. */
    private void tell() {
        JsonArrayBuilder lines = Json.createArrayBuilder();
        for (String code : RULE_SETS) {
            for (String who : WHO) {
                // who buys in Canada may be told of offers without having said so (LAW-04); the French reader said so
                add(lines, "customer", customer(code, who), "{'location':'" + place(code) + "','name':'" + name(code, who) + "','language':'" + (who.equals("en") ? "en" : "fr") + "','phones':[{'number':'"
                    + phone(code, who) + "','mobile':true}],'consent':{'sms':" + !who.equals("mute") + (who.equals("fr") ? ",'marketing':true" : "") + "},'vehicles':[{'ref':'" + customer(code, who)
                    + "-1','make':'Kia','model':'Rio'},{'ref':'" + customer(code, who) + "-2','make':'Toyota','model':'Yaris'}]}");
            }
        }
        for (String code : RULE_SETS) {
            for (String who : WHO) {
                int n = 0;
                for (String fact : who.equals("no") ? neighbour(code) : meant(code)) {
                    String type = fact.substring(0, fact.indexOf(' '));
                    String vehicle = type.equals("sale") ? "" : ",'vehicle':'" + customer(code, who) + "-2'";
                    add(lines, type, customer(code, who) + "-" + n++, "{'location':'" + place(code) + "','customer':'" + customer(code, who) + "','userReference':'007'" + vehicle + "," + fact.substring(type.length() + 1) + "}");
                }
            }
        }
        Rest.Answer answer = rest.call("POST", "batch", lines.build().toString(), "application/json");
        taken(answer);
        assertTrue(answer.json().getJsonArray("results").getValuesAs(JsonObject.class).stream().allMatch(r -> r.getInt("status") < 300), answer::toString);
    }

    private static void add(JsonArrayBuilder lines, String type, String ref, String body) {
        lines.add(Json.createObjectBuilder().add("type", type).add("ref", ref).add("body", read(body.replace('\'', '"'))));
    }

    private List<String> meant(String code) {
        return switch (code) {
            case "KI-R01" -> List.of(opened(now.minusMinutes(20)));
            case "KI-R02A" -> List.of(opened(now.minusMinutes(100)) + ",'statusCode':'N','customerSale':0");
            case "KI-R02B" -> List.of(opened(now.minusMinutes(60)) + ",'statusCode':'xi98','reference':'B12'");
            case "KI-R02C" -> List.of(opened(now.minusMinutes(100)));
            case "KI-R03" -> List.of(opened(now.minusDays(3)) + ",'statusCode':'c97','statusChangedAt':'" + now.minusMinutes(3).toOffsetDateTime() + "'");
            case "KI-R04", "KI-R05" -> List.of(closed(1));
            case "KI-R06" -> List.of(closed(177));
            case "KI-R07" -> List.of(appointment(date(9) + "T14:30", now.minusMinutes(10), "BOOKED"));
            case "KI-R08" -> List.of(appointment(date(1) + "T14:30", now.minusDays(20), "BOOKED"));
            case "KI-R09" -> List.of(appointment(date(0) + "T07:51", now.minusDays(20), "BOOKED"));
            case "KI-R09C" -> List.of(appointment(date(0) + "T07:51", now.minusDays(20), "RESCHEDULED"));
            case "KI-R10", "KI-R11" -> List.of(sale(14, "Toyota", "NEW"));
            case "KI-R12" -> List.of(sale(700, "Toyota", "NEW"));
            case "KI-R13" -> List.of(sale(2, "Toyota", "USED"));
            default -> throw new IllegalArgumentException(code);
        };
    }

    /** Nearly the same, but for one thing. */
    private List<String> neighbour(String code) {
        return switch (code) {
            case "KI-R01" -> List.of(opened(now.minusDays(1)));
            case "KI-R02A" -> List.of(opened(now.minusMinutes(100)) + ",'statusCode':'N'");
            case "KI-R02B" -> List.of(opened(now.minusMinutes(60)) + ",'statusCode':'xi98','reference':'c12'");
            case "KI-R02C" -> List.of(opened(now.minusMinutes(100)).replace("NEW", "CLOSED") + ",'closedAt':'" + now.minusMinutes(5).toOffsetDateTime() + "'");
            case "KI-R03" -> List.of(opened(now.minusDays(3)) + ",'statusCode':'c97','statusChangedAt':'" + now.minusDays(1).toOffsetDateTime() + "'");
            case "KI-R04" -> List.of(closed(4));
            case "KI-R05" -> List.of(closed(1), closed(0));
            case "KI-R06" -> List.of(closed(177), appointment(date(5) + "T14:30", now.minusDays(20), "BOOKED"));
            case "KI-R07" -> List.of(appointment(date(1) + "T14:30", now.minusMinutes(10), "BOOKED"));
            case "KI-R08" -> List.of(appointment(date(1) + "T14:30", now.minusDays(20), "CANCELLED"));
            case "KI-R09" -> List.of(appointment(date(0) + "T07:51", now.minusDays(20), "BOOKED"), opened(now.minusMinutes(90)));
            case "KI-R09C" -> List.of(appointment(date(0) + "T07:51", now.minusDays(20), "DONE"));
            case "KI-R10" -> List.of(sale(14, "Honda", "NEW"), sale(90, "Toyota", "NEW"));
            case "KI-R11" -> List.of(sale(14, "Toyota", "USED"));
            case "KI-R12" -> List.of(sale(699, "Toyota", "NEW"));
            case "KI-R13" -> List.of(sale(5, "Toyota", "USED"));
            default -> throw new IllegalArgumentException(code);
        };
    }

    private String date(int ahead) { return now.toLocalDate().plusDays(ahead).toString(); }

    private static String opened(ZonedDateTime at) { return "order 'status':'NEW','openedAt':'" + at.toOffsetDateTime() + "'"; }

    private String closed(int daysAgo) {
        ZonedDateTime at = now.minusDays(daysAgo).withHour(9).withMinute(30);
        return "order 'status':'CLOSED','openedAt':'" + at.minusHours(1).toOffsetDateTime() + "','closedAt':'" + at.toOffsetDateTime() + "','statusChangedAt':'" + at.toOffsetDateTime() + "'";
    }

    private static String appointment(String start, ZonedDateTime booked, String status) {
        return "appointment 'status':'" + status + "','startAt':'" + start + "','createdAt':'" + booked.toOffsetDateTime() + "'";
    }

    private String sale(int daysAgo, String make, String condition) {
        return "sale 'deliveredOn':'" + date(-daysAgo) + "','condition':'" + condition + "','vehicle':{'make':'" + make + "','model':'Yaris','year':2026}";
    }

    private static JsonObject recipe(String code) {
        try (InputStream file = RecipesIT.class.getResourceAsStream("/library/r" + code.substring(4, 6) + ".json"); JsonReader reader = Json.createReader(file)) {
            return reader.readObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    /** Another text for each rule set; what its author must fill is filled. */
    private static String text(String code, String language) {
        JsonObject recipe = recipe(code);
        int size = recipe.getJsonArray("messages").size();
        return recipe.getJsonArray("messages").getJsonObject(RULE_SETS.indexOf(code) % size).getString(language).replace("[...]", "Atlas");
    }

    /** As a person does with the page of the recipe: its rules, its schedule, a text of it in both languages, at a place of theirs. */
    private void switchOn(String code) {
        JsonObject recipe = recipe(code);
        JsonObject rules = recipe.getJsonArray("audiences").getValuesAs(JsonObject.class).stream().filter(a -> a.getString("code").equals(code)).findFirst().orElseThrow();
        JsonObjectBuilder texts = Json.createObjectBuilder();
        Stream.of("fr", "en").forEach(language -> texts.add(language, Json.createObjectBuilder().add("sms", text(code, language))));
        JsonObjectBuilder whole = Json.createObjectBuilder(read(rules.toString().replace("\"value\":\"\"", "\"value\":\"Toyota\"")));
        JsonObject body = whole.remove("code").remove("systems").add("name", recipe.getJsonObject("names").getString("fr")).add("state", "ACTIVE").add("kind", recipe.getString("kind"))
            .add("schedule", schedule(recipe.getJsonObject("schedule"))).add("locations", Json.createArrayBuilder().add(place(code))).add("channels", Json.createArrayBuilder().add("SMS"))
            .add("marketing", recipe.getBoolean("marketing")).add("dropPastMidnight", recipe.getBoolean("dropPastMidnight")).add("texts", texts).build();
        taken(rest.call("PUT", "automations/" + code, body.toString(), "application/json"));
    }

    private static JsonObjectBuilder schedule(JsonObject recipe) {
        JsonObjectBuilder schedule = Json.createObjectBuilder(recipe).remove("kind").remove("day");
        return switch (recipe.getString("kind")) {
            case "DAILY" -> schedule.add("every", "DAY");
            case "WEEKLY" -> schedule.add("every", "WEEK").add("days", Json.createArrayBuilder().add(recipe.getString("day").substring(0, 3)));
            default -> schedule.add("every", "MINUTES");
        };
    }

    private static void taken(Rest.Answer answer) { assertTrue(answer.status() < 300, answer::toString); }

    private String expected(String code, String who) {
        boolean french = who.equals("fr");
        boolean missed = code.startsWith("KI-R09");
        ZonedDateTime day = now.plusDays(code.equals("KI-R07") ? 9 : 1);
        Map<String, String> values = Map.of("customer.name", name(code, who), "company.name", COMPANY, "referenced_user.name", "Léa Roy", "customer.vehicle", "Toyota Yaris",
            "customer.meta_vehicle_make", "Toyota", "customer.meta_vehicle_model", "Yaris",
            "appointment.start_at_time", french ? missed ? "7 h 51" : "14 h 30" : missed ? "7:51 AM" : "2:30 PM", "appointment.start_at_date", day(day, french));
        String said = PLACEHOLDER.matcher(text(code, who)).replaceAll(m -> java.util.regex.Matcher.quoteReplacement(values.get(m.group(1))));
        return !recipe(code).getBoolean("marketing") ? said : (said.contains(COMPANY) ? "" : COMPANY + ": ") + said + "\n" + CONTACT
            + (french ? "\nSTOP pour ne plus en recevoir." : "\nReply STOP to opt out.");
    }

    private static String day(ZonedDateTime day, boolean french) {
        String written = java.time.format.DateTimeFormatter.ofPattern(french ? "d MMMM uuuu" : "MMMM d, uuuu", french ? Locale.FRENCH : Locale.ENGLISH).format(day);
        return french ? written.replaceAll("^1 ", "1er ").replace("août", "aout") : written;
    }

    private void judge() {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> seen = new TreeMap<>();
        for (String code : RULE_SETS) {
            for (String who : WHO) {
                expected.put(customer(code, who), who.length() > 2 || who.equals("no") ? "" : expected(code, who));
                seen.put(customer(code, who), String.join(" AND ", stack.simulator().phones().receivedBy(phone(code, who)).stream().map(Sms::text).toList()));
            }
        }
        expected.forEach((who, text) -> assertEquals(text, seen.get(who), () -> who + " of " + runs()));
        assertEquals(2 * RULE_SETS.size(), stack.simulator().phones().count());
        RULE_SETS.forEach(code -> assertEquals("2 1", stack.owner().withHandle(h -> h.createQuery("select concat_ws(' ', sum(planned), sum(without_consent)) from audience_run r join automation a "
            + "on a.id = r.automation_id where a.ref = :ref").bind("ref", code).mapTo(String.class).one()), () -> code + ": planned and without consent, " + runs()));
        assertEquals(List.of("KI-R08 ACCEPTED", "KI-R08 SKIPPED"), Stream.of("messages?appointment=R08-fr-0", "planned?appointment=R08-mute-0", "planned?appointment=R08-no-0", "messages?appointment=R08-mute-0")
            .flatMap(question -> rest.get(question).json().getJsonArray("items").getValuesAs(JsonObject.class).stream())
            .map(item -> item.getString("automation") + " " + item.getString("state").replace("DELIVERED", "ACCEPTED")).toList());
        assertEquals(0, number("select count(*) from planned_notification p join customer c on c.id = p.customer_id where c.ref like '%-no'"));
    }

    private long number(String sql) { return stack.owner().withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private String runs() {
        List<String> lines = new ArrayList<>();
        stack.owner().useHandle(h -> {
            lines.addAll(h.createQuery("select concat_ws(' ', a.ref, r.state, r.slot, r.asked_at, r.matched, r.planned, r.already, r.without_consent, r.too_late, r.error) from audience_run r "
                + "join automation a on a.id = r.automation_id order by a.ref, r.id").mapTo(String.class).list());
            lines.addAll(h.createQuery("select concat_ws(' ', c.ref, p.state, p.reason, p.detail, p.due_at) from planned_notification p join customer c on c.id = p.customer_id order by 1").mapTo(String.class).list());
        });
        return String.join("\n", lines);
    }

    private void await(Supplier<Boolean> done) {
        long until = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!done.get()) {
            assertTrue(System.nanoTime() < until, () -> "not in time:\n" + runs());
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
    }
}
