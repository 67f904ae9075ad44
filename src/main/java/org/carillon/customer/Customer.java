package org.carillon.customer;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.fact.AttributeValuesConverter;
import org.carillon.fact.SearchText;

/**
 * A person or firm the shop works for. Home is a location: it gives the country of national numbers, the zone, and (besides every location
 * where the customer has an order) who may see the card. Reachable only through a usable contact and recorded consent.
 */
@Entity @Table(name = "customer")
public class Customer {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "customer")
    @SequenceGenerator(name = "customer", sequenceName = "customer_id_seq", allocationSize = 50)
    private Long id;
    @Column(name = "location_id")
    private long locationId;
    private String source;
    private String ref;
    private String name;
    @Column(name = "first_name")
    private String firstName = "";
    @Column(name = "last_name")
    private String lastName = "";
    private String language;
    @Column(name = "sms_consent", insertable = false, updatable = false)
    private boolean smsConsent;
    @Column(name = "email_consent", insertable = false, updatable = false)
    private boolean emailConsent;
    @Column(name = "marketing_consent", insertable = false, updatable = false)
    private boolean marketingConsent;
    @Convert(converter = AttributeValuesConverter.class)
    private Map<String, Object> attributes = Map.of();
    @Column(name = "search_text")
    private String searchText;
    @Column(name = "created_at")
    private Instant createdAt;
    @OneToMany(mappedBy = "customer", cascade = CascadeType.ALL, orphanRemoval = true) @OrderBy("position")
    private List<Phone> phones = new ArrayList<>();
    @OneToMany(mappedBy = "customer", cascade = CascadeType.ALL, orphanRemoval = true) @OrderBy("position")
    private List<Email> emails = new ArrayList<>();
    @OneToMany(mappedBy = "customer", cascade = CascadeType.ALL, orphanRemoval = true) @OrderBy("id")
    private List<Vehicle> vehicles = new ArrayList<>();
    @Version
    private int version;

    protected Customer() { }

    static Customer register(String source, String ref, long locationId, String language, Instant now) {
        Customer customer = new Customer();
        customer.source = source;
        customer.ref = ref;
        customer.locationId = locationId;
        customer.language = language;
        customer.createdAt = now;
        return customer;
    }

    /**
     * Takes over what was said; numbers and addresses come parsed, in the order of the statement, attributes judged. Returns whether contacts or vehicles changed, which
     * have rows of their own and move no version by themselves.
     */
    boolean become(CustomerState state, List<PhoneNumber> numbers, List<EmailAddress> addresses, Map<String, Object> judged) {
        List<Object> before = belongings();
        locationId = state.location().or(locationId, () -> locationId);
        firstName = state.firstName().or(firstName, () -> "");
        lastName = state.lastName().or(lastName, () -> "");
        name = state.name().or(name, () -> "");
        if (name == null || name.isBlank()) {
            name = (firstName + " " + lastName).strip();
        }
        language = state.language().or(language, () -> language);
        attributes = judged;
        if (state.phones().present() && !same(numbers, phones, p -> List.of(p.raw(), Objects.toString(p.e164(), ""), p.smsAble()),
                n -> List.of(n.raw(), Objects.toString(n.e164(), ""), n.smsAble()))) {
            phones.clear();
            numbers.forEach(n -> phones.add(Phone.of(this, phones.size(), n)));
        }
        if (state.emails().present() && !same(addresses, emails, Email::raw, EmailAddress::raw)) {
            emails.clear();
            addresses.forEach(a -> emails.add(Email.of(this, emails.size(), a)));
        }
        if (state.vehicles().present()) {
            become(state.vehicles().or(List.of(), List::of));
        }
        searchText = SearchText.of(Stream.of(Stream.of(name, firstName, lastName, ref), phones.stream().flatMap(p -> Stream.of(digits(p.raw()), Objects.toString(p.e164(), ""))),
            emails.stream().map(Email::raw), vehicles.stream().flatMap(v -> Stream.of(v.label(), v.plate()))).flatMap(s -> s).toArray(String[]::new));
        return !before.equals(belongings());
    }

    private List<Object> belongings() {
        return Stream.of(phones.stream().map(p -> List.of(p.raw(), Objects.toString(p.e164(), ""), p.smsAble())), emails.stream().map(Email::raw), vehicles.stream().map(Vehicle::said))
            .<Object>flatMap(s -> s).toList();
    }

    /** E.164 numbers that a provider refused as such. */
    Set<String> refusedNumbers() {
        return phones.stream().filter(p -> p.problem() == PhoneProblem.NUMBER_UNUSABLE).map(Phone::e164).collect(Collectors.toSet());
    }

    private void become(List<VehicleState> states) {
        List<Vehicle> unnamed = new ArrayList<>(vehicles);
        unnamed.removeIf(v -> states.stream().anyMatch(v::isNamedBy));
        for (VehicleState state : states) {
            Vehicle meant = vehicles.stream().filter(v -> v.isNamedBy(state)).findFirst()
                .or(() -> unnamed.stream().filter(v -> v.looksLike(state)).findFirst()).orElse(null);
            unnamed.remove(meant);
            if (meant == null) {
                vehicles.add(Vehicle.of(this, state));
            } else {
                meant.become(state);
            }
        }
        vehicles.removeAll(unnamed);
    }

    private static <A, B> boolean same(List<A> told, List<B> kept, Function<B, Object> ofKept, Function<A, Object> ofTold) {
        return told.stream().map(ofTold).toList().equals(kept.stream().map(ofKept).toList());
    }

    private static String digits(String raw) { return raw.replaceAll("\\D", ""); }

    public Long id() { return id; }
    public long locationId() { return locationId; }
    public String source() { return source; }
    public String ref() { return ref; }
    public String name() { return name; }
    public String firstName() { return firstName; }
    public String lastName() { return lastName; }
    public String language() { return language; }
    public boolean accepts(ConsentPurpose purpose) {
        return switch (purpose) { case SMS -> smsConsent; case EMAIL -> emailConsent; case MARKETING -> marketingConsent; };
    }
    public Map<String, Object> attributes() { return Map.copyOf(attributes); }
    public List<Phone> phones() { return List.copyOf(phones); }
    public List<Email> emails() { return List.copyOf(emails); }
    public List<Vehicle> vehicles() { return List.copyOf(vehicles); }
    public int version() { return version; }
}
