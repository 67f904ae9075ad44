package org.carillon.booking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.carillon.TestDatabase;
import org.carillon.TestEntities;
import org.carillon.customer.Customers;
import org.carillon.fact.Actor;
import org.carillon.fact.Attribute;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Attributes;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventLog;
import org.carillon.fact.EventType;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.carillon.web.attribute.AttributeForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppointmentDeskTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final TestEntities ENTITIES = new TestEntities(DATABASE);
    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    private static final Actor SYSTEM = Actor.system("dms");
    private static final LocalDateTime TUESDAY = LocalDateTime.parse("2026-11-24T09:00");

    private final Appointments appointments = new Appointments();
    private final Customers customers = new Customers();
    private final Locations locations = new Locations();
    private final List<BusinessEvent> told = new ArrayList<>();
    private Instant now = at("2026-11-23T08:00");
    private Jdbi jdbi;
    private AppointmentDesk desk;
    private long location;
    private long customer;

    private static Instant at(String local) { return LocalDateTime.parse(local).atZone(TORONTO).toInstant(); }

    @BeforeEach void open() {
        jdbi = DATABASE.emptied().jdbi();
        ApplicationClock clock = new ApplicationClock(jdbi) { @Override public Instant now() { return now; } };
        desk = new AppointmentDesk(appointments, customers, locations, new Attributes(jdbi),
            new EventLog(ENTITIES.jdbi(), recorded -> recorded.events().forEach(e -> told.add(e.event()))), clock);
        location = id("insert into location (code, name, zone, country, language) values ('MTL', 'Rosemont', 'America/Toronto', 'CA', 'fr') returning id");
        customer = id("insert into customer (location_id, ref, name, language, created_at) values (" + location + ", 'C-1', 'Anne Roy', 'fr', now()) returning id");
        id("insert into attribute (owner, code, name_fr, name_en, type, choices, position) values ('APPOINTMENT', 'kind', 'Genre', 'Kind', 'CHOICE', "
            + "'[{\"code\":\"oil\",\"fr\":\"Vidange\",\"en\":\"Oil\"},{\"code\":\"tyres\",\"fr\":\"Pneus\",\"en\":\"Tyres\"}]', 1) returning id");
        id("insert into attribute (owner, code, name_fr, name_en, type, position) values ('APPOINTMENT', 'hours', 'Heures', 'Hours', 'NUMBER', 2) returning id");
    }

    private long id(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    private <T> T call(java.util.function.Supplier<T> deed) {
        told.clear();
        return ENTITIES.call(deed, appointments, customers, locations);
    }

    private AppointmentState booked(LocalDateTime start) {
        AppointmentState none = AppointmentState.nothing();
        return new AppointmentState(Given.of(location), Given.of(customer), none.status(), Given.of(start), none.end(), none.bookedAt(), none.vehicleId(), none.userReference(),
            none.object(), none.note(), none.attributes(), false);
    }

    private AppointmentState kept(Map<String, Object> values) {
        AppointmentState is = booked(TUESDAY);
        return new AppointmentState(is.location(), is.customer(), is.status(), is.start(), is.end(), is.bookedAt(), is.vehicleId(), is.userReference(), is.object(), is.note(),
            Given.of(values), false);
    }

    private AppointmentDesk.Outcome put(AppointmentState said) { return call(() -> desk.put(Scope.everything(), "A-1", said, SYSTEM)); }

    private AppointmentDesk.Outcome does(Function<AppointmentDesk, AppointmentDesk.Outcome> deed) { return call(() -> deed.apply(desk)); }

    private List<EventType> types() { return told.stream().map(BusinessEvent::type).toList(); }

    @Test @DisplayName("VC-05: a new appointment is booked; told again, nothing happens")
    void isBookedOnce() {
        AppointmentDesk.Outcome first = put(booked(TUESDAY));
        assertEquals(List.of(EventType.APPOINTMENT_BOOKED), types());
        assertFalse(told.get(0).silent());
        assertEquals(at("2026-11-24T09:00"), first.appointment().startAt());
        int version = first.appointment().version();
        assertEquals(version, put(booked(TUESDAY)).appointment().version(), "a repeated call changes nothing");
        assertEquals(List.of(), types());
    }

    @ParameterizedTest
    @CsvSource({"-23,24,false", "-25,24,true", "0,-1,true"})
    void isSilentWhenItIsHistory(int bookedHours, int startHours, boolean silent) {
        AppointmentState is = booked(LocalDateTime.ofInstant(now.plus(Duration.ofHours(startHours)), TORONTO));
        put(new AppointmentState(is.location(), is.customer(), is.status(), is.start(), is.end(), Given.of(now.plus(Duration.ofHours(bookedHours))), is.vehicleId(), is.userReference(),
            is.object(), is.note(), is.attributes(), false));
        assertEquals(silent, told.get(0).silent());
    }

    @Test void isMovedWithItsEnd() {
        long id = put(booked(TUESDAY).withTimes(TUESDAY, TUESDAY.plusHours(1))).appointment().id();
        Appointment moved = put(booked(TUESDAY.plusDays(1))).appointment();
        assertEquals(List.of(EventType.APPOINTMENT_MOVED), types());
        assertEquals(Map.of("from", "2026-11-24T09:00", "to", "2026-11-25T09:00"), told.get(0).data());
        assertEquals(TUESDAY.plusDays(1).plusHours(1), moved.endLocal());
        assertEquals(AppointmentStatus.RESCHEDULED, moved.status());
        does(d -> d.confirm(Scope.everything(), id, SYSTEM));
        assertEquals(AppointmentStatus.RESCHEDULED, does(d -> d.move(Scope.everything(), id, null, TUESDAY, null, SYSTEM)).appointment().status(), "to be confirmed again");
        assertEquals("appointment.end", assertThrows(Invalid.class, () -> put(booked(TUESDAY).withTimes(TUESDAY, TUESDAY.minusHours(1)))).key());
    }

    @Test void isConfirmedMissedAndCancelledByItsRules() {
        long id = put(booked(TUESDAY)).appointment().id();
        does(d -> d.confirm(Scope.everything(), id, SYSTEM));
        assertEquals(List.of(EventType.APPOINTMENT_CONFIRMED), types());
        does(d -> d.confirm(Scope.everything(), id, SYSTEM));
        assertEquals(List.of(), types(), "twice is once");
        assertEquals("appointment.notYet", assertThrows(Invalid.class, () -> does(d -> d.miss(Scope.everything(), id, SYSTEM))).key());
        now = at("2026-11-24T09:20");
        does(d -> d.miss(Scope.everything(), id, SYSTEM));
        assertEquals(List.of(EventType.APPOINTMENT_MISSED), types());
        assertEquals("appointment.status.MISSED", assertThrows(Invalid.class, () -> does(d -> d.cancel(Scope.everything(), id, SYSTEM))).key());
        assertEquals("appointment.status.MISSED", assertThrows(Invalid.class, () -> does(d -> d.move(Scope.everything(), id, null, TUESDAY, null, SYSTEM))).key());
        does(d -> d.revive(Scope.everything(), id, SYSTEM));
        assertEquals(List.of(EventType.APPOINTMENT_BOOKED), types());
        does(d -> d.cancel(Scope.everything(), id, SYSTEM));
        assertEquals(List.of(EventType.APPOINTMENT_CANCELLED), types());
    }

    @Test void aSystemMaySayAnyStatusAndWhatMovesAfterACancellationIsNoNews() {
        put(booked(TUESDAY));
        put(booked(TUESDAY.plusDays(2)).withStatus(AppointmentStatus.parse("status", "canceled")));
        assertEquals(List.of(EventType.APPOINTMENT_CANCELLED), types());
        put(booked(TUESDAY.plusDays(3)));
        assertEquals(List.of(), types());
        put(booked(TUESDAY.plusDays(3)).withStatus(AppointmentStatus.CONFIRMED));
        assertEquals(List.of(EventType.APPOINTMENT_BOOKED, EventType.APPOINTMENT_CONFIRMED), types());
    }

    @Test @DisplayName("KI-36: attributes are judged by their type, and a code left out stays")
    void keepsItsAttributes() {
        put(kept(Map.of("kind", "oil", "hours", new BigDecimal("1.50"))));
        Map<String, Object> cleared = new HashMap<>();
        cleared.put("kind", null);
        assertEquals(Map.of("hours", new BigDecimal("1.5")), put(kept(cleared)).appointment().attributes());
        assertEquals("{\"hours\": 1.5}", jdbi.withHandle(h -> h.createQuery("select attributes::text from appointment").mapTo(String.class).one()));
        assertEquals("attributes.colour", assertThrows(Invalid.class, () -> put(kept(Map.of("colour", "red")))).field());
        assertEquals("choice.unknown", assertThrows(Invalid.class, () -> put(kept(Map.of("kind", "brakes")))).key());
        assertEquals("attribute.number", assertThrows(Invalid.class, () -> put(kept(Map.of("hours", "two")))).key());
    }

    @Test @DisplayName("A choice that is no longer offered stays where it was made, and is not taken anew")
    void keepsAChoiceThatIsNoLongerOffered() {
        put(kept(Map.of("kind", "oil")));
        jdbi.useHandle(h -> h.execute("update attribute set choices = '[{\"code\": \"tyres\", \"fr\": \"Pneus\", \"en\": \"Tyres\"}]' where code = 'kind'"));
        Map<String, Object> kept = put(kept(Map.of("kind", "oil"))).appointment().attributes();
        assertEquals(Map.of("kind", "oil"), kept);
        AttributeForm form = AttributeForm.of(new Attributes(jdbi).of(Attribute.Owner.APPOINTMENT), kept);
        assertEquals(List.of("tyres", "oil"), form.getEntries().get(0).getChoices().stream().map(Attribute.Choice::code).toList());
        assertEquals("oil", form.said().get("kind"), "saving a form that nobody touched changes nothing");
        put(kept(Map.of("kind", "tyres")));
        assertEquals("choice.unknown", assertThrows(Invalid.class, () -> put(kept(Map.of("kind", "oil")))).key());
    }

    @Test @DisplayName("REL-43: when the zone changes, the instants follow the wall time")
    void followsTheZone() {
        put(booked(TUESDAY).withTimes(TUESDAY, TUESDAY.plusMinutes(30)));
        jdbi.useTransaction(h -> new StartTimes(jdbi).derive(location, ZoneId.of("Europe/Paris")));
        assertEquals(1L, id("select count(*) from appointment where start_at = '2026-11-24T08:00Z' and end_at = '2026-11-24T08:30Z'"));
        put(booked(TUESDAY.plusHours(1)));
        jdbi.useTransaction(h -> h.execute("update appointment set end_local = null, end_at = null"));
        jdbi.useTransaction(h -> new StartTimes(jdbi).derive(location, ZoneId.of("Asia/Kolkata")));
        assertEquals(1L, id("select count(*) from appointment where start_at = '2026-11-24T04:30Z' and end_at is null"));
    }

    @Test void belongsToItsLocationAlone() {
        long id = put(booked(TUESDAY)).appointment().id();
        assertTrue(assertThrows(Invalid.class, () -> does(d -> d.cancel(Scope.nothing(), id, SYSTEM))).isUnknown());
    }
}
