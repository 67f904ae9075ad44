package org.carillon.web.appointment;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.carillon.booking.AppointmentDesk;
import org.carillon.booking.AppointmentState;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Attribute;
import org.carillon.fact.Attributes;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.report.AppointmentCard;
import org.carillon.report.AppointmentCard.Card;
import org.carillon.report.CustomerCard;
import org.carillon.report.CustomerList;
import org.carillon.report.CustomerList.Pick;
import org.carillon.shop.Place;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Panels;
import org.carillon.web.attribute.AttributeForm;
import org.primefaces.PrimeFaces;

/** The side panel that books an appointment, or moves and changes one. Times are of the location's clock. */
@Named("appointmentPanel") @ViewScoped
public class PanelPage implements Serializable {

    private static final LocalTime USUAL = LocalTime.of(9, 0);

    /** A vehicle to choose. */
    public record Choice(long id, String name) implements Serializable { }

    @Inject private AppointmentCard cards;
    @Inject private CustomerList customers;
    @Inject private CustomerCard people;
    @Inject private AppointmentDesk desk;
    @Inject private Attributes attributes;
    @Inject private ApplicationClock clock;
    @Inject private Current current;
    @Inject private Notices notices;
    private boolean open;
    private Long id;
    private Integer version;
    private Long location;
    private Pick customer;
    private Long vehicle;
    private LocalDate date;
    private LocalTime from;
    private LocalTime to;
    private String object;
    private String adviser;
    private String note;
    private AttributeForm extra = new AttributeForm();
    private List<Choice> vehicles = List.of();

    public void start() { start(clock.now().atZone(current.getZone()).toLocalDate().plusDays(1).atTime(USUAL)); }

    public void start(LocalDateTime at) {
        fresh(at);
        show();
    }

    /** On GET: the panel is open from the beginning. */
    void startFor(long customerId) {
        fresh(clock.now().atZone(current.getZone()).toLocalDate().plusDays(1).atTime(USUAL));
        customer = customers.pick(current.getScope(), customerId).orElse(null);
        chosen();
    }

    private void fresh(LocalDateTime at) {
        id = null;
        version = null;
        location = current.place().or(() -> current.getPlaces().stream().findFirst()).map(Place::id).orElse(null);
        customer = null;
        vehicles = List.of();
        vehicle = null;
        date = at.toLocalDate();
        from = at.toLocalTime();
        to = null;
        object = null;
        adviser = null;
        note = null;
        extra = AttributeForm.of(attributes.of(Attribute.Owner.APPOINTMENT), Map.of());
        open = true;
    }

    public void open(long appointment) {
        cards.find(current.getScope(), appointment).ifPresentOrElse(this::take, () -> notices.refuse("head", Invalid.unknown("appointment", appointment)));
    }

    private void take(Card card) {
        fresh(card.start());
        id = card.id();
        version = card.version();
        location = card.locationId();
        customer = customers.pick(current.getScope(), card.customerId()).orElse(null);
        chosen();
        vehicle = card.vehicleId();
        to = card.end() == null ? null : card.end().toLocalTime();
        object = card.object();
        adviser = card.userReference();
        note = card.note();
        extra = AttributeForm.of(attributes.of(Attribute.Owner.APPOINTMENT), card.values());
        show();
    }

    private static void show() {
        Panels.clear("booking");
        PrimeFaces.current().executeScript("PF('booking').show()");
    }

    public List<Pick> suggest(String typed) { return customers.suggest(current.getScope(), typed); }

    /** Another customer has other vehicles. */
    public void chosen() {
        vehicle = null;
        vehicles = customer == null ? List.of() : people.find(current.getScope(), customer.id()).map(card -> card.vehicles().stream()
            .map(v -> new Choice(v.id(), String.join(" ", List.of(v.make(), v.model(), v.year() == null ? "" : v.year().toString())).strip())).toList()).orElse(List.of());
    }

    public void save() {
        try {
            AppointmentState said = new AppointmentState(Given.of(location), Given.of(customer == null ? null : customer.id()), Given.absent(), Given.of(date == null || from == null ? null : date.atTime(from)),
                Given.of(to == null || date == null ? null : date.atTime(to)), Given.absent(), Given.of(vehicle), Given.of(text(adviser)), Given.of(text(object)), Given.of(text(note)),
                Given.of(extra.said()), false);
            AppointmentDesk.Outcome outcome = id == null ? desk.create(current.getScope(), said, current.actor()) : desk.change(current.getScope(), id, version, said, current.actor());
            notices.doneThen("appointment", id == null ? "panel.created" : "panel.saved", outcome.appointment().ref());
            outcome.warnings().forEach(notices::warnThen);
            Pages.go("/appointment/view.xhtml", Map.of("id", outcome.appointment().id()));
        } catch (Invalid refusal) {
            String field = "startAt".equals(refusal.field()) ? date == null ? "date" : "from" : "endAt".equals(refusal.field()) ? "to" : extra.field(refusal.field());
            notices.refuse("booking", field, refusal);
        }
    }

    private static String text(String typed) { return Objects.toString(typed, "").strip(); }

    public boolean isOpen() { return open; }
    public boolean isNew() { return id == null; }
    public List<Place> getPlaces() { return current.getPlaces(); }
    public List<Choice> getVehicles() { return vehicles; }
    public AttributeForm getExtra() { return extra; }
    public String getZone() { return getPlaces().stream().filter(p -> Objects.equals(p.id(), location)).map(p -> p.zone().getId()).findFirst().orElse("UTC"); }
    public Long getLocation() { return location; }
    public void setLocation(Long location) { this.location = location; }
    public Pick getCustomer() { return customer; }
    public void setCustomer(Pick customer) { this.customer = customer; }
    public Long getVehicle() { return vehicle; }
    public void setVehicle(Long vehicle) { this.vehicle = vehicle; }
    public LocalDate getDate() { return date; }
    public void setDate(LocalDate date) { this.date = date; }
    public LocalTime getFrom() { return from; }
    public void setFrom(LocalTime from) { this.from = from; }
    public LocalTime getTo() { return to; }
    public void setTo(LocalTime to) { this.to = to; }
    public String getObject() { return object; }
    public void setObject(String object) { this.object = object; }
    public String getAdviser() { return adviser; }
    public void setAdviser(String adviser) { this.adviser = adviser; }
    public String getNote() { return note; }
    public void setNote(String note) { this.note = note; }
}
