package org.carillon.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.carillon.TestDatabase;
import org.carillon.TestEntities;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Attributes;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two who change one customer: neither overwrites what the other did unseen, and neither fails for it. */
@Timeout(60)
class MeanwhileTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final TestEntities ENTITIES = new TestEntities(DATABASE);
    private static final Actor SYSTEM = Actor.system("dms");
    private static final VehicleState CAR = car("JM3KFBDM1K0000000");

    private final Customers customers = new Customers();
    private final Locations locations = new Locations();
    private Jdbi jdbi;
    private CustomerDesk desk;
    private long location;
    private long id;

    @BeforeEach void open() {
        jdbi = DATABASE.emptied().jdbi();
        desk = new CustomerDesk(customers, locations, null, new Attributes(jdbi), new ApplicationClock(jdbi));
        location = jdbi.withHandle(h -> h.createQuery("insert into location (code, name, zone, country, language) "
            + "values ('MTL', 'Montréal', 'America/Toronto', 'CA', 'fr') returning id").mapTo(Long.class).one());
        id = put(state("Anne Roy", "514 555-0100", true, CAR));
    }

    private static VehicleState car(String vin) { return new VehicleState(null, "V-1", Given.of("Mazda"), Given.of("CX-5"), Given.of(2019), Given.of(vin), Given.absent()); }

    private CustomerState state(String name, String phone, Boolean mobile, VehicleState car) {
        return new CustomerState(Given.of(location), Given.of(name), Given.absent(), Given.absent(), Given.absent(), Given.of(List.of(new PhoneState(phone, mobile))),
            Given.absent(), Given.of(List.of(car)), null);
    }

    private long put(CustomerState state) { return ENTITIES.call(() -> desk.put(Scope.everything(), "C-1", state, SYSTEM), customers, locations).customer().id(); }

    private void save(int shown, String name) {
        ENTITIES.call(() -> desk.save(Scope.everything(), id, shown, state(name, "514 555-0100", true, CAR), Actor.staff("Luc")), customers, locations);
    }

    private int version() { return jdbi.withHandle(h -> h.createQuery("select version from customer where id = ?").bind(0, id).mapTo(Integer.class).one()); }

    private String name() { return jdbi.withHandle(h -> h.createQuery("select name from customer where id = ?").bind(0, id).mapTo(String.class).one()); }

    @Test void aFormDoesNotOverwriteWhatItNeverShowed() {
        int shown = version();
        put(state("Anne Roy-Gagnon", "514 555-0100", true, CAR));
        Invalid refusal = assertThrows(Invalid.class, () -> save(shown, "Anna Roy"));
        assertEquals("changed.meanwhile", refusal.key());
        assertEquals("Anne Roy-Gagnon", name());
        save(version(), "Anna Roy");
        assertEquals("Anna Roy", name());
    }

    @Test void aNumberOrAVehicleIsAChangeOfTheCustomerAndARepetitionIsNone() {
        int first = version();
        put(state("Anne Roy", "514 555-0100", true, CAR));
        assertEquals(first, version(), "a repeated call");
        put(state("Anne Roy", "514 555-0100", false, CAR));
        int second = version();
        assertTrue(second > first, "no longer a mobile");
        put(state("Anne Roy", "514 555-0100", false, car("JM3KFBDM1K0000001")));
        assertTrue(version() > second, "another identification number");
    }

    @Test void aShopSystemWaitsForAnotherChangeInsteadOfFailing() throws Exception {
        CompletableFuture<Long> put;
        try (Handle other = jdbi.open()) {
            other.begin();
            other.execute("update customer set name = 'Anna Roy', version = version + 1 where id = ?", id);
            put = CompletableFuture.supplyAsync(() -> put(state("Anne Roy-Gagnon", "514 555-0100", true, CAR)));
            while (DATABASE.owner().withHandle(h -> h.createQuery("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                .mapTo(Integer.class).one()) == 0) {
                Thread.onSpinWait();
            }
            other.commit();
        }
        put.get(20, TimeUnit.SECONDS);
        assertEquals("Anne Roy-Gagnon", name());
    }
}
