package org.carillon.web.order;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carillon.fact.Invalid;
import org.carillon.repair.Conversion;
import org.carillon.repair.OrderDesk;
import org.carillon.repair.Reception;
import org.carillon.report.CustomerCard;
import org.carillon.report.CustomerList;
import org.carillon.report.CustomerList.Pick;
import org.carillon.report.LeadCard;
import org.carillon.report.OrderCard;
import org.carillon.report.OrderTypeList;
import org.carillon.shop.Place;
import org.carillon.web.Current;
import org.carillon.web.Entrance;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Texts;

/** A new work order, for a customer who is known or is added on the way. */
@Named("orderEdit") @ViewScoped
public class EditPage implements Serializable {

    /** What the desk calls a field, and what this form does. */
    private static final Map<String, String> FIELDS = Map.of("phones[0]", "phone", "email", "mail", "dueAt", "dueDate");

    @Inject private OrderCard cards;
    @Inject private CustomerList customers;
    @Inject private CustomerCard customerCards;
    @Inject private OrderTypeList typeList;
    @Inject private LeadCard leads;
    @Inject private Conversion conversion;
    @Inject private OrderDesk desk;
    @Inject private Reception reception;
    @Inject private Current current;
    @Inject private Entrance entrance;
    @Inject private Notices notices;
    private final OrderForm form = new OrderForm();
    private String customer;
    private transient List<OrderTypeList.Row> types;
    private String lead;
    private LeadCard.Origin origin;

    /** Called on GET only. */
    public void open() {
        form.setType(getTypes().stream().findFirst().map(OrderTypeList.Row::code).orElse(null));
        form.setLocation(current.place().or(() -> current.getPlaces().stream().findFirst()).map(Place::id).orElse(null));
        form.setStatus(getSteps().stream().findFirst().map(OrderCard.Step::code).orElse(null));
        if (Pages.number(customer) != null) {
            customers.pick(current.getScope(), Pages.number(customer)).ifPresent(form::setCustomer);
            chosen();
        }
        if (lead != null) {
            become(Pages.number(lead) == null ? null : leads.find(current.getScope(), Pages.number(lead)).orElse(null));
        }
    }

    /** What is known of the lead is typed already; one that has become an order leads there. */
    private void become(LeadCard.Card card) {
        if (card == null) {
            Pages.notFound();
        } else if (card.orderId() != null) {
            Pages.go("/order/view.xhtml", Map.of("id", card.orderId()));
        } else {
            origin = new LeadCard.Origin(card.id(), card.ref());
            form.setLocation(card.locationId());
            moved();
            customers.pick(current.getScope(), card.customerId()).ifPresent(form::setCustomer);
            chosen();
            if (!card.object().isEmpty()) {
                form.setVehicle(null);
                form.setObject(card.object());
            }
        }
    }

    public List<Pick> suggest(String typed) { return customers.suggest(current.getScope(), typed); }

    /** With the customer comes the first of their vehicles. */
    public void chosen() { form.setVehicle(getVehicles().stream().findFirst().map(CustomerCard.Vehicle::id).orElse(null)); }

    /** A location has statuses of its own. */
    public void moved() {
        if (getSteps().stream().noneMatch(step -> step.code().equals(form.getStatus()))) {
            form.setStatus(getSteps().stream().findFirst().map(OrderCard.Step::code).orElse(null));
        }
    }

    public List<CustomerCard.Vehicle> getVehicles() {
        return form.getCustomer() == null || form.isFresh() ? List.of()
            : customerCards.find(current.getScope(), form.getCustomer().id()).map(CustomerCard.Card::vehicles).orElse(List.of());
    }

    public List<OrderCard.Step> getSteps() { return form.getLocation() == null ? List.of() : cards.steps(form.getLocation()); }

    /** Those that a new order may be given, the default first. */
    public List<OrderTypeList.Row> getTypes() {
        if (types == null) {
            types = typeList.active();
        }
        return types;
    }

    /** Whether the form of the chosen type has the field (RO-28). */
    public boolean shows(String field) { return getTypes().stream().filter(type -> type.code().equals(form.getType())).findFirst().map(type -> type.shows(field)).orElse(true); }

    public void create() {
        try {
            OrderDesk.Outcome outcome = origin != null ? conversion.create(current.getScope(), origin.id(), form.order(this::shows), current.actor()) : form.isFresh()
                ? reception.welcome(current.getScope(), form.person(Texts.say(Locale.forLanguageTag(form.getLanguage()), "customer", "edit.wording"), entrance.address()),
                    form.order(this::shows), current.actor())
                : desk.create(current.getScope(), form.order(this::shows), current.actor());
            notices.doneThen("order", "edit.created", outcome.order().number());
            outcome.warnings().forEach(notices::warnThen);
            Pages.go("/order/view.xhtml", Map.of("id", outcome.order().id()));
        } catch (Invalid refusal) {
            notices.refuse("form", FIELDS.getOrDefault(refusal.field(), refusal.field()), refusal);
        }
    }

    /** The chosen location, whose zone and currency are printed; null where there is none. */
    public Place getPlace() { return getPlaces().stream().filter(place -> Long.valueOf(place.id()).equals(form.getLocation())).findFirst().orElse(null); }

    public List<Place> getPlaces() { return current.getPlaces(); }
    public OrderForm getForm() { return form; }
    /** The lead that becomes this order, null where there is none. */
    public LeadCard.Origin getOrigin() { return origin; }
    public String getLead() { return lead; }
    public void setLead(String lead) { this.lead = lead; }
    public String getCustomer() { return customer; }
    public void setCustomer(String customer) { this.customer = customer; }
}
