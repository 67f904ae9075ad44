package org.carillon.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.carillon.TestDatabase;
import org.carillon.TestEntities;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Attributes;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerDeskTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final TestEntities ENTITIES = new TestEntities(DATABASE);
    private static final Actor SYSTEM = Actor.system("test");

    private final Customers customers = new Customers();
    private final Locations locations = new Locations();
    private Jdbi jdbi;
    private CustomerDesk desk;
    private long location;

    @BeforeEach void open() {
        jdbi = DATABASE.emptied().jdbi();
        desk = new CustomerDesk(customers, locations, null, new Attributes(jdbi), new ApplicationClock(jdbi));
        location = jdbi.withHandle(h -> h.createQuery("insert into location (code, name, zone, country, language) "
            + "values ('MTL', 'Montréal', 'America/Toronto', 'CA', 'fr') returning id").mapTo(Long.class).one());
    }

    private CustomerState state(PhoneState... phones) {
        return new CustomerState(Given.of(location), Given.of("Anne Roy"), Given.absent(), Given.absent(), Given.absent(), Given.of(List.of(phones)),
            Given.absent(), Given.absent(), null);
    }

    private CustomerDesk.Outcome put(PhoneState... phones) {
        return ENTITIES.call(() -> desk.put(Scope.everything(), "C-1", state(phones), SYSTEM), customers, locations);
    }

    private CustomerDesk.Outcome save(long id, PhoneState... phones) {
        return ENTITIES.call(() -> desk.save(Scope.everything(), id, state(phones), Actor.staff("Luc")), customers, locations);
    }

    private List<String> stored() {
        return jdbi.withHandle(h -> h.createQuery("select raw || ' ' || coalesce(problem, 'SMS') from customer_phone order by position").mapTo(String.class).list());
    }

    private static List<String> keys(CustomerDesk.Outcome outcome) { return outcome.warnings().stream().map(Invalid::key).toList(); }

    private void refusedTwice(String e164) {
        jdbi.useHandle(h -> h.execute("update customer_phone set sms_able = false, problem = 'NUMBER_UNUSABLE' where e164 = ?", e164));
    }

    @Test void aNumberMarkedBadByTheProviderStaysMarkedWhileItIsTheSameNumber() {
        PhoneState phone = new PhoneState("514 555-0100", true);
        put(phone);
        assertEquals(List.of("514 555-0100 SMS"), stored());
        refusedTwice("+15145550100");
        assertEquals(List.of("phone.NUMBER_UNUSABLE"), keys(put(phone)), "a repeated call changes nothing");
        long id = put(new PhoneState("(514) 555-0100", null), new PhoneState("514 555-0101", null)).customer().id();
        assertEquals(List.of("(514) 555-0100 NUMBER_UNUSABLE", "514 555-0101 SMS"), stored());
        assertEquals(List.of("phone.NUMBER_UNUSABLE"), keys(save(id, phone)));
        put(new PhoneState("514 555-0100", false));
        assertEquals(List.of("514 555-0100 NUMBER_UNUSABLE"), stored(), "a statement about the handset lifts nothing");
    }

    @Test void aNumberTakenOffAndGivenAgainIsTriedAgain() {
        put(new PhoneState("514 555-0100", true));
        refusedTwice("+15145550100");
        put();
        assertEquals(List.of(), keys(put(new PhoneState("514 555-0100", true))));
        assertEquals(List.of("514 555-0100 SMS"), stored());
    }

    @Test void everyReasonOfANumberCanBeReadBack() {
        for (PhoneProblem problem : PhoneProblem.values()) {
            put(new PhoneState("514 555-0100", true));
            jdbi.useHandle(h -> h.execute("update customer_phone set sms_able = false, problem = ?", problem.name()));
            assertEquals(Stream.of(problem).toList(), ENTITIES.call(() -> customers.byRef("test", "C-1").orElseThrow().phones().stream().map(Phone::problem).toList(),
                customers));
            put();
        }
    }
}
