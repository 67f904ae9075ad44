package org.carillon.web.order;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.repair.OrderDesk;
import org.carillon.repair.OrderState;
import org.carillon.repair.Orders;
import org.carillon.repair.WorkOrder;
import org.carillon.report.OrderTypeList;
import org.carillon.report.OrderTypeList.Row;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Panels;
import org.primefaces.PrimeFaces;

/** The side panel of an order's page: its type, and the fields that the form of that type shows (RO-28). */
@Named("orderChange") @ViewScoped
public class ChangePage implements Serializable {

    @Inject private Orders orders;
    @Inject private OrderTypeList typeList;
    @Inject private OrderDesk desk;
    @Inject private Current current;
    @Inject private Notices notices;
    private Long id;
    private int version;
    private boolean vehicle;
    private boolean due;
    private String kept;
    private String type;
    private String object;
    private String reference;
    private BigDecimal total;
    private transient List<Row> types;

    public void open(long orderId) {
        orders.find(current.getScope(), orderId).ifPresentOrElse(this::take, () -> notices.refuse("head", Invalid.unknown("order", orderId)));
    }

    private void take(WorkOrder order) {
        id = order.id();
        version = order.version();
        vehicle = order.vehicleId() != null;
        due = order.dueLocal() != null;
        kept = order.type();
        types = null;
        type = kept != null ? kept : getTypes().stream().findFirst().map(Row::code).orElse(null);
        object = order.object();
        reference = order.reference();
        total = order.total();
        Panels.clear("change");
        PrimeFaces.current().executeScript("PF('change').show()");
    }

    /** Those that an order may be given, and the one that it has. */
    public List<Row> getTypes() {
        if (types == null) {
            types = typeList.all().stream().filter(row -> row.active() || row.code().equals(kept)).sorted((a, b) -> Boolean.compare(b.preferred(), a.preferred())).toList();
        }
        return types;
    }

    public boolean shows(String field) { return getTypes().stream().filter(row -> row.code().equals(type)).findFirst().map(row -> row.shows(field)).orElse(true); }

    /** Whether what is chosen has no due date on its form, so that reminders have nothing to count from. */
    public boolean isUndated() { return !shows("DUE_DATE"); }

    /** What the type does not show stays as it is. */
    public void save() {
        try {
            OrderState said = OrderState.nothing().withWork(Given.of(type), text(shows("OBJECT") && !vehicle, object), text(shows("REFERENCE"), reference),
                shows("AMOUNT") ? Given.of(total) : Given.absent());
            OrderDesk.Outcome outcome = desk.change(current.getScope(), id, version, said, current.actor());
            notices.doneThen("order", "change.saved", outcome.order().number());
            Pages.go("/order/view.xhtml", Map.of("id", id));
        } catch (Invalid refusal) {
            notices.refuse("change", refusal);
        }
    }

    private static Given<String> text(boolean shown, String typed) { return shown ? Given.of(Objects.toString(typed, "").strip()) : Given.absent(); }

    public boolean isOpen() { return id != null; }
    /** Whether the order has a due date already, which stays. */
    public boolean isDue() { return due; }
    /** A vehicle stands where others have an object in words. */
    public boolean isVehicle() { return vehicle; }
    public String getType() { return type; }
    public void setType(String type) { this.type = type; }
    public String getObject() { return object; }
    public void setObject(String object) { this.object = object; }
    public String getReference() { return reference; }
    public void setReference(String reference) { this.reference = reference; }
    public BigDecimal getTotal() { return total; }
    public void setTotal(BigDecimal total) { this.total = total; }
}
