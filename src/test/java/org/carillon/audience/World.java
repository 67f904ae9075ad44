package org.carillon.audience;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.carillon.Seeded;
import org.carillon.booking.AppointmentAttributes;
import org.carillon.customer.AttributeFields;
import org.carillon.fact.Attributes;
import org.carillon.fact.FieldCatalogue;
import org.carillon.shop.BusinessCalendar;
import org.carillon.shop.Holidays;
import org.carillon.shop.OpeningHours;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Invented facts, in memory and in the database alike. */
final class World {

    static final FieldCatalogue CATALOGUE = new FieldCatalogue(java.util.stream.Stream.of(new org.carillon.customer.CustomerFields(), new org.carillon.repair.OrderFields(),
        new org.carillon.booking.AppointmentFields(), new org.carillon.billing.SaleFields(), new org.carillon.conversation.ReceivedFields(), new org.carillon.delivery.SentFields())
        .flatMap(s -> s.fields().stream()).toList());

    /** One thing of a customer; values by attribute, instants and days as Java has them. */
    record Thing(String table, long id, long customer, Long location, Map<String, Object> values) {
        Object value(String name) { return values.get(name); }
    }

    record Person(long id, long location, String name, String phone, boolean erased, Map<String, Object> own) { }

    private static final List<String> AUTOMATIONS = List.of("thanks", "gold-club");
    /** Groups by their rules, empty where there are none. */
    static final Map<String, String> GROUPS = new TreeMap<>(Map.of("by-hand", "", "lately", "[[{\"field\": \"repair_order_closed.last_time\", \"operator\": \"less_or_equal\", \"value\": {\"daysAgo\": 3}}, "
        + "{\"field\": \"customer.meta_club\", \"operator\": \"is\", \"value\": \"gold\"}]]"));

    final List<LocalDays> places = new ArrayList<>();
    final List<Person> people = new ArrayList<>();
    final List<Thing> things = new ArrayList<>();
    final Instant now;
    /** Those put into groups and kept out by hand, as "ref side customer". */
    final Set<String> members = new HashSet<>();
    /** With this world's own attributes and groups. */
    final FieldCatalogue catalogue;

    World(Jdbi jdbi, Random random, Instant now) {
        this.now = now;
        jdbi.useTransaction(h -> {
            location(h, "MTL", "America/Toronto", "[[\"08:00\",\"17:00\"]]", false, "[]");
            location(h, "PAR", "Europe/Paris", "[[\"09:00\",\"18:00\"]]", true, "[\"" + now.atZone(ZoneId.of("Europe/Paris")).toLocalDate().minusDays(2) + "\"]");
            location(h, "LHI", "Australia/Lord_Howe", "[[\"08:00\",\"17:00\"]]", false, "[]");
            for (String status : List.of("NEW:OPEN", "READY:READY", "C97:READY", "CLOSED:CLOSED", "CANCELLED:CANCELLED")) {
                String[] s = status.split(":");
                h.execute("insert into order_status (code, name_fr, name_en, status_group, position) values (?, ?, ?, ?, 1) on conflict do nothing", s[0], s[0], s[0], s[1]);
            }
            h.execute("insert into attribute (owner, code, name_fr, name_en, type, position, choices) select o, c, c, c, t, 1, case t when 'CHOICE' then '[{\"code\": \"gold\", \"fr\": \"or\", \"en\": \"gold\"}]'::jsonb else '[]' end "
                + "from unnest(array['CUSTOMER', 'APPOINTMENT']) o, (values ('club', 'CHOICE'), ('note', 'TEXT'), ('points', 'NUMBER'), ('contract', 'DATE')) a (c, t)");
            h.execute("insert into template (name) values ('x')");
            AUTOMATIONS.forEach(ref -> h.execute("insert into automation (ref, state, trigger_kind, event_type, channels, template_id) select ?, 'ACTIVE', 'ON_EVENT', 'ORDER_CREATED', 'SMS', max(id) from template", ref));
            GROUPS.forEach((ref, rules) -> h.execute("insert into customer_group (ref, name, audience) values (?, ?, ?::jsonb)", ref, ref, rules.isEmpty() ? null : rules));
            for (int i = 0; i < 30; i++) {
                person(h, random, i);
            }
        });
        Attributes attributes = new Attributes(jdbi);
        catalogue = new FieldCatalogue(CATALOGUE.asked(), List.of(new AttributeFields(attributes), new AppointmentAttributes(attributes), new CustomerGroups(jdbi))).now();
    }

    private void location(Handle h, String code, String zone, String windows, boolean saturday, String holidays) {
        StringBuilder hours = new StringBuilder("{");
        for (String day : saturday ? List.of("TUE", "WED", "THU", "FRI", "SAT") : List.of("MON", "TUE", "WED", "THU", "FRI")) {
            hours.append(hours.length() == 1 ? "" : ",").append('"').append(day).append("\":").append(windows);
        }
        long id = h.createQuery("insert into location (code, name, zone, country, language, opening_hours, holidays) values (:code, :code, :zone, 'CA', 'fr', :hours, :holidays) returning id")
            .bind("code", code).bind("zone", zone).bind("hours", hours + "}").bind("holidays", holidays).mapTo(Long.class).one();
        places.add(new LocalDays(id, new BusinessCalendar(OpeningHours.parse(hours + "}"), Holidays.parse(holidays), ZoneId.of(zone))));
    }

    LocalDays place(long id) { return places.stream().filter(p -> p.location() == id).findFirst().orElseThrow(); }

    private void person(Handle h, Random random, int n) {
        String name = Seeded.oneOf(random, List.of("Zoé Tremblay", "ZOE TREMBLAY", "Éric Côté", "Ann Lee", "O'Neil 100%", "l_a"));
        String phone = random.nextInt(4) == 0 ? null : "+1514555" + (1000 + random.nextInt(20));
        boolean erased = random.nextInt(12) == 0;
        long location = Seeded.oneOf(random, places).location();
        long id = h.createQuery("insert into customer (location_id, ref, name, language, created_at, erased_at) values (:l, :ref, :name, 'fr', now(), case when :erased then now() end) returning id")
            .bind("l", location).bind("ref", "C" + n).bind("name", name).bind("erased", erased).mapTo(Long.class).one();
        if (phone != null) {
            h.execute("insert into customer_phone (customer_id, position, raw, e164, sms_able) values (?, 0, ?, ?, true)", id, phone, phone);
        }
        people.add(new Person(id, location, name, phone, erased, own(h, random, "customer", id)));
        for (String ref : GROUPS.keySet()) {
            String side = Seeded.oneOf(random, List.of("IN", "OUT", ""));
            if (!side.isEmpty()) {
                members.add(ref + " " + side + " " + id);
                h.execute("insert into customer_group_member (group_id, customer_id, side) select id, ?, ? from customer_group where ref = ?", id, side, ref);
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            order(h, random, id);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            appointment(h, random, id);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            sale(h, random, id);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            messages(h, random, id);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            sent(h, random, id);
        }
    }

    /** The shop's own attributes (KI-36). */
    private Map<String, Object> own(Handle h, Random random, String table, long id) {
        Map<String, Object> v = new HashMap<>();
        JsonObjectBuilder json = Json.createObjectBuilder();
        if (random.nextBoolean()) {
            v.put("club", "gold");
            json.add("club", "gold");
        }
        if (random.nextBoolean()) {
            v.put("note", Seeded.oneOf(random, List.of("Déjà fait", "100 %", "")));
            json.add("note", (String) v.get("note"));
        }
        if (random.nextBoolean()) {
            v.put("points", Seeded.oneOf(random, List.of(BigDecimal.ONE, new BigDecimal("2.5"))));
            json.add("points", (BigDecimal) v.get("points"));
        }
        if (random.nextBoolean()) {
            v.put("contract", now.atZone(ZoneId.of("Europe/Paris")).toLocalDate().plusDays(random.nextInt(9) - 4L));
            json.add("contract", v.get("contract").toString());
        }
        h.execute("update " + table + " set attributes = ?::jsonb where id = ?", json.build().toString(), id);
        return v;
    }

    /** Often on the very edge of a day of some location, or of a minute rule. */
    Instant moment(Random random, boolean future) {
        int days = random.nextInt(future ? 9 : 6) - (future ? 4 : 5);
        return switch (random.nextInt(4)) {
            case 0 -> {
                LocalDays place = Seeded.oneOf(random, places);
                yield place.start(place.today(now).plusDays(days)).plus(random.nextInt(3) - 1L, ChronoUnit.MICROS);
            }
            case 1 -> now.minus(Duration.ofMinutes(random.nextInt(200) - (future ? 20 : 0))).plus(random.nextInt(3) - 1L, ChronoUnit.MICROS);
            case 2 -> now.minus(Duration.ofMinutes(Seeded.oneOf(random, List.of(90, 120, 130))));
            default -> now.plus(Duration.ofHours(24L * days)).plusSeconds(random.nextInt(86_400) - 86_400L);
        };
    }

    private void order(Handle h, Random random, long customer) {
        Map<String, Object> v = new HashMap<>();
        String status = Seeded.oneOf(random, List.of("NEW", "READY", "C97", "CLOSED", "CANCELLED"));
        Instant opened = moment(random, false);
        v.put("kind", random.nextInt(6) == 0 ? "ESTIMATE" : "WORK_ORDER");
        v.put("opened", opened);
        v.put("closed", status.equals("CLOSED") ? moment(random, false) : null);
        v.put("last", moment(random, false));
        v.put("status", status);
        v.put("code", Seeded.oneOf(random, List.of("", "c97", "N", "i98x", "Ré")));
        v.put("group", Map.of("NEW", "OPEN", "READY", "READY", "C97", "READY", "CLOSED", "CLOSED", "CANCELLED", "CANCELLED").get(status));
        v.put("reference", Seeded.oneOf(random, List.of("C12", "b7", "É-1")));
        v.put("customerSale", random.nextInt(3) == 0 ? null : BigDecimal.valueOf(random.nextInt(3)));
        v.put("warrantySale", random.nextInt(3) == 0 ? null : BigDecimal.valueOf(random.nextInt(3)));
        long location = Seeded.oneOf(random, places).location();
        long id = h.createQuery("insert into work_order (location_id, customer_id, ref, kind, status, status_group, status_code, reference, customer_sale, warranty_sale, opened_at, closed_at, "
                + "status_changed_at, last_time, created_at) values (:l, :c, gen_random_uuid()::text, :kind, :status, :group, :code, :reference, :cs, :ws, :opened, :closed, now(), :last, now()) returning id")
            .bind("l", location).bind("c", customer).bind("kind", v.get("kind")).bind("status", status).bind("group", v.get("group")).bind("code", v.get("code")).bind("reference", v.get("reference"))
            .bind("cs", (BigDecimal) v.get("customerSale")).bind("ws", (BigDecimal) v.get("warrantySale")).bind("opened", opened).bind("closed", time(v.get("closed"))).bind("last", time(v.get("last")))
            .mapTo(Long.class).one();
        things.add(new Thing("work_order", id, customer, location, v));
    }

    private void appointment(Handle h, Random random, long customer) {
        Map<String, Object> v = new HashMap<>();
        v.put("booked", moment(random, false));
        v.put("start", moment(random, true));
        v.put("status", Seeded.oneOf(random, List.of("BOOKED", "CONFIRMED", "RESCHEDULED", "CANCELLED", "MISSED", "DONE")));
        long location = Seeded.oneOf(random, places).location();
        long id = h.createQuery("insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, status_changed_at, created_at) "
                + "values (:l, :c, gen_random_uuid()::text, :status, :local, :start, :booked, now(), now()) returning id")
            .bind("l", location).bind("c", customer).bind("status", v.get("status")).bind("local", LocalDateTime.ofInstant((Instant) v.get("start"), place(location).calendar().zone()).toString())
            .bind("start", time(v.get("start"))).bind("booked", time(v.get("booked"))).mapTo(Long.class).one();
        own(h, random, "appointment", id).forEach((code, value) -> v.put("meta_" + code, value));
        things.add(new Thing("appointment", id, customer, location, v));
    }

    private void sale(Handle h, Random random, long customer) {
        Map<String, Object> v = new HashMap<>();
        v.put("delivered", random.nextInt(5) == 0 ? null : now.atZone(ZoneId.of("Europe/Paris")).toLocalDate().minusDays(random.nextInt(8) - 1L));
        v.put("make", Seeded.oneOf(random, List.of("", "Toyota", "TOYÖTA", "Citroën", "citroen")));
        v.put("model", Seeded.oneOf(random, List.of("", "C97", "Re 2")));
        v.put("userReference", Seeded.oneOf(random, List.of("", "514", "n")));
        v.put("condition", Seeded.oneOf(random, java.util.Arrays.asList("NEW", "USED", null)));
        long location = Seeded.oneOf(random, places).location();
        long id = h.createQuery("insert into sale (location_id, customer_id, ref, vehicle_make, vehicle_model, user_reference, vehicle_condition, delivered_on, created_at) "
                + "values (:l, :c, gen_random_uuid()::text, :make, :model, :reference, :condition, :delivered, now()) returning id")
            .bind("l", location).bind("c", customer).bind("make", v.get("make")).bind("model", v.get("model")).bind("reference", v.get("userReference")).bind("condition", v.get("condition")).bind("delivered", (LocalDate) v.get("delivered")).mapTo(Long.class).one();
        things.add(new Thing("sale", id, customer, location, v));
    }

    private void messages(Handle h, Random random, long customer) {
        Map<String, Object> v = new HashMap<>();
        v.put("at", moment(random, false));
        v.put("text", Seeded.oneOf(random, List.of("Oui", "non merci", "Déjà  fait")));
        Long location = random.nextInt(3) == 0 ? null : Seeded.oneOf(random, places).location();
        long id = h.createQuery("insert into inbound_message (route, sender, recipient, text, received_at, location_id, customer_id, reading) values ('x', 's', 'r', :text, :at, :l, :c, 'TEXT') returning id")
            .bind("text", v.get("text")).bind("at", time(v.get("at"))).bind("l", location).bind("c", customer).mapTo(Long.class).one();
        things.add(new Thing("inbound_message", id, customer, location, v));
    }

    /** One of four was never taken by a provider. */
    private void sent(Handle h, Random random, long customer) {
        Map<String, Object> v = new HashMap<>();
        v.put("at", random.nextInt(4) == 0 ? null : moment(random, false));
        v.put("text", Seeded.oneOf(random, List.of("Oui", "C97 est prêt", "100 %")));
        v.put("automation", Seeded.oneOf(random, java.util.Arrays.asList(null, "thanks", "gold-club")));
        long location = Seeded.oneOf(random, places).location();
        long id = h.createQuery("insert into message (location_id, customer_id, subject_type, subject_id, channel, purpose, recipient, text, unknown_policy, created_at, expires_at, route, state, accepted_at, "
                + "settled_at, automation_id) select :l, :c, 'CUSTOMER', :c, 'SMS', 'TRANSACTIONAL', '+15145550100', :text, 'RESEND_ONCE', now(), now(), 'x', case when :at::timestamptz is null then 'FAILED' else 'DELIVERED' end, "
                + ":at, now(), (select id from automation where ref = :automation) returning id")
            .bind("l", location).bind("c", customer).bind("text", v.get("text")).bind("at", time(v.get("at"))).bind("automation", v.get("automation")).mapTo(Long.class).one();
        things.add(new Thing("message", id, customer, location, v));
    }

    private static Timestamp time(Object at) { return at == null ? null : Timestamp.from((Instant) at); }

    Set<Long> all() { return places.stream().map(LocalDays::location).collect(java.util.stream.Collectors.toSet()); }
}
