package org.carillon.web.attribute;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.fact.Attribute;
import org.carillon.fact.AttributeType;
import org.carillon.fact.Attributes;
import org.carillon.shop.AttributeDesk;
import org.carillon.web.Notices;
import org.carillon.web.Panels;
import org.primefaces.PrimeFaces;

/** The shop's own attributes of customers and appointments (KI-36), with a side panel. */
@Named("attributeList") @ViewScoped
public class ListPage implements Serializable {

    /** A value to choose, as it is typed. */
    public static class ChoiceForm implements Serializable {
        private String code;
        private String fr;
        private String en;
        private boolean known;

        public String getCode() { return code; }
        public void setCode(String code) { this.code = code; }
        public String getFr() { return fr; }
        public void setFr(String fr) { this.fr = fr; }
        public String getEn() { return en; }
        public void setEn(String en) { this.en = en; }
        /** Whether values may be of it already: its code stays. */
        public boolean isKnown() { return known; }
        private boolean blank() { return Stream.of(code, fr, en).allMatch(t -> t == null || t.isBlank()); }
    }

    /** What is being typed. */
    public static class Form implements Serializable {
        private Long id;
        private int version;
        private Attribute.Owner owner = Attribute.Owner.CUSTOMER;
        private String code;
        private String nameFr;
        private String nameEn;
        private AttributeType type = AttributeType.TEXT;
        private final List<ChoiceForm> choices = new ArrayList<>();

        public boolean isNew() { return id == null; }
        public boolean isChosen() { return type == AttributeType.CHOICE; }
        public Attribute.Owner getOwner() { return owner; }
        public void setOwner(Attribute.Owner owner) { this.owner = owner; }
        public String getCode() { return code; }
        public void setCode(String code) { this.code = code; }
        public String getNameFr() { return nameFr; }
        public void setNameFr(String nameFr) { this.nameFr = nameFr; }
        public String getNameEn() { return nameEn; }
        public void setNameEn(String nameEn) { this.nameEn = nameEn; }
        public AttributeType getType() { return type; }
        public void setType(AttributeType type) { this.type = type; }
        public List<ChoiceForm> getChoices() { return choices; }

        private List<Attribute.Choice> said() {
            return choices.stream().filter(c -> !c.blank()).map(c -> new Attribute.Choice(text(c.code), text(c.fr), text(c.en))).toList();
        }

        private static String text(String typed) { return Objects.toString(typed, "").strip(); }
    }

    @Inject private Notices notices;
    @Inject private Attributes attributes;
    @Inject private AttributeDesk desk;
    private Form form = new Form();
    private final Map<Long, Boolean> switches = new HashMap<>();
    private transient List<Attribute> rows;

    public List<Attribute> getRows() {
        if (rows == null) {
            rows = Stream.of(Attribute.Owner.values()).flatMap(owner -> attributes.of(owner).stream()).collect(Collectors.toList());
            rows.forEach(row -> switches.put(row.id(), row.active()));
        }
        return rows;
    }

    public void start() {
        form = new Form();
        addChoice();
        addChoice();
        show();
    }

    public void open(Attribute row) {
        form = new Form();
        form.id = row.id();
        form.version = row.version();
        form.owner = row.owner();
        form.code = row.code();
        form.nameFr = row.nameFr();
        form.nameEn = row.nameEn();
        form.type = row.type();
        row.choices().forEach(choice -> {
            ChoiceForm typed = new ChoiceForm();
            typed.code = choice.code();
            typed.fr = choice.fr();
            typed.en = choice.en();
            typed.known = true;
            form.choices.add(typed);
        });
        show();
    }

    private static void show() {
        Panels.clear("edit");
        PrimeFaces.current().executeScript("PF('panel').show()");
    }

    public void addChoice() { form.choices.add(new ChoiceForm()); }

    public void removeChoice(int index) { form.choices.remove(index); }

    public void save() {
        act("edit", () -> {
            if (form.isNew()) {
                desk.define(form.owner, form.code, form.nameFr, form.nameEn, form.type, form.said());
            } else {
                desk.change(form.id, form.version, form.nameFr, form.nameEn, form.said());
            }
            notices.done("attribute", form.isNew() ? "list.defined" : "list.saved");
            PrimeFaces.current().executeScript("PF('panel').hide()");
        });
    }

    /** Nothing is drawn anew but a switch that has to go back, so that focus and place on the page stay. */
    public void turn(Attribute row, String component) {
        boolean on = switches.get(row.id());
        act("list", () -> {
            desk.offer(row.id(), on);
            notices.done("attribute", on ? "list.on" : "list.off");
        });
        if (FacesContext.getCurrentInstance().isValidationFailed()) {
            switches.put(row.id(), !on);
            PrimeFaces.current().ajax().update(component);
        }
    }

    private void act(String formId, Runnable deed) {
        if (notices.attempt(formId, deed)) {
            rows = null;
        }
    }

    public Attribute.Owner[] getOwners() { return Attribute.Owner.values(); }
    public AttributeType[] getTypes() { return AttributeType.values(); }
    public Form getForm() { return form; }
    public Map<Long, Boolean> getSwitches() { return switches; }
}
