package org.carillon.billing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventType;
import org.carillon.fact.Subject;

/** A vehicle sold to a customer, and handed over on a day that may still be open. Told once it is recorded; told again it is corrected, which is no event. */
@Entity @Table(name = "sale")
public class Sale {

    /** Handed over this long before we first hear of it, it is history, not news: it is recorded silently. */
    static final Duration NEWS = Duration.ofHours(24);

    public enum Condition { NEW, USED }

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "sale")
    @SequenceGenerator(name = "sale", sequenceName = "sale_id_seq", allocationSize = 1)
    private Long id;
    @Column(name = "location_id")
    private long locationId;
    @Column(name = "customer_id")
    private long customerId;
    private String source;
    private String ref;
    @Column(name = "vehicle_make")
    private String make = "";
    @Column(name = "vehicle_model")
    private String model = "";
    @Column(name = "vehicle_year")
    private Integer year;
    @Column(name = "vehicle_id")
    private Long vehicleId;
    @Enumerated(EnumType.STRING) @Column(name = "vehicle_condition")
    private Condition condition;
    @Column(name = "delivered_on")
    private LocalDate deliveredOn;
    @Column(name = "user_reference")
    private String userReference = "";
    @Column(name = "created_at")
    private Instant createdAt;
    @Version
    private int version;

    protected Sale() { }

    static Sale record(String source, String ref, long locationId, long customerId, Instant now) {
        Sale sale = new Sale();
        sale.source = source;
        sale.ref = ref;
        sale.locationId = locationId;
        sale.customerId = customerId;
        sale.createdAt = now;
        return sale;
    }

    boolean isFresh() { return id == null; }

    /** Takes over what was said. */
    void become(SaleState said) {
        locationId = said.location().or(locationId, () -> locationId);
        customerId = said.customer().or(customerId, () -> customerId);
        make = said.make().or(make, () -> "");
        model = said.model().or(model, () -> "");
        year = said.year().or(year);
        condition = said.condition().or(condition);
        deliveredOn = said.deliveredOn().or(deliveredOn);
        userReference = said.userReference().or(userReference, () -> "");
    }

    /** The customer's own row of it, null where there is none. */
    void isOf(Long vehicle) { vehicleId = vehicle; }

    /** @param zone the location's, in which the day of the delivery ends */
    BusinessEvent recorded(boolean quiet, ZoneId zone, String actor, Instant now) {
        boolean history = deliveredOn != null && deliveredOn.plusDays(1).atStartOfDay(zone).toInstant().isBefore(now.minus(NEWS));
        return new BusinessEvent(EventType.SALE_RECORDED, Subject.sale(id), locationId, customerId, now, actor, quiet || history, quiet, null, Map.of("vehicle", label()));
    }

    public String label() { return String.join(" ", List.of(make, model, year == null ? "" : year.toString()).stream().filter(s -> !s.isEmpty()).toList()); }

    public Long id() { return id; }
    public long locationId() { return locationId; }
    public long customerId() { return customerId; }
    public String source() { return source; }
    public String ref() { return ref; }
    public String make() { return make; }
    public String model() { return model; }
    public Integer year() { return year; }
    public Long vehicleId() { return vehicleId; }
    public Condition condition() { return condition; }
    public LocalDate deliveredOn() { return deliveredOn; }
    public String userReference() { return userReference; }
}
