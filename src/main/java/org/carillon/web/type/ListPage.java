package org.carillon.web.type;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.carillon.repair.FormField;
import org.carillon.repair.OrderTypeDesk;
import org.carillon.report.OrderTypeList;
import org.carillon.report.OrderTypeList.Row;
import org.carillon.web.Notices;
import org.carillon.web.Panels;
import org.primefaces.PrimeFaces;

/** The order types of the company, with a side panel that says which fields their form shows (RO-28). */
@Named("typeList") @ViewScoped
public class ListPage implements Serializable {

    /** What is being typed. */
    public static class Form implements Serializable {
        private Integer version;
        private String code;
        private String nameFr;
        private String nameEn;
        private List<String> shown = Arrays.stream(FormField.values()).map(FormField::name).collect(Collectors.toCollection(ArrayList::new));

        public boolean isNew() { return version == null; }
        /** Whether orders of this type will have no due date, so no reminder. */
        public boolean isUndated() { return !shown.contains(FormField.DUE_DATE.name()); }
        public String getCode() { return code; }
        public void setCode(String code) { this.code = code; }
        public String getNameFr() { return nameFr; }
        public void setNameFr(String nameFr) { this.nameFr = nameFr; }
        public String getNameEn() { return nameEn; }
        public void setNameEn(String nameEn) { this.nameEn = nameEn; }
        public List<String> getShown() { return shown; }
        public void setShown(List<String> shown) { this.shown = shown; }

        private EnumSet<FormField> fields() { return shown.stream().map(FormField::valueOf).collect(Collectors.toCollection(() -> EnumSet.noneOf(FormField.class))); }
    }

    @Inject private Notices notices;
    @Inject private OrderTypeList list;
    @Inject private OrderTypeDesk desk;
    private Form form = new Form();
    private final Map<String, Boolean> switches = new HashMap<>();
    private transient List<Row> rows;

    public List<Row> getRows() {
        if (rows == null) {
            rows = list.all();
            rows.forEach(row -> switches.put(row.code(), row.active()));
        }
        return rows;
    }

    public void start() {
        form = new Form();
        Panels.clear("edit");
        PrimeFaces.current().executeScript("PF('panel').show()");
    }

    public void open(Row row) {
        form = new Form();
        form.version = row.version();
        form.code = row.code();
        form.nameFr = row.nameFr();
        form.nameEn = row.nameEn();
        form.shown = new ArrayList<>(row.shownList());
        Panels.clear("edit");
        PrimeFaces.current().executeScript("PF('panel').show()");
    }

    public void save() {
        act("edit", () -> {
            if (form.isNew()) {
                desk.define(form.code, form.nameFr, form.nameEn, form.fields());
            } else {
                desk.change(form.code, form.version, form.nameFr, form.nameEn, form.fields());
            }
            notices.done("type", form.isNew() ? "list.defined" : "list.saved");
            PrimeFaces.current().executeScript("PF('panel').hide()");
        });
    }

    /** Nothing is drawn anew but a switch that has to go back, so that focus and place on the page stay. */
    public void turn(Row row, String component) {
        boolean on = switches.get(row.code());
        act("list", () -> {
            desk.offer(row.code(), on);
            notices.done("type", on ? "list.on" : "list.off");
        });
        if (FacesContext.getCurrentInstance().isValidationFailed()) {
            switches.put(row.code(), !on);
            PrimeFaces.current().ajax().update(component);
        }
    }

    public void prefer(Row row) {
        act("list", () -> {
            desk.prefer(row.code());
            notices.done("type", "list.preferred");
        });
    }

    private void act(String formId, Runnable deed) {
        if (notices.attempt(formId, deed)) {
            rows = null;
        }
    }

    public FormField[] getFields() { return FormField.values(); }
    public Form getForm() { return form; }
    public Map<String, Boolean> getSwitches() { return switches; }
}
