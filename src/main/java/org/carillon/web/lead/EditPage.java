package org.carillon.web.lead;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carillon.fact.Invalid;
import org.carillon.repair.LeadDesk;
import org.carillon.report.CustomerList;
import org.carillon.report.CustomerList.Pick;
import org.carillon.report.LeadCard;
import org.carillon.report.LeadCard.Card;
import org.carillon.report.OrderCard;
import org.carillon.shop.Place;
import org.carillon.web.Current;
import org.carillon.web.Entrance;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Texts;

/** A new lead, or what is known of one. Who it is stays on the customer's card. */
@Named("leadEdit") @ViewScoped
public class EditPage implements Serializable {

    /** What the desk calls a field, and what this form does. */
    private static final Map<String, String> FIELDS = Map.of("phones[0]", "phone", "email", "mail");

    @Inject private LeadCard cards;
    @Inject private CustomerList customers;
    @Inject private LeadDesk desk;
    @Inject private Current current;
    @Inject private Entrance entrance;
    @Inject private Notices notices;
    private final LeadForm form = new LeadForm();
    private String id;
    private String customer;
    private Integer version;
    private String ref;

    /** Called on GET only. */
    public void open() {
        if (id != null) {
            Card card = Pages.number(id) == null ? null : cards.find(current.getScope(), Pages.number(id)).orElse(null);
            if (card == null) {
                Pages.notFound();
                return;
            }
            version = card.version();
            ref = card.ref();
            form.take(card);
            return;
        }
        form.setLocation(current.place().or(() -> current.getPlaces().stream().findFirst()).map(Place::id).orElse(null));
        form.setLanguage(current.getLanguage());
        form.setStatus(getSteps().stream().findFirst().map(OrderCard.Step::code).orElse(null));
        if (Pages.number(customer) != null) {
            customers.pick(current.getScope(), Pages.number(customer)).ifPresent(pick -> {
                form.setCustomer(pick);
                form.setWho("known");
            });
        }
    }

    public List<Pick> suggest(String typed) { return customers.suggest(current.getScope(), typed); }

    public List<OrderCard.Step> getSteps() { return cards.steps(); }

    public void save() {
        try {
            LeadDesk.Outcome outcome = !isNew() ? desk.change(current.getScope(), Pages.number(id), version, form.lead(), current.actor())
                : desk.create(current.getScope(), form.lead(), form.isFresh()
                    ? form.person(Texts.say(Locale.forLanguageTag(form.getLanguage()), "customer", "edit.wording"), entrance.address()) : null, current.actor());
            notices.doneThen("lead", isNew() ? "edit.created" : "edit.saved", outcome.lead().ref());
            outcome.warnings().forEach(notices::warnThen);
            Pages.go("/lead/view.xhtml", Map.of("id", outcome.lead().id()));
        } catch (Invalid refusal) {
            notices.refuse("form", FIELDS.getOrDefault(refusal.field(), refusal.field()), refusal);
        }
    }

    public boolean isNew() { return id == null; }
    public String getRef() { return ref; }
    public List<Place> getPlaces() { return current.getPlaces(); }
    public LeadForm getForm() { return form; }
    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
    public String getCustomer() { return customer; }
    public void setCustomer(String customer) { this.customer = customer; }
}
