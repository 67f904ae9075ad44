package org.carillon.repair;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventType;
import org.carillon.fact.Invalid;
import org.carillon.fact.SearchText;
import org.carillon.fact.Subject;

/**
 * Somebody who asks and may become a customer's order: opened, moved from status to status, and won (it becomes one work order, once) or lost.
 * Told a new state it derives what happened; a repeated state is no event. Its history stays its own and is shown with the order's (B-28).
 */
@Entity @Table(name = "lead")
public class Lead {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "lead")
    @SequenceGenerator(name = "lead", sequenceName = "lead_id_seq", allocationSize = 1)
    private Long id;
    @Column(name = "location_id")
    private long locationId;
    @Column(name = "customer_id")
    private long customerId;
    private String source;
    private String ref;
    private String status;
    @Enumerated(EnumType.STRING) @Column(name = "status_group")
    private LeadGroup group;
    @Column(name = "object_label")
    private String object = "";
    private String note = "";
    @Column(name = "order_id")
    private Long orderId;
    @Column(name = "status_changed_at")
    private Instant statusChangedAt;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "search_text")
    private String searchText = "";
    @Version
    private int version;

    protected Lead() { }

    static Lead open(String source, String ref, long locationId, long customerId, Instant now) {
        Lead lead = new Lead();
        lead.source = source;
        lead.ref = ref;
        lead.locationId = locationId;
        lead.customerId = customerId;
        lead.createdAt = now;
        return lead;
    }

    /** What the lead was before it was told something. */
    record Before(boolean fresh, String status) { }

    Before before() { return new Before(id == null, status); }

    /** Takes over what was said; the status comes already judged. Call {@link #happened} after it was stored. */
    void become(LeadState said, LeadStatus next, Instant now) {
        locationId = said.location().or(locationId, () -> locationId);
        customerId = said.customer().or(customerId, () -> customerId);
        object = said.object().or(object, () -> "");
        note = said.note().or(note, () -> "");
        searchText = SearchText.of(ref, object);
        reach(next, now);
    }

    private void reach(LeadStatus next, Instant now) {
        if (!next.code().equals(status)) {
            status = next.code();
            group = next.group();
            statusChangedAt = now;
        }
    }

    /** What happened between then and now, in order. */
    List<BusinessEvent> happened(Before before, boolean silent, String actor, Instant now) {
        if (before.fresh()) {
            return List.of(event(EventType.LEAD_CREATED, now, actor, silent, Map.of("status", status)));
        }
        return status.equals(before.status()) ? List.of()
            : List.of(event(EventType.LEAD_STATUS_CHANGED, now, actor, silent, Map.of("from", before.status(), "to", status)));
    }

    /**
     * It has become an order: once, and for good.
     *
     * @param won the status that says so, null where the company has none
     */
    List<BusinessEvent> convert(WorkOrder order, LeadStatus won, boolean silent, String actor, Instant now) {
        if (orderId != null) {
            throw new Invalid("lead", "lead.converted", ref);
        }
        Before before = before();
        orderId = order.id();
        if (won != null && group != LeadGroup.WON) {
            reach(won, now);
        }
        List<BusinessEvent> events = new ArrayList<>();
        events.add(event(EventType.LEAD_CONVERTED, now, actor, silent, Map.of("order", order.number())));
        events.addAll(happened(before, silent, actor, now));
        return events;
    }

    private BusinessEvent event(EventType type, Instant now, String actor, boolean silent, Map<String, String> data) {
        return new BusinessEvent(type, Subject.lead(id), locationId, customerId, now, actor, silent, status, data);
    }

    public Long id() { return id; }
    public long locationId() { return locationId; }
    public long customerId() { return customerId; }
    public String source() { return source; }
    public String ref() { return ref; }
    public String status() { return status; }
    public LeadGroup group() { return group; }
    public String object() { return object; }
    public String note() { return note; }
    /** The work order it became, null where it has not. */
    public Long orderId() { return orderId; }
    public Instant statusChangedAt() { return statusChangedAt; }
    public Instant createdAt() { return createdAt; }
    public int version() { return version; }
}
