package org.carillon.repair;

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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.carillon.fact.BusinessEvent;
import org.carillon.fact.EventType;
import org.carillon.fact.Given;
import org.carillon.fact.SearchText;
import org.carillon.fact.Subject;
import org.carillon.shop.WallTime;

/**
 * A work order (or estimate) on its way through the shop: opened, moved from status to status, due at a local date and time that may move, closed
 * or cancelled. Told a new state it derives what happened: a creation, a change of status, a moved due date, a closing. A repeated state is no event.
 */
@Entity @Table(name = "work_order")
public class WorkOrder {

    /** An order first heard of this long after it was opened is history, not news: it is recorded silently. */
    static final Duration NEWS = Duration.ofHours(24);

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "work_order")
    @SequenceGenerator(name = "work_order", sequenceName = "work_order_id_seq", allocationSize = 1)
    private Long id;
    @Column(name = "location_id")
    private long locationId;
    @Column(name = "customer_id")
    private long customerId;
    private String source;
    private String ref;
    @Enumerated(EnumType.STRING)
    private OrderKind kind = OrderKind.WORK_ORDER;
    @Column(name = "order_type")
    private String type;
    private String status;
    @Enumerated(EnumType.STRING) @Column(name = "status_group")
    private StatusGroup group;
    @Column(name = "status_code")
    private String statusCode = "";
    @Column(name = "vehicle_id")
    private Long vehicleId;
    @Column(name = "object_label")
    private String object = "";
    private String reference = "";
    @Column(name = "user_reference")
    private String userReference = "";
    @Column(name = "customer_sale")
    private BigDecimal customerSale;
    @Column(name = "warranty_sale")
    private BigDecimal warrantySale;
    private BigDecimal total;
    @Convert(converter = OrderLinesConverter.class)
    private List<OrderLine> lines = new ArrayList<>();
    @Column(name = "due_local")
    private LocalDateTime dueLocal;
    @Column(name = "due_at")
    private Instant dueAt;
    @Column(name = "opened_at")
    private Instant openedAt;
    @Column(name = "closed_at")
    private Instant closedAt;
    @Column(name = "status_changed_at")
    private Instant statusChangedAt;
    /** Local days on which our status and the shop system's code were reached, each for itself: what makes the order an occasion anew. */
    @Column(name = "status_day")
    private String statusDay = "";
    @Column(name = "code_day")
    private String codeDay = "";
    @Column(name = "last_time")
    private Instant lastTime;
    @Column(name = "touched_at")
    private Instant touchedAt;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "search_text")
    private String searchText = "";
    @Version
    private int version;

    protected WorkOrder() { }

    static WorkOrder open(String source, String ref, long locationId, long customerId, Instant now) {
        WorkOrder order = new WorkOrder();
        order.source = source;
        order.ref = ref;
        order.locationId = locationId;
        order.customerId = customerId;
        order.openedAt = now;
        order.createdAt = now;
        return order;
    }

    /** What the order was before it was told something. */
    record Before(boolean fresh, String status, LocalDateTime due, long locationId, long customerId) { }

    Before before() { return new Before(id == null, status, dueLocal, locationId, customerId); }

    /** Takes over what was said; type and status come already judged (null = unchanged). Call {@link #happened} after it was stored. */
    void become(OrderState said, OrderType type, OrderStatus next, ZoneId zone, Instant now) {
        List<Object> face = face();
        String code = statusCode;
        locationId = said.location().or(locationId, () -> locationId);
        customerId = said.customer().or(customerId, () -> customerId);
        kind = said.kind().or(kind, () -> OrderKind.WORK_ORDER);
        this.type = type == null ? this.type : type.code();
        statusCode = said.statusCode().or(statusCode, () -> "");
        vehicleId = said.vehicleId().or(vehicleId);
        object = said.object().or(object, () -> "");
        reference = said.reference().or(reference, () -> "");
        userReference = said.userReference().or(userReference, () -> "");
        customerSale = said.customerSale().or(customerSale);
        warrantySale = said.warrantySale().or(warrantySale);
        total = said.total().or(total);
        lines = said.lines().or(lines, List::of);
        openedAt = said.openedAt().or(openedAt, () -> openedAt);
        dueLocal = said.due().or(dueLocal);
        dueAt = dueLocal == null ? null : WallTime.at(dueLocal, zone);
        boolean wasClosed = group == StatusGroup.CLOSED;
        boolean moved = next != null && !next.code().equals(status);
        boolean recoded = !statusCode.equals(code);
        if (moved) {
            status = next.code();
            group = next.group();
        }
        if (moved || recoded) {  // the shop system's own code is a status too (A-15e)
            statusChangedAt = said.statusChangedAt().or(now, () -> now);
            String day = statusChangedAt.atZone(zone).toLocalDate().toString();
            statusDay = moved ? day : statusDay;
            codeDay = recoded ? day : codeDay;
        }
        closedAt = said.closedAt().or(wasClosed && group != StatusGroup.CLOSED ? null : closedAt);
        if (group == StatusGroup.CLOSED && closedAt == null) {
            closedAt = statusChangedAt;
        }
        lastTime = List.of(openedAt, statusChangedAt, closedAt == null ? openedAt : closedAt).stream().max(Instant::compareTo).orElseThrow();
        searchText = SearchText.of(ref, reference, object);
        touchedAt = touchedAt == null ? lastTime : face.equals(face()) ? touchedAt : now;
    }

    /** What people see of it, to tell a change from a repetition. */
    private List<Object> face() {
        return Arrays.asList(locationId, customerId, kind, type, status, statusCode, vehicleId, object, reference, userReference, plain(customerSale), plain(warrantySale),
            plain(total), List.copyOf(lines), dueLocal, openedAt, closedAt);
    }

    private static BigDecimal plain(BigDecimal amount) { return amount == null ? null : amount.stripTrailingZeros(); }

    /** What happened between then and now, in order. */
    List<BusinessEvent> happened(Before before, boolean quiet, String actor, Instant now) {
        boolean history = before.fresh() && openedAt.isBefore(now.minus(NEWS));
        if (before.fresh()) {
            return List.of(new BusinessEvent(EventType.ORDER_CREATED, Subject.order(id), locationId, customerId, now, actor, quiet || history, quiet, status, Map.of("status", status)));
        }
        List<BusinessEvent> events = new ArrayList<>();
        if (locationId != before.locationId() || customerId != before.customerId()) {
            events.add(event(EventType.ORDER_REASSIGNED, now, actor, quiet, Map.of("fromLocation", "" + before.locationId(), "toLocation", "" + locationId,
                "fromCustomer", "" + before.customerId(), "toCustomer", "" + customerId)));
        }
        if (!status.equals(before.status())) {
            events.add(event(EventType.ORDER_STATUS_CHANGED, now, actor, quiet, Map.of("from", before.status(), "to", status)));
            if (group == StatusGroup.CLOSED) {
                events.add(event(EventType.ORDER_CLOSED, now, actor, quiet, Map.of("status", status)));
            }
        }
        if (Given.of(dueLocal).changes(before.due())) {
            events.add(event(EventType.ORDER_SCHEDULED_TIME_CHANGED, now, actor, quiet,
                Map.of("from", text(before.due()), "to", text(dueLocal))));
        }
        return events;
    }

    private static String text(LocalDateTime due) { return due == null ? "" : due.toString(); }

    private BusinessEvent event(EventType type, Instant now, String actor, boolean silent, Map<String, String> data) {
        return new BusinessEvent(type, Subject.order(id), locationId, customerId, now, actor, silent, status, data);
    }

    public Long id() { return id; }
    public long locationId() { return locationId; }
    public long customerId() { return customerId; }
    public String source() { return source; }
    public String ref() { return ref; }
    /** What people call it: the shop's own number where there is one. */
    public String number() { return reference.isEmpty() ? ref : reference; }
    public OrderKind kind() { return kind; }
    /** Code of its type; null, from before there were types, stands for the preferred one. */
    public String type() { return type; }
    public String status() { return status; }
    public StatusGroup group() { return group; }
    public String statusCode() { return statusCode; }
    public Long vehicleId() { return vehicleId; }
    public String object() { return object; }
    public String reference() { return reference; }
    public String userReference() { return userReference; }
    public BigDecimal customerSale() { return customerSale; }
    public BigDecimal warrantySale() { return warrantySale; }
    public BigDecimal total() { return total; }
    public List<OrderLine> lines() { return List.copyOf(lines); }
    public LocalDateTime dueLocal() { return dueLocal; }
    public Instant dueAt() { return dueAt; }
    public Instant openedAt() { return openedAt; }
    public Instant closedAt() { return closedAt; }
    public Instant statusChangedAt() { return statusChangedAt; }
    /** When anything about it changed last, as we heard of it. */
    public Instant touchedAt() { return touchedAt; }
    Instant lastTime() { return lastTime; }
    String statusDay() { return statusDay; }
    String codeDay() { return codeDay; }
    public int version() { return version; }
}
