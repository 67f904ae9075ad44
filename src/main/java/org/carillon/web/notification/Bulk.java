package org.carillon.web.notification;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.automation.BulkDesk;
import org.carillon.automation.BulkEdit;
import org.carillon.automation.BulkOutcome;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.report.NotificationList;
import org.carillon.report.NotificationSearch;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Panels;
import org.primefaces.PrimeFaces;

/** The bulk bar: what is chosen, the question that an act asks, what came of it and the way back (RO-42 to RO-44). */
@Named("bulk") @ViewScoped
public class Bulk implements Serializable {

    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private BulkDesk desk;
    @Inject private NotificationSearch search;
    @Inject private BulkWords words;

    private List<NotificationList.Row> events = new ArrayList<>();
    private List<NotificationList.Row> reminders = new ArrayList<>();
    private List<NotificationSearch.Row> found = new ArrayList<>();
    private Map<Long, Integer> all;
    private final Map<Long, Integer> seen = new HashMap<>();
    private String act = "DELETE";
    private int planned;
    private Long templateId;
    private String channel = "SMS";
    private boolean everywhere = true;
    private List<Long> targets = new ArrayList<>();
    private BulkOutcome outcome;
    private boolean undone;
    private transient BulkOutcome.Last last;
    private transient boolean looked;
    private int changes;

    /** The version that a table shows. */
    public int seen(long id) { return seen.getOrDefault(id, 0); }

    /** Remembers the version of what a table shows; what this person has just done is no surprise. */
    public void bumped(long id, int version) { seen.put(id, version); }

    /** Boxes were ticked one by one: no longer all that match. */
    public void pick() { all = null; }

    public void pickAll(NotificationSearch.Filter filter) { all = search.versions(current.getScope(), filter, BulkDesk.MOST + 1); }

    public void clear() {
        all = null;
        Stream.of(events, reminders, found).forEach(List::clear);
    }

    /** Opens the question of an act: DELETE, TEMPLATE, CHANNELS or COPY. */
    public void ask(String act) {
        this.act = act;
        // each question begins afresh: a location of the last copying, ticked again, would be taken away
        everywhere = true;
        targets = new ArrayList<>();
        Panels.clear("asked");
        outcome = null;
        if (isDeleting()) {
            planned = search.planned(current.getScope(), chosen().keySet());
        }
        PrimeFaces.current().executeScript("PF('ask').show()");
    }

    public void turn(boolean on) {
        if (apply("list", new BulkEdit.Turn(on), chosen())) {
            tell();
        }
    }

    public void deleteOne(long id) {
        if (apply("list", new BulkEdit.Delete(), Map.of(id, seen.getOrDefault(id, 0))) && outcome.changed() == 1) {
            notices.done("notification", "list.deleted");
        }
    }

    /** Something was changed otherwise: the lists show it. */
    public void touched() { changes++; }

    public void go() {
        boolean done = false;
        switch (act) {
            case "TEMPLATE" -> {
                if (templateId == null) {
                    notices.refuse("asked", new Invalid("template", "automation.template"));
                } else {
                    done = apply("asked", new BulkEdit.UseTemplate(templateId), chosen());
                }
            }
            case "CHANNELS" -> done = apply("asked", new BulkEdit.UseChannels("BOTH".equals(channel) ? EnumSet.allOf(Channel.class) : EnumSet.of(Channel.valueOf(channel))), chosen());
            case "COPY" -> done = apply("asked", new BulkEdit.CopyTo(everywhere ? null : Set.copyOf(targets)), chosen());
            default -> done = apply("asked", new BulkEdit.Delete(), chosen());
        }
        if (done) {
            tell();
            PrimeFaces.current().executeScript("PF('ask').hide()");
        }
    }

    public void undo() {
        try {
            outcome = desk.undo(current.getScope(), current.getId());
            undone = true;
            changed();
            tell();
        } catch (Invalid refusal) {
            notices.refuse("list", refusal);
        }
    }

    private boolean apply(String form, BulkEdit edit, Map<Long, Integer> chosen) {
        try {
            if (chosen.isEmpty()) {
                throw new Invalid("bulk", "bulk.none");
            }
            outcome = desk.apply(current.getScope(), current.getId(), chosen, edit);
            undone = false;
            changed();
            return true;
        } catch (Invalid refusal) {
            notices.refuse(form, refusal);
            return false;
        }
    }

    /** The summary stands above the lists, which may be out of sight. */
    private void tell() { notices.done("notification", "bulk.said", getSummary()); }

    private void changed() {
        clear();
        looked = false;
        changes++;
    }

    private Map<Long, Integer> chosen() {
        Set<Long> ids = new HashSet<>();
        Stream.of(events, reminders).flatMap(List::stream).map(NotificationList.Row::id).forEach(ids::add);
        found.stream().map(NotificationSearch.Row::id).forEach(ids::add);
        return all != null ? all : ids.stream().collect(Collectors.toMap(id -> id, id -> seen.getOrDefault(id, 0)));
    }

    public int getSize() { return chosen().size(); }

    /** The last action, offered for undo until there is a newer one. */
    public BulkOutcome.Last getLast() {
        if (!looked) {
            last = desk.last(current.getId()).orElse(null);
            looked = true;
        }
        return last;
    }

    public boolean isDeleting() { return "DELETE".equals(act); }
    public String getSummary() { return words.summary(outcome, undone); }
    public List<BulkWords.Group> getRefusals() { return outcome == null ? List.of() : words.groups(outcome.refused()); }
    public BulkOutcome getOutcome() { return outcome; }
    /** Grows with everything that the lists must show anew. */
    public int changes() { return changes; }
    public String getAct() { return act; }
    public int getPlanned() { return planned; }
    public boolean isAll() { return all != null; }
    public List<NotificationList.Row> getEvents() { return events; }
    public void setEvents(List<NotificationList.Row> events) { this.events = events == null ? new ArrayList<>() : new ArrayList<>(events); }
    public List<NotificationList.Row> getReminders() { return reminders; }
    public void setReminders(List<NotificationList.Row> reminders) { this.reminders = reminders == null ? new ArrayList<>() : new ArrayList<>(reminders); }
    public List<NotificationSearch.Row> getFound() { return found; }
    public void setFound(List<NotificationSearch.Row> found) { this.found = found == null ? new ArrayList<>() : new ArrayList<>(found); }
    public Long getTemplateId() { return templateId; }
    public void setTemplateId(Long templateId) { this.templateId = templateId; }
    public String getChannel() { return channel; }
    public void setChannel(String channel) { this.channel = channel; }
    public boolean isEverywhere() { return everywhere; }
    public void setEverywhere(boolean everywhere) { this.everywhere = everywhere; }
    public List<Long> getTargets() { return targets; }
    public void setTargets(List<Long> targets) { this.targets = targets; }
}
