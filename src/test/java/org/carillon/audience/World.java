package org.carillon.audience;

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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.carillon.Seeded;
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

    record Person(long id, long location, String name, String phone, boolean erased) { }

    final List<LocalDays> places = new ArrayList<>();
    final List<Person> people = new ArrayList<>();
    final List<Thing> things = new ArrayList<>();
    final Instant now;

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
            for (int i = 0; i < 30; i++) {
                person(h, random, i);
            }
        });
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
        people.add(new Person(id, location, name, phone, erased));
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
        things.add(new Thing("appointment", id, customer, location, v));
    }

    private void sale(Handle h, Random random, long customer) {
        Map<String, Object> v = new HashMap<>();
        v.put("delivered", random.nextInt(5) == 0 ? null : now.atZone(ZoneId.of("Europe/Paris")).toLocalDate().minusDays(random.nextInt(8) - 1L));
        v.put("make", Seeded.oneOf(random, List.of("", "Toyota", "TOYÖTA", "Citroën", "citroen")));
        v.put("condition", Seeded.oneOf(random, java.util.Arrays.asList("NEW", "USED", null)));
        long location = Seeded.oneOf(random, places).location();
        long id = h.createQuery("insert into sale (location_id, customer_id, ref, vehicle_make, vehicle_condition, delivered_on, created_at) "
                + "values (:l, :c, gen_random_uuid()::text, :make, :condition, :delivered, now()) returning id")
            .bind("l", location).bind("c", customer).bind("make", v.get("make")).bind("condition", v.get("condition")).bind("delivered", (LocalDate) v.get("delivered")).mapTo(Long.class).one();
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

    private static Timestamp time(Object at) { return at == null ? null : Timestamp.from((Instant) at); }

    Set<Long> all() { return places.stream().map(LocalDays::location).collect(java.util.stream.Collectors.toSet()); }
}
