package org.carillon.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.carillon.TestDatabase;
import org.carillon.audience.Value.Text;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each rule set of the library in a small world of its own: those whose reference starts with "yes" are meant, their neighbours with "no" are not. */
class RecipesTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    /** A Monday; the shop opens on weekdays. */
    private static final LocalDateTime MONDAY = LocalDateTime.of(2026, 11, 23, 10, 0);
    private final Jdbi jdbi = DATABASE.emptied().jdbi();
    private long location;
    private LocalDateTime now;

    @BeforeEach
    void oneShop() {
        location = jdbi.withHandle(h -> h.createQuery("insert into location (code, name, zone, country, language) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr') returning id").mapTo(Long.class).one());
        for (String status : List.of("NEW OPEN", "N OPEN", "C97 READY", "CLOSED CLOSED")) {
            String[] s = status.split(" ");
            run("insert into order_status (code, name_fr, name_en, status_group, position) values (?, ?, ?, ?, 1)", s[0], s[0], s[0], s[1]);
        }
        opens("MON", "TUE", "WED", "THU", "FRI");
        itIs(MONDAY);
    }

    private void run(String sql, Object... values) { jdbi.useHandle(h -> h.execute(sql, values)); }

    private void opens(String... days) {
        run("update location set opening_hours = ?", "{" + String.join(",", List.of(days).stream().map(d -> "\"" + d + "\":[[\"08:00\",\"17:00\"]]").toList()) + "}");
    }

    private void itIs(LocalDateTime local) {
        now = local;
        DATABASE.owner().useHandle(h -> h.execute("update application_clock set offset_ms = extract(epoch from (?::timestamptz - clock_timestamp())) * 1000", at(local).toOffsetDateTime()));
    }

    private static ZonedDateTime at(LocalDateTime local) { return local.atZone(ZONE); }

    private long customer(String ref) {
        return jdbi.withHandle(h -> h.createQuery("select id from customer where ref = ?").bind(0, ref).mapTo(Long.class).findOne()
            .orElseGet(() -> h.createQuery("insert into customer (location_id, ref, source, name, language, created_at) values (?, ?, 'dms', ?, 'fr', now()) returning id")
                .bind(0, location).bind(1, ref).bind(2, ref).mapTo(Long.class).one()));
    }

    /** An order as it stands; what is not said is usual. */
    private static final class Order {
        private LocalDateTime opened;
        private LocalDateTime closed;
        private LocalDateTime last;
        private String kind = "WORK_ORDER";
        private String status = "NEW";
        private String group = "OPEN";
        private String code = "";
        private String reference = "b12";
        private BigDecimal customerSale;
        private BigDecimal warrantySale;

        private Order(LocalDateTime opened) {
            this.opened = opened;
            last = opened;
        }

        Order closed(LocalDateTime at) { closed = at; last = at; status = "CLOSED"; group = "CLOSED"; return this; }
        Order status(String is) { status = is; return this; }
        Order code(String raw) { code = raw; return this; }
        Order reference(String is) { reference = is; return this; }
        Order paidByCustomer(int amount) { customerSale = BigDecimal.valueOf(amount); return this; }
        Order paidByWarranty(int amount) { warrantySale = BigDecimal.valueOf(amount); return this; }
        Order last(LocalDateTime at) { last = at; return this; }
        Order estimate() { kind = "ESTIMATE"; return this; }
    }

    private Order opened(LocalDateTime at) { return new Order(at); }

    private Order closed(long days) { return opened(now.minusDays(days).minusHours(1)).closed(now.minusDays(days)); }

    private void order(String ref, Order o) {
        long id = customer(ref);
        run("insert into work_order (location_id, customer_id, ref, kind, status, status_group, status_code, reference, customer_sale, warranty_sale, opened_at, closed_at, status_changed_at, last_time, created_at) "
            + "values (?, ?, gen_random_uuid()::text, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now())", location, id, o.kind, o.status, o.group, o.code, o.reference, o.customerSale, o.warrantySale,
            at(o.opened).toOffsetDateTime(), o.closed == null ? null : at(o.closed).toOffsetDateTime(), at(o.last).toOffsetDateTime(), at(o.last).toOffsetDateTime());
    }

    private void appointment(String ref, LocalDateTime start, LocalDateTime booked, String status) {
        run("insert into appointment (location_id, customer_id, ref, status, start_local, start_at, booked_at, status_changed_at, created_at) values (?, ?, gen_random_uuid()::text, ?, ?, ?, ?, now(), now())",
            location, customer(ref), status, start.toString(), at(start).toOffsetDateTime(), at(booked).toOffsetDateTime());
    }

    private void appointment(String ref, LocalDateTime start, String status) { appointment(ref, start, start.minusDays(30), status); }

    private void sale(String ref, LocalDate delivered, String make, String condition) {
        run("insert into sale (location_id, customer_id, ref, vehicle_make, vehicle_condition, delivered_on, created_at) values (?, ?, gen_random_uuid()::text, ?, ?, ?, now())",
            location, customer(ref), make, condition, delivered);
    }

    private void sale(String ref, int daysAgo, String make, String condition) { sale(ref, now.toLocalDate().minusDays(daysAgo), make, condition); }

    private static Audience audience(String recipe, String variant) {
        Audience audience = LibraryTest.LIBRARY.recipe(recipe).orElseThrow().variant(variant).audience();
        return Audience.of(audience.groups().stream().map(g -> g.stream().map(c -> c.value().equals(new Text("")) ? new Comparison(c.field(), c.operator(), new Text("Toyota")) : c).toList()).toList());
    }

    private List<String> found(String recipe, String variant) {
        return new AudienceDesk(jdbi, LibraryTest.CATALOGUE, new ApplicationClock(jdbi)).members(Scope.everything(), audience(recipe, variant), "dms", null, 200).stream()
            .map(AudienceDesk.Member::ref).sorted().toList();
    }

    private void meansExactly(String recipe, String variant) {
        List<String> meant = jdbi.withHandle(h -> h.createQuery("select ref from customer where ref like 'yes%'").mapTo(String.class).list()).stream().sorted().toList();
        assertTrue(!meant.isEmpty());
        assertEquals(meant, found(recipe, variant));
    }

    private void meansExactly(String recipe) { meansExactly(recipe, recipe); }

    @Test @DisplayName("KI-R01: whose order was opened today, by the shop's calendar")
    void introducesTheAdviser() {
        order("yes first minute", opened(now.toLocalDate().atStartOfDay()));
        order("yes now", opened(now));
        order("yes two cars", opened(now.minusHours(1)));
        order("yes two cars", opened(now.minusHours(2)));
        order("no, last night", opened(now.toLocalDate().atStartOfDay().minusMinutes(1)));
        order("no, an estimate", opened(now).estimate());
        customer("no order");
        meansExactly("KI-R01");
    }

    @Test @DisplayName("KI-R02a: one and the same order, opened 90 to 120 minutes ago, with a part that somebody pays")
    void tellsOfWorkAtReynolds() {
        LocalDateTime before = now.minusMinutes(105);
        order("yes nothing to pay yet", opened(before).status("N").paidByCustomer(0));
        order("yes warranty", opened(now.minusMinutes(91)).status("N").paidByWarranty(80));
        order("yes raw code", opened(now.minusMinutes(118)).code("n").paidByCustomer(80));
        order("no, internal", opened(before).status("N"));
        order("no, too early", opened(now.minusMinutes(88)).status("N").paidByCustomer(80));
        order("no, too late", opened(now.minusMinutes(122)).status("N").paidByCustomer(80));
        order("no, another status", opened(before).paidByCustomer(80));
        order("no, two orders (A-02)", opened(before).paidByCustomer(80));
        order("no, two orders (A-02)", opened(now.minusMinutes(5)).status("N").paidByCustomer(80));
        meansExactly("KI-R02", "KI-R02A");
    }

    @Test @DisplayName("KI-R02b: opened today, raw code with i98, reference without C in any case (A-09)")
    void tellsOfWorkAtCdk() {
        order("yes", opened(now.minusHours(2)).code("i98"));
        order("yes within", opened(now.minusHours(2)).code("xI98/2"));
        order("no, yesterday", opened(now.minusDays(1)).code("i98"));
        order("no, C", opened(now).code("i98").reference("C12"));
        order("no, c", opened(now).code("i98").reference("12c"));
        order("no, another code", opened(now).code("i97"));
        order("no code", opened(now));
        meansExactly("KI-R02", "KI-R02B");
    }

    @Test @DisplayName("A-13: without a shop system, an order that is still open 90 to 120 minutes later")
    void tellsOfWorkAnywhere() {
        order("yes", opened(now.minusMinutes(105)));
        order("no, done already", opened(now.minusMinutes(105)).closed(now.minusMinutes(5)));
        order("no, too early", opened(now.minusMinutes(80)));
        order("no, too late", opened(now.minusMinutes(125)));
        order("no, an estimate", opened(now.minusMinutes(105)).estimate());
        meansExactly("KI-R02", "KI-R02C");
    }

    @Test @DisplayName("KI-R03: in C97 with activity today, whenever it was opened (A-17)")
    void tellsThatItIsReady() {
        order("yes, opened last week", opened(now.minusDays(7)).status("C97").last(now.minusMinutes(3)));
        order("yes, raw code", opened(now.minusHours(5)).code("c97").last(now.minusMinutes(3)));
        order("no, since yesterday", opened(now.minusDays(7)).status("C97").last(now.minusDays(1)));
        order("no, another status", opened(now.minusDays(7)).last(now));
        order("no, an estimate", opened(now).status("C97").estimate());
        meansExactly("KI-R03");
    }

    @Test @DisplayName("KI-R04, KI-R05, A-18: on Monday those of Friday, Saturday and Sunday")
    void asksAfterTheWeekend() {
        order("yes, Friday", closed(3));
        order("yes, Saturday", closed(2));
        order("yes, Sunday night", opened(now.minusDays(2)).closed(LocalDateTime.of(2026, 11, 22, 23, 59)));
        order("no, Thursday night", opened(now.minusDays(9)).closed(LocalDateTime.of(2026, 11, 19, 23, 59)));
        order("no, today", closed(0));
        order("no, back today", closed(3));
        order("no, back today", closed(0));
        order("no, still open", opened(now.minusDays(3)));
        order("no, an estimate", closed(3).estimate());
        meansExactly("KI-R04");
        meansExactly("KI-R05");
        itIs(MONDAY.minusDays(1));
        assertEquals(List.of(), found("KI-R04", "KI-R04"), "nobody is asked on Sunday");
    }

    @Test @DisplayName("A-18: where Saturday is open, Monday asks those of Saturday; Tuesday to Friday those of the day before; after a holiday those before it")
    void asksAfterOpenDays() {
        order("Friday", closed(3));
        order("Saturday", closed(2));
        order("Monday", closed(0));
        opens("MON", "TUE", "WED", "THU", "FRI", "SAT");
        assertEquals(List.of("Saturday"), found("KI-R04", "KI-R04"));
        itIs(MONDAY.minusDays(2));
        assertEquals(List.of("Friday"), found("KI-R04", "KI-R04"));
        itIs(MONDAY.plusDays(1));
        assertEquals(List.of("Monday"), found("KI-R04", "KI-R04"));
        opens("MON", "TUE", "WED", "THU", "FRI");
        run("update location set holidays = '[\"2026-11-23\"]'");
        assertEquals(List.of("Friday", "Monday", "Saturday"), found("KI-R05", "KI-R05"));
    }

    @Test @DisplayName("KI-R06, A-19: closed 174 to 180 days ago, nothing planned, nothing open; walk-ins too")
    void remindsAfterSixMonths() {
        order("yes, 174", closed(174));
        order("yes, 180", closed(180));
        order("yes, by appointment", closed(177));
        appointment("yes, by appointment", now.minusDays(177).minusHours(2), "DONE");
        order("yes, by appointment on the last day", closed(174));
        appointment("yes, by appointment on the last day", now.minusDays(174).minusHours(2), "DONE");
        order("yes, cancelled ones do not count", closed(177));
        appointment("yes, cancelled ones do not count", now.plusDays(5), "CANCELLED");
        appointment("yes, cancelled ones do not count", now.minusDays(5), "CANCELLED");
        order("no, 181", closed(181));
        order("no, 173", closed(173));
        order("no, back since", closed(177));
        order("no, back since", closed(20));
        order("no, expected", closed(177));
        appointment("no, expected", now.plusDays(5), "BOOKED");
        order("no, here lately", closed(177));
        appointment("no, here lately", now.minusDays(30), "DONE");
        order("no, here now", closed(177));
        order("no, here now", opened(now.minusDays(1)));
        meansExactly("KI-R06");
    }

    @Test @DisplayName("A-19: run once a week, each closing is seen once, whatever its day; the appointment of that day hides nobody")
    void seesEachClosingOnce() {
        for (int day = 187; day >= 174; day--) {
            order("closed " + day, closed(day));
            appointment("closed " + day, now.minusDays(day).minusHours(1), "DONE");
        }
        Map<String, Integer> seen = new TreeMap<>();
        for (int week = 1; week >= 0; week--) {
            itIs(MONDAY.minusWeeks(week));
            found("KI-R06", "KI-R06").forEach(ref -> seen.merge(ref, 1, Integer::sum));
        }
        assertEquals(14, seen.size());
        assertEquals(new TreeSet<>(List.of(1)), new TreeSet<>(seen.values()));
    }

    @Test @DisplayName("KI-R07, A-07, A-25: the appointment that was booked today, from the day after tomorrow on")
    void thanksForBooking() {
        LocalDateTime last = now.minusDays(20);
        appointment("yes, Wednesday", now.toLocalDate().plusDays(2).atStartOfDay(), now, "BOOKED");
        appointment("yes, another one tomorrow", now.plusDays(1), last, "BOOKED");
        appointment("yes, another one tomorrow", now.plusDays(10), now, "BOOKED");
        appointment("no, tomorrow night", now.toLocalDate().plusDays(1).atTime(23, 59), now, "BOOKED");
        appointment("no, booked last night", now.plusDays(5), now.toLocalDate().atStartOfDay().minusMinutes(1), "BOOKED");
        appointment("no, one booked today and one far away (A-02)", now.plusDays(1), now, "BOOKED");
        appointment("no, one booked today and one far away (A-02)", now.plusDays(10), last, "BOOKED");
        appointment("no, cancelled at once", now.plusDays(10), now, "CANCELLED");
        meansExactly("KI-R07");
    }

    @Test @DisplayName("KI-R08: tomorrow by the shop's calendar, not cancelled; Monday's on Sunday too")
    void remindsOfTomorrow() {
        LocalDate tomorrow = now.toLocalDate().plusDays(1);
        appointment("yes, first minute", tomorrow.atStartOfDay(), "BOOKED");
        appointment("yes, last minute", tomorrow.atTime(23, 59), "CONFIRMED");
        appointment("yes, moved", tomorrow.atTime(9, 0), "RESCHEDULED");
        appointment("no, tonight", now.toLocalDate().atTime(23, 59), "BOOKED");
        appointment("no, the day after", tomorrow.plusDays(1).atStartOfDay(), "BOOKED");
        appointment("no, cancelled", tomorrow.atTime(9, 0), "CANCELLED");
        meansExactly("KI-R08");
        appointment("Monday", MONDAY, "BOOKED");
        itIs(MONDAY.minusDays(1));
        assertTrue(found("KI-R08", "KI-R08").contains("Monday"));
    }

    private void missedOnes(LocalDateTime start) {
        appointment("yes, never here", start, "BOOKED");
        appointment("yes, a while ago", start, "CONFIRMED");
        order("yes, a while ago", opened(now.minusDays(2)));
        appointment("yes, an estimate only", start, "BOOKED");
        order("yes, an estimate only", opened(now).estimate());
        appointment("no, too early", now.minusMinutes(118), "BOOKED");
        appointment("no, too late", now.minusMinutes(132), "BOOKED");
        appointment("no, cancelled", start, "CANCELLED");
        appointment("no, came", start, "BOOKED");
        order("no, came", opened(start.plusMinutes(10)));
        appointment("no, here since yesterday", start, "BOOKED");
        order("no, here since yesterday", opened(now.minusDays(1)));
    }

    @Test @DisplayName("KI-R09, A-20: two hours after an appointment without an order, neither cancelled nor moved")
    void writesToThoseWhoDidNotCome() {
        missedOnes(now.minusMinutes(125));
        appointment("no, moved", now.minusMinutes(125), "RESCHEDULED");
        meansExactly("KI-R09");
    }

    @Test @DisplayName("A-13, KI-R09: in a shop's own book, moved means expected at the new hour, and done means here")
    void writesToThoseWhoDidNotComeByOwnBook() {
        missedOnes(now.minusMinutes(125));
        appointment("yes, moved to that hour", now.minusMinutes(125), "RESCHEDULED");
        appointment("yes, marked as missed", now.minusMinutes(125), "MISSED");
        appointment("no, done without an order", now.minusMinutes(125), "DONE");
        meansExactly("KI-R09", "KI-R09C");
    }

    @Test @DisplayName("KI-R10: delivered 14 days ago, of the make that was entered")
    void offersExtras() {
        sale("yes", 14, "Toyota", "NEW");
        sale("yes, used and in capitals", 14, "TOYOTA CANADA", "USED");
        sale("no, 13", 13, "Toyota", "NEW");
        sale("no, 15", 15, "Toyota", "NEW");
        sale("no, another make", 14, "Honda", "NEW");
        sale("no make", 14, "", "NEW");
        sale("no, two sales (A-02)", 14, "Honda", "NEW");
        sale("no, two sales (A-02)", 90, "Toyota", "NEW");
        meansExactly("KI-R10");
    }

    @Test @DisplayName("KI-R11: a new vehicle delivered 14 days ago, and no appointment to come")
    void plansTheFirstService() {
        sale("yes", 14, "Kia", "NEW");
        sale("yes, cancelled", 14, "Kia", "NEW");
        appointment("yes, cancelled", now.plusDays(90), "CANCELLED");
        sale("yes, only a past one", 14, "Kia", "NEW");
        appointment("yes, only a past one", now.minusDays(1), "DONE");
        sale("no, used", 14, "Kia", "USED");
        sale("no, condition unknown", 14, "Kia", null);
        sale("no, 13", 13, "Kia", "NEW");
        sale("no, planned", 14, "Kia", "NEW");
        appointment("no, planned", now.plusDays(90), "BOOKED");
        meansExactly("KI-R11");
    }

    @Test @DisplayName("KI-R12: a new vehicle delivered 700 days ago")
    void tellsOfTheEndOfTheWarranty() {
        sale("yes", 700, "Kia", "NEW");
        sale("no, 699", 699, "Kia", "NEW");
        sale("no, 701", 701, "Kia", "NEW");
        sale("no, used", 700, "Kia", "USED");
        meansExactly("KI-R12");
    }

    @Test @DisplayName("KI-R13, A-15a: delivered today to four days ago, not in the days to come")
    void asksAfterTheSale() {
        sale("yes, today", 0, "Kia", "USED");
        sale("yes, 4", 4, "Kia", "NEW");
        sale("no, 5", 5, "Kia", "NEW");
        sale("no, tomorrow", -1, "Kia", "NEW");
        sale("no date", null, "Kia", "NEW");
        meansExactly("KI-R13");
    }
}
