package org.carillon.web.status;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carillon.fact.Invalid;
import org.carillon.repair.StatusDesk;
import org.carillon.repair.StatusGroup;
import org.carillon.report.StatusList;
import org.carillon.web.Notices;
import org.primefaces.PrimeFaces;

/** The order statuses of the company, with a side panel to define and to rename. */
@Named("statusList") @ViewScoped
public class ListPage implements Serializable {

    /** What is being typed. */
    public static class Form implements Serializable {
        private boolean fresh = true;
        private String code;
        private String nameFr;
        private String nameEn;
        private StatusGroup group = StatusGroup.OPEN;
        private boolean active = true;

        public boolean isNew() { return fresh; }
        public String getCode() { return code; }
        public void setCode(String code) { this.code = code; }
        public String getNameFr() { return nameFr; }
        public void setNameFr(String nameFr) { this.nameFr = nameFr; }
        public String getNameEn() { return nameEn; }
        public void setNameEn(String nameEn) { this.nameEn = nameEn; }
        public StatusGroup getGroup() { return group; }
        public void setGroup(StatusGroup group) { this.group = group; }
    }

    @Inject private transient Notices notices;
    @Inject private transient StatusList list;
    @Inject private transient StatusDesk desk;
    private Form form = new Form();
    private final Map<String, Boolean> switches = new HashMap<>();
    private transient List<StatusList.Row> rows;

    public List<StatusList.Row> getRows() {
        if (rows == null) {
            rows = list.all();
            rows.forEach(row -> switches.put(row.code(), row.active()));
        }
        return rows;
    }

    public void start() {
        form = new Form();
        PrimeFaces.current().executeScript("PF('panel').show()");
    }

    public void open(StatusList.Row row) {
        form = new Form();
        form.fresh = false;
        form.code = row.code();
        form.nameFr = row.nameFr();
        form.nameEn = row.nameEn();
        form.group = StatusGroup.valueOf(row.group());
        form.active = row.active();
        PrimeFaces.current().executeScript("PF('panel').show()");
    }

    public void save() {
        act("edit", () -> {
            if (form.fresh) {
                desk.define(form.code, form.nameFr, form.nameEn, form.group);
            } else {
                desk.change(form.code, form.nameFr, form.nameEn, form.group, form.active);
            }
            notices.done("status", form.fresh ? "list.defined" : "list.saved");
            PrimeFaces.current().executeScript("PF('panel').hide()");
        });
    }

    public void turn(StatusList.Row row) {
        boolean on = switches.get(row.code());
        act("list", () -> {
            desk.change(row.code(), row.nameFr(), row.nameEn(), StatusGroup.valueOf(row.group()), on);
            notices.done("status", on ? "list.on" : "list.off");
        });
    }

    public void move(String code, int by) { act("list", () -> desk.move(code, by)); }

    private void act(String formId, Runnable deed) {
        try {
            deed.run();
            rows = null;
        } catch (Invalid refusal) {
            notices.refuse(formId, refusal);
        }
    }

    public StatusGroup[] getGroups() { return StatusGroup.values(); }
    public Form getForm() { return form; }
    public Map<String, Boolean> getSwitches() { return switches; }
}
