package org.carillon.booking;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
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
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.fact.AttributeValuesConverter;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventType;
import org.carillon.fact.Invalid;
import org.carillon.fact.SearchText;
import org.carillon.fact.Subject;
import org.carillon.shop.WallTime;

/**
 * A customer who is expected at a date and time of the location's: booked, perhaps moved and confirmed, then done; or cancelled, or missed. Told a
 * new state it derives what happened; a repeated state is no event. Moved by somebody it is rescheduled, and to be confirmed again.
 */
@Entity @Table(name = "appointment")
public class Appointment {

    /** Booked this long before we first hear of it, it is history, not news: it is recorded silently. So is what already lies behind. */
    static final Duration NEWS = Duration.ofHours(24);

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "appointment")
    @SequenceGenerator(name = "appointment", sequenceName = "appointment_id_seq", allocationSize = 1)
    private Long id;
    @Column(name = "location_id")
    private long locationId;
    @Column(name = "customer_id")
    private long customerId;
    private String source;
    private String ref;
    @Enumerated(EnumType.STRING)
    private AppointmentStatus status;
    @Column(name = "start_local")
    private LocalDateTime startLocal;
    @Column(name = "start_at")
    private Instant startAt;
    @Column(name = "end_local")
    private LocalDateTime endLocal;
    @Column(name = "end_at")
    private Instant endAt;
    @Column(name = "booked_at")
    private Instant bookedAt;
    @Column(name = "vehicle_id")
    private Long vehicleId;
    @Column(name = "user_reference")
    private String userReference = "";
    @Column(name = "object_label")
    private String object = "";
    private String note = "";
    @Convert(converter = AttributeValuesConverter.class)
    private Map<String, Object> attributes = Map.of();
    @Column(name = "status_changed_at")
    private Instant statusChangedAt;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "search_text")
    private String searchText = "";
    @Version
    private int version;

    protected Appointment() { }

    static Appointment book(String source, String ref, long locationId, long customerId, Instant now) {
        Appointment appointment = new Appointment();
        appointment.source = source;
        appointment.ref = ref;
        appointment.locationId = locationId;
        appointment.customerId = customerId;
        appointment.bookedAt = now;
        appointment.createdAt = now;
        return appointment;
    }

    /** What the appointment was before it was told something. */
    record Before(boolean fresh, AppointmentStatus status, LocalDateTime start) { }

    Before before() { return new Before(id == null, status, startLocal); }

    /** Takes over what was said; the attributes come judged. Call {@link #happened} after it was stored. */
    void become(AppointmentState said, Map<String, Object> judged, ZoneId zone, Instant now) {
        locationId = said.location().or(locationId, () -> locationId);
        customerId = said.customer().or(customerId, () -> customerId);
        bookedAt = said.bookedAt().or(bookedAt, () -> createdAt);
        vehicleId = said.vehicleId().or(vehicleId);
        userReference = said.userReference().or(userReference, () -> "");
        object = said.object().or(object, () -> "");
        note = said.note().or(note, () -> "");
        attributes = judged;
        AppointmentStatus usual = status == null ? AppointmentStatus.BOOKED : status.live() && said.start().changes(startLocal) ? AppointmentStatus.RESCHEDULED : status;
        schedule(said, zone);
        AppointmentStatus next = said.status().or(usual, () -> AppointmentStatus.BOOKED);
        if (next != status) {
            status = next;
            statusChangedAt = now;
        }
        searchText = SearchText.of(ref, object, note);
    }

    /** An end that is not told moves along with the start. */
    private void schedule(AppointmentState said, ZoneId zone) {
        LocalDateTime start = said.start().or(startLocal);
        if (start == null) {
            throw new Invalid("startAt", "required");
        }
        LocalDateTime end = said.end().or(endLocal == null ? null : start.plus(Duration.between(startLocal, endLocal)));
        if (end != null && end.isBefore(start)) {
            throw new Invalid("endAt", "appointment.end");
        }
        startLocal = start;
        startAt = WallTime.at(start, zone);
        endLocal = end;
        endAt = end == null ? null : WallTime.at(end, zone);
    }

    /** What a person does with it, by {@link AppointmentStatus#next}. */
    void judgeNext(AppointmentStatus next, Instant now) {
        if (next == status) {
            return;
        }
        if (!status.next().contains(next)) {
            throw new Invalid("status", "appointment.status." + status);
        }
        if (next == AppointmentStatus.MISSED && startAt.isAfter(now)) {
            throw new Invalid("status", "appointment.notYet");
        }
    }

    /** What happened between then and now, in order. One that is booked anew after it was cancelled or missed is booked; what moves meanwhile is nobody's news. */
    List<BusinessEvent> happened(Before before, boolean quiet, String actor, Instant now) {
        if (before.fresh()) {
            boolean history = bookedAt.isBefore(now.minus(NEWS)) || startAt.isBefore(now) || !status.live();
            return List.of(new BusinessEvent(EventType.APPOINTMENT_BOOKED, Subject.appointment(id), locationId, customerId, now, actor, quiet || history, quiet, status.name(),
                Map.of("start", startLocal.toString(), "status", status.name())));
        }
        boolean wasLive = before.status().live();
        List<BusinessEvent> events = new ArrayList<>();
        if (wasLive && status.live() && !startLocal.equals(before.start())) {
            events.add(event(EventType.APPOINTMENT_MOVED, now, actor, quiet, Map.of("from", before.start().toString(), "to", startLocal.toString())));
        }
        if (status != before.status()) {
            Map<String, String> change = Map.of("from", before.status().name(), "to", status.name());
            if (!wasLive && before.status() != AppointmentStatus.DONE && status.live()) {
                events.add(event(EventType.APPOINTMENT_BOOKED, now, actor, quiet, Map.of("start", startLocal.toString(), "status", status.name())));
            }
            switch (status) {
                case CANCELLED -> events.add(event(EventType.APPOINTMENT_CANCELLED, now, actor, quiet, change));
                case CONFIRMED -> events.add(event(EventType.APPOINTMENT_CONFIRMED, now, actor, quiet, change));
                case MISSED -> events.add(event(EventType.APPOINTMENT_MISSED, now, actor, quiet, change));
                default -> { }
            }
        }
        return events;
    }

    private BusinessEvent event(EventType type, Instant now, String actor, boolean silent, Map<String, String> data) {
        return new BusinessEvent(type, Subject.appointment(id), locationId, customerId, now, actor, silent, status.name(), data);
    }

    public Long id() { return id; }
    public long locationId() { return locationId; }
    public long customerId() { return customerId; }
    public String source() { return source; }
    public String ref() { return ref; }
    public AppointmentStatus status() { return status; }
    public LocalDateTime startLocal() { return startLocal; }
    public Instant startAt() { return startAt; }
    public LocalDateTime endLocal() { return endLocal; }
    public Instant endAt() { return endAt; }
    public Instant bookedAt() { return bookedAt; }
    public Long vehicleId() { return vehicleId; }
    public String userReference() { return userReference; }
    public String object() { return object; }
    public String note() { return note; }
    public Map<String, Object> attributes() { return Map.copyOf(attributes); }
    public int version() { return version; }
}
