package org.carillon.web.notification;

import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.automation.Automation;
import org.carillon.automation.AutomationDesk;
import org.carillon.automation.Automations;
import org.carillon.automation.Timing;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.repair.LeadStatuses;
import org.carillon.repair.OrderStatuses;
import org.carillon.plan.Samples;
import org.carillon.plan.TimeToLive;
import org.carillon.report.NotificationList;
import org.carillon.report.PreviewRecords.Choice;
import org.carillon.report.Reach;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Place;
import org.carillon.template.Approvals;
import org.carillon.template.Longest;
import org.carillon.template.Template;
import org.carillon.template.Templates;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Panels;
import org.carillon.web.template.Preview;
import org.primefaces.PrimeFaces;

/** Settings, Notifications: those of one location, with a side panel to write them (RO-03 to RO-25); or those about leads, which are the whole company's (RO-34 to RO-39). */
@Named("notificationList") @ViewScoped
public class ListPage implements Serializable {

    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private NotificationList list;
    @Inject private Reach reach;
    @Inject private Automations automations;
    @Inject private AutomationDesk desk;
    @Inject private Locations locations;
    @Inject private OrderStatuses statuses;
    @Inject private LeadStatuses leadStatuses;
    @Inject private Templates templates;
    @Inject private Bulk bulk;
    @Inject private Preview preview;

    private String of;
    private Long placeId;
    @Inject private Approvals approvals;
    @Inject private Longest longest;
    private transient boolean waits;
    private Form form = Form.empty("fr");
    private boolean begun;
    private int shown;
    private Choice record;
    private final Map<Long, Boolean> switches = new HashMap<>();
    private transient List<NotificationList.Row> rows;
    private transient List<NotificationList.Row> reminders;
    private transient Location place;
    private transient Map<String, Optional<Samples.Shown>> previews;  // null again where another node goes on
    private final Map<String, Reach.Count> reached = new HashMap<>();

    @PostConstruct
    void arrive() {
        placeId = current.place().or(() -> current.getPlaces().stream().findFirst()).map(Place::id).orElse(null);
    }

    /** Like the switcher above, for all pages. */
    public void choosePlace() throws IOException {
        current.choose(placeId);
        FacesContext.getCurrentInstance().getExternalContext().redirect("list.xhtml");
    }

    public List<NotificationList.Row> getRows() {
        refresh();
        if (rows == null) {
            rows = isLeads() ? list.ofLeads(current.getScope()) : placeId == null ? List.of() : list.at(current.getScope(), placeId, false);
            shows(rows);
        }
        return rows;
    }

    public List<NotificationList.Row> getReminders() {
        refresh();
        if (reminders == null) {
            reminders = placeId == null ? List.of() : list.at(current.getScope(), placeId, true);
            shows(reminders);
        }
        return reminders;
    }

    public void startReminder() { begin(Form.reminder(getPlace().language())); }

    public void start() { begin(isLeads() ? Form.lead(language()) : Form.empty(language())); }

    /** Of a text that is begun: the place's, or where there is none the reader's. */
    private String language() { return isLeads() ? current.getLanguage() : getPlace().language(); }

    public void open(long id) {
        act("list", () -> begin(Form.of(automations.find(current.getScope(), id).orElseThrow(() -> Invalid.unknown("automation", id)), language())));
    }

    /** From the list of all locations. */
    public void openAt(long locationId, long id) {
        placeId = locationId;
        place = null;
        open(id);
    }

    private void begin(Form fresh) {
        form = fresh;
        begun = true;
        Panels.clear("edit");
        previews = null;
        reached.clear();
        record = (isLeads() ? preview.newestLead(current.getScope()) : preview.newest(current.getScope().at(placeId))).orElse(null);
        PrimeFaces.current().executeScript("PF('panel').show()");
    }

    public void save() {
        act("edit", () -> {
            try {
                Automation saved = desk.save(current.getScope(), form.draft(placeId), form.isFresh() ? form.template(current.actor()) : null, current.actor());
                waits = form.isFresh() && approvals.of(saved.template().id()).isPresent();
            } catch (Invalid refusal) {
                throw form.placed(refusal);
            }
            bulk.touched();
            if (waits) {
                notices.done("template", "edit.waitsAsOffer");
            }
            notices.done("notification", (form.isReminder() ? "reminder." : "list.") + (form.isNew() ? "created" : "saved"));
            PrimeFaces.current().executeScript("PF('panel').hide()");
        });
    }

    /** Nothing is drawn anew but a switch that has to go back, so that focus and place on the page stay; or all, when somebody else changed it meanwhile. */
    public void turn(long id, String component) {
        boolean on = switches.get(id);
        try {
            bulk.bumped(id, desk.switchTo(current.getScope(), id, bulk.seen(id), on, current.actor()).version());
            notices.done("notification", on ? "list.on" : "list.off");
        } catch (Invalid refusal) {
            boolean known = "openingHours".equals(refusal.field());
            switches.put(id, !on);
            if (!known) {
                forget();
            }
            PrimeFaces.current().ajax().update(known ? component : "list");
            notices.refuse("list", refusal);
        }
    }

    private void shows(List<NotificationList.Row> fresh) {
        fresh.forEach(row -> switches.put(row.id(), row.active()));
        fresh.forEach(row -> bulk.bumped(row.id(), row.version()));
    }

    /** What a bulk edit changed is read again. */
    private void refresh() {
        if (shown != bulk.changes()) {
            forget();
            shown = bulk.changes();
        }
    }

    private void forget() {
        rows = null;
        reminders = null;
    }

    public void delete(long id) {
        bulk.deleteOne(id);
        PrimeFaces.current().executeScript("PF('panel').hide()");
    }

    private void act(String formId, Runnable deed) {
        try {
            deed.run();
        } catch (Invalid refusal) {
            // somebody may have changed it meanwhile
            forget();
            notices.refuse(formId, refusal);
        }
    }

    public Location getPlace() {
        if (place == null) {
            place = locations.find(current.getScope(), placeId).orElseThrow();
        }
        return place;
    }

    /** Those that are used here: of orders at the place, of leads everywhere. */
    public List<?> getStatuses() { return isLeads() ? leadStatuses.used() : statuses.at(placeId); }

    /** Whether the page is about leads; about orders otherwise. */
    public boolean isLeads() { return "leads".equals(of); }

    /** Whether this person may change what is shown: what holds for the whole company takes a scope of all of it. */
    public boolean isMine() { return !isLeads() || current.getScope().all(); }

    public List<Template> getTemplates() { return templates.all(); }

    /** What the chosen template becomes, null where there is nothing to show. */
    public Samples.Shown shown(String channel) {
        if (record == null || form.isFresh() || form.getTemplateId() == null) {
            return null;
        }
        previews = previews == null ? new HashMap<>() : previews;
        return previews.computeIfAbsent(form.getTemplateId() + channel, key ->
            templates.find(form.getTemplateId()).flatMap(template -> preview.show(template, record, Channel.valueOf(channel)))).orElse(null);
    }

    /** Of a text that is written along with a notification. */
    public int getMaxSegments() { return longest.of(form == null ? Purpose.TRANSACTIONAL : form.getPurpose()); }

    /** What the chosen template is for, null while none is chosen. */
    public Purpose getPurpose() {
        return form.isFresh() || form.getTemplateId() == null ? null : getTemplates().stream().filter(t -> t.id().equals(form.getTemplateId())).map(Template::purpose).findFirst().orElse(null);
    }

    /** The mode of the record that the editor previews with. */
    public String getSmsMode() { return record == null ? "TYPO" : record.smsMode(); }
    public SmsTerms getTerms() { return preview.terms(record); }
    public String values(String language, String channel) { return preview.json(record, language, Channel.valueOf(channel)); }

    public Reach.Count reach(String channel) { return reached.computeIfAbsent(channel, way ->
        isLeads() ? reach.of(current.getScope(), Channel.valueOf(way)) : reach.of(current.getScope(), placeId, Channel.valueOf(way))); }

    /** What holds where the form leaves the time to live empty: hours after the send time, null for until the due date. */
    public Long getUsualLife() {
        Duration usual = (form.isReminder() ? TimeToLive.DUE_DATE_REMINDER : TimeToLive.EVENT).usual();
        return usual == null ? null : usual.toHours();
    }

    public Timing.Unit[] getUnits() { return Timing.Unit.values(); }
    public String getOf() { return of; }
    public void setOf(String of) { this.of = of; }
    public Long getPlaceId() { return placeId; }
    public void setPlaceId(Long placeId) { this.placeId = placeId; }
    public Form getForm() { return form; }
    /** Whether the panel has something to show. */
    public boolean isBegun() { return begun; }
    public Choice getRecord() { return record; }
    public Map<Long, Boolean> getSwitches() { return switches; }
}
