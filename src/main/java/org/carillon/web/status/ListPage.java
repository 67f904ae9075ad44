package org.carillon.web.status;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carillon.repair.LeadGroup;
import org.carillon.repair.LeadStatusDesk;
import org.carillon.repair.StatusDesk;
import org.carillon.repair.StatusGroup;
import org.carillon.report.StatusList;
import org.carillon.web.Notices;
import org.carillon.web.Panels;
import org.primefaces.PrimeFaces;

/** The statuses of the company, of orders or of leads, with a side panel to define and to rename. */
@Named("statusList") @ViewScoped
public class ListPage implements Serializable {

    /** What is being typed. */
    public static class Form implements Serializable {
        private boolean fresh = true;
        private String code;
        private String nameFr;
        private String nameEn;
        private String group = "OPEN";
        private boolean active = true;

        public boolean isNew() { return fresh; }
        public String getCode() { return code; }
        public void setCode(String code) { this.code = code; }
        public String getNameFr() { return nameFr; }
        public void setNameFr(String nameFr) { this.nameFr = nameFr; }
        public String getNameEn() { return nameEn; }
        public void setNameEn(String nameEn) { this.nameEn = nameEn; }
        public String getGroup() { return group; }
        public void setGroup(String group) { this.group = group; }
    }

    @Inject private Notices notices;
    @Inject private StatusList list;
    @Inject private StatusDesk desk;
    @Inject private LeadStatusDesk leadDesk;
    private String of;
    private Form form = new Form();
    private final Map<String, Boolean> switches = new HashMap<>();
    private transient List<StatusList.Row> rows;

    public List<StatusList.Row> getRows() {
        if (rows == null) {
            rows = isLeads() ? list.leads() : list.all();
            rows.forEach(row -> switches.put(row.code(), row.active()));
        }
        return rows;
    }

    public void start() {
        form = new Form();
        Panels.clear("edit");
        PrimeFaces.current().executeScript("PF('panel').show()");
    }

    public void open(StatusList.Row row) {
        form = new Form();
        form.fresh = false;
        form.code = row.code();
        form.nameFr = row.nameFr();
        form.nameEn = row.nameEn();
        form.group = row.group();
        form.active = row.active();
        Panels.clear("edit");
        PrimeFaces.current().executeScript("PF('panel').show()");
    }

    public void save() {
        act("edit", () -> {
            if (form.fresh) {
                define();
            } else {
                change(form.code, form.nameFr, form.nameEn, form.group, form.active);
            }
            notices.done("status", form.fresh ? "list.defined" : "list.saved");
            PrimeFaces.current().executeScript("PF('panel').hide()");
        });
    }

    /** Nothing is drawn anew but a switch that has to go back, so that focus and place on the page stay. Names that somebody else changed meanwhile stay theirs. */
    public void turn(StatusList.Row row, String component) {
        boolean on = switches.get(row.code());
        act("list", () -> {
            if (isLeads()) {
                leadDesk.offer(row.code(), on);
            } else {
                desk.offer(row.code(), on);
            }
            notices.done("status", on ? "list.on" : "list.off");
        });
        if (FacesContext.getCurrentInstance().isValidationFailed()) {
            switches.put(row.code(), !on);
            PrimeFaces.current().ajax().update(component);
        }
    }

    private void define() {
        if (isLeads()) {
            leadDesk.define(form.code, form.nameFr, form.nameEn, LeadGroup.valueOf(form.group));
        } else {
            desk.define(form.code, form.nameFr, form.nameEn, StatusGroup.valueOf(form.group));
        }
    }

    private void change(String code, String nameFr, String nameEn, String group, boolean active) {
        if (isLeads()) {
            leadDesk.change(code, nameFr, nameEn, LeadGroup.valueOf(group), active);
        } else {
            desk.change(code, nameFr, nameEn, StatusGroup.valueOf(group), active);
        }
    }

    public void move(String code, int by) {
        act("list", () -> {
            if (isLeads()) {
                leadDesk.move(code, by);
            } else {
                desk.move(code, by);
            }
        });
    }

    private void act(String formId, Runnable deed) {
        if (notices.attempt(formId, deed)) {
            rows = null;
        }
    }

    public List<String> getGroups() {
        return Arrays.stream(isLeads() ? LeadGroup.values() : StatusGroup.values()).map(Enum::name).toList();
    }

    /** Whether the page shows the statuses of leads; of orders otherwise. */
    public boolean isLeads() { return "leads".equals(of); }
    public String getOf() { return of; }
    public void setOf(String of) { this.of = of; }
    public Form getForm() { return form; }
    public Map<String, Boolean> getSwitches() { return switches; }
}
