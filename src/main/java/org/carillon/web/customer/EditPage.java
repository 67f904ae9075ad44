package org.carillon.web.customer;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.carillon.customer.CustomerDesk;
import org.carillon.fact.Attribute;
import org.carillon.fact.Attributes;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.report.CustomerCard;
import org.carillon.shop.Place;
import org.carillon.web.Current;
import org.carillon.web.Entrance;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Texts;
import org.carillon.web.attribute.AttributeForm;

/** A customer, new or known. A number that nobody can use is refused here, with the field named; one that takes no SMS is kept and named. */
@Named("customerEdit") @ViewScoped
public class EditPage implements Serializable {

    @Inject private CustomerCard cards;
    @Inject private CustomerDesk desk;
    @Inject private Attributes attributes;
    @Inject private Current current;
    @Inject private Entrance entrance;
    @Inject private Notices notices;
    @Inject private Texts texts;
    private String id;
    private CustomerForm form = new CustomerForm();
    private AttributeForm extra = new AttributeForm();

    /** Called on GET only. */
    public void open() {
        if (id == null) {
            form.setLocation(current.place().or(() -> current.getPlaces().stream().findFirst()).map(Place::id).orElse(null));
            form.setLanguage("fr");
            extra = AttributeForm.of(attributes.of(Attribute.Owner.CUSTOMER), Map.of());
        } else {
            cards.find(current.getScope(), Pages.number(id) == null ? -1 : Pages.number(id)).ifPresentOrElse(this::take, Pages::notFound);
        }
    }

    private void take(CustomerCard.Card card) {
        form = CustomerForm.of(card);
        extra = AttributeForm.of(attributes.of(Attribute.Owner.CUSTOMER), card.values());
    }

    public void save() {
        try {
            CustomerDesk.Outcome outcome = desk.save(current.getScope(), form.getId(), form.getVersion(), form.state(wording(), entrance.address()).withAttributes(Given.of(extra.said())), current.actor());
            notices.doneThen("customer", "edit.saved", outcome.customer().name());
            outcome.warnings().forEach(notices::warnThen);
            Pages.go("/customer/view.xhtml", Map.of("id", outcome.customer().id()));
        } catch (Invalid refusal) {
            notices.refuse("form", extra.field(form.field(refusal.field())), refusal);
        }
    }

    /** What the person was asked, in the person's language, as the form shows it. */
    public String getWording() { return wording(); }

    private String wording() { return Texts.say(java.util.Locale.forLanguageTag(form.getLanguage()), "customer", "edit.wording"); }

    public void addPhone() { form.getPhones().add(new CustomerForm.Contact()); }

    public void addEmail() { form.getEmails().add(new CustomerForm.Contact()); }

    public void addCar() { form.getCars().add(new CustomerForm.Car()); }

    public void removePhone(int index) { form.getPhones().remove(index); }

    public void removeEmail(int index) { form.getEmails().remove(index); }

    public void removeCar(int index) { form.getCars().remove(index); }

    public List<Place> getPlaces() { return current.getPlaces(); }

    /** Whether the home location is one of this person's, who may then move the customer. */
    public boolean isMovable() { return form.getLocation() == null || current.getScope().allows(form.getLocation()); }

    public AttributeForm getExtra() { return extra; }
    public CustomerForm getForm() { return form; }
    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
}
