package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.fact.AttributeJson;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** One customer with contacts, vehicles, attributes and the whole history of consent. */
@ApplicationScoped
public class CustomerCard {

    public record Person(long id, long locationId, String location, String zone, String country, String name, String firstName, String lastName, String language,
                         boolean smsConsent, boolean emailConsent, boolean marketingConsent, Instant impliedUntil, Instant createdAt, int version, Instant erasedAt) { }

    /** @param problem why it takes no SMS, null where it does; {@code usable} whether it can be called at all; {@code stopped} the reason of an active suppression, {@code stopScope} MARKETING where it stops offers only */
    public record Phone(String raw, boolean usable, boolean smsAble, String problem, String stopped, Instant stoppedAt, String stopScope) {

        public boolean stoppedWhole() { return "ALL".equals(stopScope); }
    }

    public record Email(String raw, boolean usable, String problem, String stopped, Instant stoppedAt, String stopScope) {

        public boolean stoppedWhole() { return "ALL".equals(stopScope); }
    }

    public record Vehicle(long id, String ref, String make, String model, Integer year, String vin, String plate) { }

    /** One statement: who said what, when, how and in which words. */
    public record Statement(String purpose, boolean granted, Instant at, String zone, Instant recordedAt, String how, String basis, String wording, String language, String actor, Instant until) { }

    public record Card(Person person, List<Phone> phones, List<Email> emails, List<Vehicle> vehicles, List<Statement> statements, Map<String, Object> values) {

        /** The statement that counts, null where nothing was ever said. */
        public Statement last(String purpose) { return statements.stream().filter(s -> s.purpose().equals(purpose)).findFirst().orElse(null); }
    }

    private final Jdbi jdbi;

    protected CustomerCard() { this(null); }

    @Inject
    public CustomerCard(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Empty for a customer who is neither at home nor has an order in the scope. */
    public Optional<Card> find(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery("select c.id, c.location_id, l.name location, l.zone, l.country, c.name, c.first_name, c.last_name, c.language, c.sms_consent, "
                + "c.email_consent, c.marketing_consent, case when l.country = 'CA' and co.implied_consent then c.implied_until end implied_until, c.created_at, c.version, c.erased_at from customer c join location l on l.id = c.location_id left join company co on true where c.id = :id and " + CustomerList.VISIBLE)
            .bind("id", id).bind("all", scope.all()).bind("locations", scope.ids()).map(ConstructorMapper.of(Person.class)).findOne()
            .map(person -> new Card(person, phones(h, id), emails(h, id), vehicles(h, id), statements(h, id), values(h, id))));
    }

    private static Map<String, Object> values(Handle h, long id) {
        return AttributeJson.values(h.createQuery("select attributes::text from customer where id = :id").bind("id", id).mapTo(String.class).one());
    }

    private static List<Phone> phones(Handle h, long id) {
        return h.createQuery("select p.raw, p.e164 is not null usable, p.sms_able, p.problem, s.reason stopped, s.at stopped_at, s.scope stop_scope from customer_phone p "
                + "left join suppression s on s.channel = 'SMS' and s.address = p.e164 and s.released_at is null where p.customer_id = :id order by p.position")
            .bind("id", id).map(ConstructorMapper.of(Phone.class)).list();
    }

    private static List<Email> emails(Handle h, long id) {
        return h.createQuery("select e.raw, e.address is not null usable, e.problem, s.reason stopped, s.at stopped_at, s.scope stop_scope from customer_email e "
                + "left join suppression s on s.channel = 'EMAIL' and s.address = lower(e.address) and s.released_at is null where e.customer_id = :id order by e.position")
            .bind("id", id).map(ConstructorMapper.of(Email.class)).list();
    }

    private static List<Vehicle> vehicles(Handle h, long id) {
        return h.createQuery("select id, ref, make, model, year, vin, plate from vehicle where customer_id = :id order by id").bind("id", id)
            .map(ConstructorMapper.of(Vehicle.class)).list();
    }

    private static List<Statement> statements(Handle h, long id) {
        return h.createQuery("select purpose, granted, at, zone, recorded_at, how, basis, wording, language, actor, until from consent_event where customer_id = :id order by at desc, id desc")
            .bind("id", id).map(ConstructorMapper.of(Statement.class)).list();
    }
}
