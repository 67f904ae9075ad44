package org.carillon.plan;

import static org.carillon.plan.Finder.all;
import static org.carillon.plan.Finder.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.audience.Audience;
import org.carillon.audience.Operator;
import org.carillon.audience.Value;
import org.carillon.audience.Value.DaysAgo;
import org.carillon.audience.Value.Text;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceAutomations.NextRun;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.AutomationState;
import org.carillon.automation.Kind;
import org.carillon.automation.Period;
import org.carillon.automation.Schedule;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.carillon.template.Translation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Automations with an audience at their desk: drafts may lack anything, what is switched on may not")
class AudienceAutomationsTest {

    private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);
    private static final Schedule AT_11 = new Schedule.Daily(LocalTime.of(11, 0), DAILY);
    private static final Audience CLOSED = all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(1)));

    private final Finder f = new Finder();
    private final Shop shop = f.shop;

    private AudienceDraft draft(Audience audience, Schedule schedule, String sms) { return f.draft(audience, schedule, sms); }

    private List<String> wrong(AudienceDraft draft) { return f.desk.check(Scope.everything(), draft).wrong().stream().map(i -> i.field() + " " + i.key()).toList(); }

    @Test void keepsWhateverIsThere() {
        AudienceAutomation empty = f.desk.save(Scope.everything(), new AudienceDraft(null, null, null, null, null, null, false, Set.of(), Set.of(), false, Map.of(), false), Finder.EVE);
        assertEquals(AutomationState.DRAFT, empty.state());
        assertNull(empty.audience());
        assertNull(empty.schedule());
        assertEquals(List.of("name required", "groups audience.empty", "locations automation.location", "schedule automation.schedule", "channel automation.channel"), wrong(empty.draft()));
        Invalid refused = assertThrows(Invalid.class, () -> f.desk.activate(Scope.everything(), empty.id(), empty.version(), Finder.EVE));
        assertEquals("name", refused.field());
    }

    @Test void readsBackWhatWasSaved() {
        for (Schedule schedule : List.of(AT_11, new Schedule.Daily(LocalTime.of(8, 30), Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)), new Schedule.Weekly(DayOfWeek.TUESDAY, LocalTime.of(9, 15)),
                new Schedule.RealTime(Period.ofOpeningHours()), new Schedule.RealTime(new Period(false, LocalTime.of(8, 0), LocalTime.of(20, 0), Set.of(DayOfWeek.FRIDAY))))) {
            AudienceDraft d = draft(CLOSED, schedule, "Merci {customer.name|vous}");
            AudienceDraft read = f.desk.save(Scope.everything(), d, Finder.EVE).draft();
            assertEquals(new AudienceDraft(read.id(), read.version(), d.name(), d.kind(), d.audience(), d.schedule(), false, d.locations(), d.channels(), false, d.translations(), false), read);
        }
    }

    @Test @DisplayName("Bad input of issue 5: each is refused by name before it is switched on")
    void refusesByName() {
        assertEquals(List.of(), wrong(draft(CLOSED, AT_11, "Merci {customer.name}")));
        assertEquals(List.of("groups audience.empty"), wrong(draft(Audience.of(List.of()), AT_11, "Merci")));
        assertEquals(List.of("groups[0][0].value audience.text"), wrong(draft(all(rule("appointment.status", Operator.CONTAINS, new Text(" "))), AT_11, "Merci")));
        assertEquals(List.of("groups[0][0].field audience.field"), wrong(draft(all(rule("appointment.removed", Operator.IS, new Text("x"))), AT_11, "Merci")));
        assertEquals(List.of("fr.sms template.BLANK_LEFT"), wrong(draft(CLOSED, AT_11, "Merci de votre visite [...]")));
        assertEquals(List.of("fr.sms template.PROMPT_LEFT"), wrong(draft(CLOSED, AT_11, "Merci {customer.name|write your fallback value}")));
        assertEquals(List.of("fr.sms template.UNKNOWN_FIELD"), wrong(draft(CLOSED, AT_11, "Merci {customer.nom}")));
        assertEquals(List.of("text automation.noText.SMS"), wrong(draft(CLOSED, AT_11, " ")));
        assertEquals(List.of("marketing automation.offer"), wrong(draft(CLOSED, AT_11, "20 % de rabais cette semaine")));
        assertEquals(List.of("period automation.period"), wrong(draft(CLOSED, new Schedule.RealTime(new Period(false, LocalTime.NOON, LocalTime.NOON, DAILY)), "Merci")));
        assertEquals(List.of("days automation.days"), wrong(draft(CLOSED, new Schedule.RealTime(new Period(true, null, null, Set.of())), "Merci")));
        assertEquals(List.of("period automation.noOpening"), wrong(draft(CLOSED, new Schedule.RealTime(new Period(true, null, null, Set.of(DayOfWeek.SUNDAY))), "Merci")));
        shop.run("update location set region = 'QC'");
        AudienceDraft d = draft(CLOSED, AT_11, "x");
        assertEquals(List.of("fr.sms automation.noFrench.SMS"), wrong(new AudienceDraft(null, null, "English", Kind.GENERAL, CLOSED, AT_11, true, Set.of(), d.channels(), false,
            Map.of("en", Translation.of("Thank you", "", "")), false)));
    }

    @Test @DisplayName("Bad input of issue 5: a period that lies in the quiet hours (A-40), or for an offer outside the law's, never opens and says where")
    void refusesAPeriodInWhichNothingMayLeave() {
        shop.run("update location set country = 'CA', quiet_from = '21:00', quiet_to = '08:00'");
        assertEquals(List.of("period automation.quietPeriod"), wrong(draft(CLOSED, between("22:00", "23:00"), "Merci")));
        assertEquals(List.of("period automation.quietPeriod"), wrong(draft(CLOSED, between("21:00", "08:00"), "Merci")), "past midnight, to the minute");
        assertEquals(List.of(), wrong(draft(CLOSED, between("20:59", "21:30"), "Merci")));
        assertEquals("[Rosemont]",
            f.desk.check(Scope.everything(), draft(CLOSED, between("22:00", "23:00"), "Merci")).wrong().get(0).arguments().toString());
        shop.run("update location set quiet_from = '00:00', quiet_to = '00:00'");
        assertEquals(List.of(), wrong(draft(CLOSED, between("22:00", "23:00"), "Merci")), "it has no quiet hours");
        assertEquals(List.of("period automation.offerPeriod"), wrong(offer(between("22:00", "23:00"), Channel.SMS)));
        assertEquals(List.of(), wrong(offer(between("22:00", "23:00"), Channel.EMAIL)), "an e-mail rings nobody up");
        assertEquals(List.of(), wrong(offer(between("10:00", "11:00"), Channel.SMS)));
        shop.run("update company set offer_hours = '{\"MON\":[[\"13:00\",\"14:00\"]]}'");
        assertEquals(List.of("period automation.offerPeriod"), wrong(offer(between("10:00", "11:00"), Channel.EMAIL)), "the company's own hours");
    }

    @ParameterizedTest(name = "{0} {1} at {2}, {3}, quiet {4} in {5}, offers by SMS {6}, dropped {7}: {8}")
    @DisplayName("Bad input of issue 5, A-22: a look whose messages could not leave before midnight, and are not sent the day after, is refused where it is and for which day")
    @CsvSource(delimiter = ';', value = {
        "DAY; ALL; 22:00; 2027-02-10; 21:00-08:00; CA; false; true; at automation.quietUntilMidnight [Rosemont]",
        "DAY; ALL; 21:00; 2027-02-10; 21:00-08:00; CA; false; true; at automation.quietUntilMidnight [Rosemont]",
        "DAY; ALL; 20:59; 2027-02-10; 21:00-08:00; CA; false; true; -",
        "DAY; ALL; 06:00; 2027-02-10; 21:00-08:00; CA; false; true; -",
        "DAY; ALL; 22:00; 2027-02-10; 21:00-08:00; CA; false; false; -",
        "DAY; ALL; 22:00; 2027-02-10; 00:00-00:00; CA; false; true; -",
        "DAY; ALL; 22:00; 2027-02-10; 21:00-23:00; CA; false; true; -",
        "DAY; ALL; 23:59; 2027-02-10; 21:00-00:00; CA; false; true; at automation.quietUntilMidnight [Rosemont]",
        "WEEK; TUE; 21:30; 2027-02-10; 21:00-08:00; CA; false; true; at automation.quietUntilMidnight [Rosemont]",
        "WEEK; TUE; 09:00; 2027-02-10; 21:00-08:00; CA; false; true; -",
        "DAY; ALL; 20:30; 2027-02-10; 21:00-08:00; CA; true; true; at automation.offerUntilMidnight [Rosemont]",
        "DAY; ALL; 20:30; 2027-02-10; 21:00-08:00; CA; true; false; -",
        "DAY; ALL; 19:00; 2027-02-10; 21:00-08:00; CA; true; true; days automation.offerUntilMidnight.SATURDAY [Rosemont]",
        "DAY; MON FRI; 19:00; 2027-02-10; 21:00-08:00; CA; true; true; -",
        "DAY; ALL; 11:00; 2027-02-10; 21:00-08:00; FR; true; true; days automation.offerUntilMidnight.SUNDAY [Rosemont]",
        "WEEK; SUN; 11:00; 2027-02-10; 21:00-08:00; FR; true; true; at automation.offerUntilMidnight [Rosemont]",
        "WEEK; SUN; 11:00; 2027-02-10; 21:00-08:00; FR; false; true; -",
        // the first two of its Saturdays are holidays
        "WEEK; SAT; 11:00; 2027-12-22; 21:00-08:00; FR; true; true; -",
        "DAY; ALL; 23:30; 2027-03-13; 21:00-08:00; CA; false; true; at automation.quietUntilMidnight [Rosemont]"})
    void refusesALookThatNeverSends(String every, String days, String at, String today, String quiet, String country, boolean offers, boolean drops, String expected) {
        shop.frozen = Instant.parse(today + "T13:30:00Z");
        shop.run("update location set country = '" + country + "', quiet_from = '" + quiet.substring(0, 5) + "', quiet_to = '" + quiet.substring(6) + "'");
        Set<DayOfWeek> on = days.equals("ALL") ? DAILY : Arrays.stream(days.split(" ")).map(code -> DAILY.stream().filter(d -> d.name().startsWith(code)).findFirst().orElseThrow()).collect(Collectors.toSet());
        AudienceDraft d = draft(CLOSED, every.equals("WEEK") ? new Schedule.Weekly(on.iterator().next(), LocalTime.parse(at)) : new Schedule.Daily(LocalTime.parse(at), on), "Merci");
        AudienceDraft draft = new AudienceDraft(null, null, d.name(), d.kind(), d.audience(), d.schedule(), false, d.locations(), d.channels(), offers, d.translations(), drops);
        assertEquals(expected.equals("-") ? List.of() : List.of(expected), f.desk.check(Scope.everything(), draft).wrong().stream().map(i -> i.field() + " " + i.key() + " " + i.arguments()).toList());
        AudienceAutomation saved = f.desk.save(Scope.everything(), draft, Finder.EVE);
        if (expected.equals("-")) {
            assertEquals(AutomationState.ACTIVE, f.desk.activate(Scope.everything(), saved.id(), saved.version(), Finder.EVE).state());
        } else {
            assertEquals(expected.split(" ")[0], assertThrows(Invalid.class, () -> f.desk.activate(Scope.everything(), saved.id(), saved.version(), Finder.EVE)).field());
        }
    }

    @ParameterizedTest(name = "{0}, in {1} {2} days: {3}")
    @DisplayName("A-23: a text that says tomorrow is pointed out where a rule counts open days, since Friday's reader is expected on Monday; the shipped text with the date is not")
    @CsvSource(delimiter = ';', value = {
        "A DEMAIN {appointment.start_at_time}; 1; open; fr.sms DEMAIN",
        "Après-demain à {appointment.start_at_time}; 2; open; fr.sms Après-demain",
        "See you tomorrow; 1; open; fr.sms tomorrow",
        "Le lendemain de votre visite; 1; open; -",
        "Le {appointment.start_at_date}; 1; open; -",
        "A demain {appointment.start_at_time}; 1; calendar; -",
        "A demain {appointment.start_at_time}; 0; open; -"})
    void pointsOutTomorrow(String text, int days, String kind, String expected) {
        Audience coming = all(rule("appointment.date", Operator.IN, kind.equals("open") ? new Value.InOpenDays(days) : new Value.InDays(days)));
        assertEquals(expected.equals("-") ? List.of() : List.of(expected), f.desk.check(Scope.everything(), draft(coming, AT_11, text)).warnings().stream()
            .filter(w -> w.key().equals("automation.tomorrow")).map(w -> w.field() + " " + w.arguments().get(0)).toList());
    }

    @Test @DisplayName("A-22: of several locations the one where nothing would leave is named; the others say nothing")
    void namesTheLocation() {
        shop.run("update location set quiet_from = '00:00', quiet_to = '00:00'");
        shop.run("insert into location (code, name, zone, country, language, quiet_from, quiet_to) values ('NUIT', 'Verdun', 'America/Vancouver', 'CA', 'fr', '20:00', '09:00')");
        AudienceDraft d = draft(CLOSED, new Schedule.Daily(LocalTime.of(20, 30), DAILY), "Merci");
        AudienceDraft draft = new AudienceDraft(null, null, d.name(), d.kind(), d.audience(), d.schedule(), true, Set.of(), d.channels(), false, d.translations(), true);
        assertEquals(List.of("[Verdun]"), f.desk.check(Scope.everything(), draft).wrong().stream().map(i -> i.arguments().toString()).toList());
    }

    @Test @DisplayName("B-06, A-35: a field of something that the rules do not find is refused by name, unless it has a fallback; its messages would all be held")
    void refusesWhatTheTargetCannotSay() {
        Audience booked = all(rule("appointment.status", Operator.IS, new Text("BOOKED")));
        Audience both = all(rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(1)), rule("appointment.next_one", Operator.DOES_NOT_EXIST, org.carillon.audience.Value.NONE));
        String text = "A demain { appointment.start_at_time }";
        assertEquals(List.of(), wrong(draft(booked, AT_11, text)));
        assertEquals(List.of("fr.sms automation.aboutOther.APPOINTMENT"), wrong(draft(CLOSED, AT_11, text)));
        assertEquals(List.of("fr.sms automation.aboutOther.APPOINTMENT"), wrong(draft(both, AT_11, text)), "the messages are about the order (A-15d)");
        assertEquals(List.of("fr.sms automation.aboutOther.ORDER"), wrong(draft(booked, AT_11, "Total {order.total}")));
        assertEquals(List.of("fr.sms automation.aboutOther.ORDER"), wrong(draft(all(rule("customer.name", Operator.CONTAINS, new Text("a"))), AT_11, "Total {order.total}")), "a person");
        assertEquals(List.of(), wrong(draft(CLOSED, AT_11, "A demain { appointment.start_at_time | bientot }, {order.total}")));
        assertEquals(List.of(), wrong(draft(CLOSED, AT_11, "{ appointment.start_at_time | }Merci")), "an empty fallback says nothing, and that is meant");
    }

    @Test @DisplayName("B-15, A-21: a dry run in real time covers the windows of the whole day; from when on something may leave is told once for each zone, within the period")
    void looksAheadInRealTime() {
        shop.frozen = Instant.parse("2027-02-10T13:30:00Z");
        f.appointment(f.customer("Sophie", "+15145550142"), "2027-02-11T21:00:00Z", "2027-02-01T12:00:00Z", "BOOKED");
        AudienceDraft missed = draft(all(rule("appointment.time_relative", Operator.LESS_THAN, new org.carillon.audience.Value.MinutesAgo(130)), rule("appointment.time_relative", Operator.MORE_THAN,
            new org.carillon.audience.Value.MinutesAgo(120))), between("09:00", "12:00"), "Bonjour");
        assertEquals(1, f.desk.dryRun(Scope.everything(), missed, LocalDate.parse("2027-02-11")).counts().get(Channel.SMS).matched(), "at six in the evening, not at noon");
        assertEquals(0, f.desk.dryRun(Scope.everything(), missed, LocalDate.parse("2027-02-12")).counts().get(Channel.SMS).matched());
        assertEquals(List.of(new NextRun(Instant.parse("2027-02-10T14:00:00Z"), ZoneId.of("America/Toronto"))), f.desk.nextRuns(missed, 3), "nine o'clock");
        shop.run("update location set quiet_from = '21:00', quiet_to = '10:00'");
        assertEquals(Instant.parse("2027-02-10T15:00:00Z"), f.desk.nextRuns(missed, 3).get(0).at());
        shop.frozen = Instant.parse("2027-02-10T16:03:00Z");
        assertEquals(Instant.parse("2027-02-10T16:05:00Z"), f.desk.nextRuns(missed, 3).get(0).at(), "within the period at the next look");
        for (String place : List.of("'MTL2', 'Rosemont', 'America/Toronto', 'CA'", "'PAR', 'Bastille', 'Europe/Paris', 'FR'", "'VAN', 'Kitsilano', 'America/Vancouver', 'CA'", "'LYO', 'Bellecour', 'Europe/Paris', 'FR'", "'HAL', 'Halifax', 'America/Halifax', 'CA'")) {
            shop.run("insert into location (code, name, zone, country, language) values (" + place + ", 'fr')");
        }
        AudienceDraft everywhere = new AudienceDraft(null, null, "Partout", Kind.GENERAL, missed.audience(), missed.schedule(), true, Set.of(), missed.channels(), false, missed.translations(), false);
        assertEquals(List.of("America/Toronto 2027-02-10T16:05:00Z", "America/Vancouver 2027-02-10T17:00:00Z", "Europe/Paris 2027-02-11T08:00:00Z"),
            f.desk.nextRuns(everywhere, 3).stream().map(next -> next.zone() + " " + next.at()).toList(), "one of each zone, the earliest three");
        assertEquals(List.of("America/Toronto"), f.desk.nextRuns(everywhere, 1).stream().map(next -> next.zone().getId()).toList());
    }

    @Test @DisplayName("KI-54: what was written for a channel that is not used is kept and not judged")
    void keepsWordsOfAnotherChannel() {
        AudienceDraft d = draft(CLOSED, AT_11, "Merci");
        AudienceDraft kept = new AudienceDraft(null, null, d.name(), d.kind(), d.audience(), d.schedule(), false, d.locations(), d.channels(), false, Map.of("fr", Translation.of("Merci", "", "Un courriel sans {objet}")), false);
        assertEquals(List.of(), wrong(kept));
        assertEquals("Un courriel sans {objet}", f.desk.save(Scope.everything(), kept, Finder.EVE).translations().get("fr").body());
    }

    @Test @DisplayName("KI-14: other bracketed text is a warning, on the channels in use")
    void warnsOfBrackets() {
        f.closed(f.customer("Sophie", "+15145550142"), "2027-02-09T20:00:00Z");
        assertEquals(List.of("fr.sms template.BRACKETS [[MARQUE]]"), f.desk.check(Scope.everything(), draft(CLOSED, AT_11, "Votre [MARQUE] vous attend")).warnings().stream().map(w -> w.field() + " " + w.key() + " " + w.arguments()).toList());
        assertEquals(List.of(), wrong(draft(CLOSED, AT_11, "Votre [MARQUE] vous attend")));
    }

    private static Schedule between(String from, String to) { return new Schedule.RealTime(new Period(false, LocalTime.parse(from), LocalTime.parse(to), DAILY)); }

    private AudienceDraft offer(Schedule schedule, Channel channel) {
        AudienceDraft d = draft(CLOSED, schedule, "Merci");
        return new AudienceDraft(null, null, d.name(), d.kind(), d.audience(), schedule, false, d.locations(), Set.of(channel), true, Map.of("fr", Translation.of("Merci", "Merci", "Merci")), false);
    }

    @Test @DisplayName("P-25: told is how many records lack the date that a rule asks about, and that none carries a field")
    void warnsOfWhatRecordsLack() {
        Audience sales = all(rule("repair_order_opened.customer_sale", Operator.MORE_THAN, new org.carillon.audience.Value.Amount(java.math.BigDecimal.TEN)), rule("repair_order_closed.last_time", Operator.EXACTLY, new DaysAgo(1)));
        long customer = f.customer("Sophie", "+15145550142");
        shop.order(customer);
        List<Invalid> warnings = f.desk.check(Scope.everything(), draft(sales, AT_11, "Merci")).warnings();
        assertEquals(List.of("automation.noRecord [repair_order_opened.customer_sale, 1]", "automation.noRecord [repair_order_closed.last_time, 0]"),
            warnings.stream().map(w -> w.key() + " " + w.arguments()).toList());
        shop.run("update work_order set customer_sale = 20");
        f.closed(customer, "2027-02-09T20:00:00Z");
        assertEquals(List.of(), f.desk.check(Scope.everything(), draft(sales, AT_11, "Merci")).warnings());
        Audience delivered = all(rule("sale.vehicle_delivery_date", Operator.EXACTLY, new DaysAgo(14)));
        for (String day : List.of("'2027-01-27'", "'2027-01-28'", "null")) {
            shop.run("insert into sale (location_id, customer_id, ref, vehicle_make, delivered_on, created_at) values (" + shop.location + ", " + customer + ", gen_random_uuid()::text, 'Kia', " + day + ", now())");
        }
        assertEquals(List.of("automation.lackingDate.SALE [sale.vehicle_delivery_date, 1, 3]"), f.desk.check(Scope.everything(), draft(delivered, AT_11, "Merci")).warnings().stream().map(w -> w.key() + " " + w.arguments()).toList(),
            "also where few lack it");
        shop.run("update sale set delivered_on = '2027-01-27'");
        assertEquals(List.of(), f.desk.check(Scope.everything(), draft(delivered, AT_11, "Merci")).warnings());
        long elsewhere = shop.id("insert into location (code, name, zone, country, language) values ('PAR', 'Bastille', 'Europe/Paris', 'FR', 'fr') returning id");
        assertEquals(List.of("automation.noRecord [repair_order_opened.customer_sale, 0]", "automation.noRecord [repair_order_closed.last_time, 0]"),
            f.desk.check(Scope.of(Set.of(elsewhere)), draft(sales, AT_11, "Merci")).warnings().stream().map(w -> w.key() + " " + w.arguments()).toList(), "SEC-13");
        assertEquals(List.of(), f.desk.check(Scope.of(Set.of(shop.location)), draft(sales, AT_11, "Merci")).warnings());
    }

    @Test @DisplayName("SEC-13: who works at one of its locations sees it, who works at all of them changes it; the whole company's takes everybody's access")
    void keepsToTheScope() {
        long elsewhere = shop.id("insert into location (code, name, zone, country, language) values ('PAR', 'Bastille', 'Europe/Paris', 'FR', 'fr') returning id");
        AudienceDraft d = draft(CLOSED, AT_11, "Merci");
        AudienceAutomation both = f.desk.save(Scope.everything(), new AudienceDraft(null, null, "Deux", Kind.GENERAL, CLOSED, AT_11, false, Set.of(shop.location, elsewhere), d.channels(), false, d.translations(), false), Finder.EVE);
        Scope paris = Scope.of(Set.of(elsewhere));
        assertTrue(f.desk.find(paris, both.id()).isPresent());
        assertEquals("automation.elsewhere", assertThrows(Invalid.class, () -> f.desk.activate(paris, both.id(), both.version(), Finder.EVE)).key());
        assertEquals("automation.elsewhere", assertThrows(Invalid.class, () -> f.desk.save(paris, draft(CLOSED, AT_11, "x"), Finder.EVE)).key());
        AudienceAutomation here = f.desk.save(Scope.everything(), d, Finder.EVE);
        assertTrue(f.desk.find(paris, here.id()).isEmpty());
        assertTrue(assertThrows(Invalid.class, () -> f.desk.pause(paris, here.id(), here.version(), Finder.EVE)).isUnknown());
    }

    @Test void whatIsSwitchedOnStaysCompleteAndIsNotOverwritten() {
        AudienceAutomation a = f.on(draft(CLOSED, AT_11, "Merci"));
        AudienceDraft d = a.draft();
        assertEquals("text", assertThrows(Invalid.class, () -> f.desk.save(Scope.everything(), new AudienceDraft(d.id(), d.version(), d.name(), d.kind(), d.audience(), d.schedule(), false, d.locations(),
            d.channels(), false, Map.of(), false), Finder.EVE)).field());
        assertEquals("Merci", f.desk.find(Scope.everything(), a.id()).orElseThrow().translations().get("fr").sms());
        assertEquals("changed.meanwhile", assertThrows(Invalid.class, () -> f.desk.pause(Scope.everything(), a.id(), a.version() - 1, Finder.EVE)).key());
        AudienceAutomation copy = f.desk.duplicate(Scope.everything(), a.id(), "Suivi (copie)", Finder.EVE);
        assertEquals(AutomationState.DRAFT, copy.state());
        assertEquals(a.audience(), copy.audience());
        assertTrue(!copy.templateId().equals(a.templateId()));
    }

    @Test @DisplayName("B-45: what is jotted while one types is stored and is no version; saved or switched on, it is one, once")
    void jotsWithoutVersions() {
        AudienceAutomation a = jot(new AudienceDraft(null, null, "S", Kind.GENERAL, null, AT_11, false, Set.of(shop.location), Set.of(Channel.SMS), false, Map.of(), false));
        AudienceDraft whole = new AudienceDraft(a.id(), a.version(), "Suivi", Kind.GENERAL, CLOSED, AT_11, false, Set.of(shop.location), Set.of(Channel.SMS), false, Map.of("fr", Translation.of("Merci", "", "")), false);
        AudienceAutomation jotted = jot(whole);
        assertEquals("Suivi", f.desk.find(Scope.everything(), a.id()).orElseThrow().name());
        assertEquals(List.of("CREATED S"), versions());
        AudienceAutomation saved = f.desk.save(Scope.everything(), jotted.draft(), Finder.EVE);
        f.desk.save(Scope.everything(), saved.draft(), Finder.EVE);
        assertEquals(List.of("CREATED S", "CHANGED Suivi"), versions());
        AudienceAutomation on = f.desk.activate(Scope.everything(), saved.id(), saved.version(), Finder.EVE);
        assertEquals("changed.meanwhile", assertThrows(Invalid.class, () -> jot(on.draft())).key(), "it is no draft any more");
    }

    private AudienceAutomation jot(AudienceDraft draft) { return shop.jdbi.inTransaction(h -> f.desk.jot(Scope.everything(), draft, Finder.EVE)); }

    private List<String> versions() { return shop.jdbi.withHandle(h -> h.createQuery("select act || ' ' || name from automation_version order by number").mapTo(String.class).list()); }

    @Test @DisplayName("B-15: a dry run on a chosen day; the next runs name their zone")
    void looksAhead() {
        shop.frozen = Instant.parse("2027-02-10T13:30:00Z");
        f.closed(f.customer("Sophie", "+15145550142"), "2027-02-10T20:00:00Z");
        AudienceDraft d = draft(CLOSED, AT_11, "Merci");
        assertEquals(0, f.desk.dryRun(Scope.everything(), d).counts().get(Channel.SMS).matched());
        var thursday = f.desk.dryRun(Scope.everything(), d, LocalDate.parse("2027-02-11"));
        assertEquals(Instant.parse("2027-02-11T16:00:00Z"), thursday.at());
        assertEquals(1, thursday.counts().get(Channel.SMS).reachable());
        var never = f.desk.dryRun(Scope.everything(), draft(CLOSED, new Schedule.Weekly(DayOfWeek.FRIDAY, LocalTime.of(11, 0)), "Merci"), LocalDate.parse("2027-02-11"));
        assertEquals("false 2027-02-12T16:00:00Z", never.asked() + " " + never.at(), "it does not run on that Thursday, and next on Friday");
        assertTrue(thursday.asked());
        shop.run("insert into location (code, name, zone, country, language) values ('PAR', 'Bastille', 'Europe/Paris', 'FR', 'fr')");
        AudienceDraft everywhere = new AudienceDraft(null, null, "Partout", Kind.GENERAL, CLOSED, AT_11, true, Set.of(), d.channels(), false, d.translations(), false);
        ZoneId toronto = ZoneId.of("America/Toronto");
        assertEquals(List.of(new NextRun(Instant.parse("2027-02-10T16:00:00Z"), toronto), new NextRun(Instant.parse("2027-02-11T10:00:00Z"), ZoneId.of("Europe/Paris")),
            new NextRun(Instant.parse("2027-02-11T16:00:00Z"), toronto)), f.desk.nextRuns(everywhere, 3));
    }
}
