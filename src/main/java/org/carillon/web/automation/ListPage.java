package org.carillon.web.automation;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceAutomations;
import org.carillon.automation.AudienceAutomations.NextRun;
import org.carillon.automation.AutomationJson;
import org.carillon.automation.Schedule;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.report.AutomationList;
import org.carillon.report.Part;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Texts;
import org.omnifaces.util.Faces;
import org.primefaces.PrimeFaces;

/** The automations that look for their audience: where each stands, and what it did. */
@Named("automationList") @ViewScoped
public class ListPage implements Serializable {

    @Inject private AutomationList list;
    @Inject private AudienceAutomations desk;
    @Inject private Locations locations;
    @Inject private ApplicationClock clock;
    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private Texts texts;
    private String after;
    private transient Part<AutomationList.Row> part;
    private transient Map<Long, Optional<AudienceAutomation>> seen;
    private transient Map<Long, Optional<NextRun>> coming;
    private String refusal;
    private AutomationList.Row pausing;
    private AutomationList.Row deleting;
    private int losing;

    public Part<AutomationList.Row> getPart() {
        if (part == null) {
            part = list.page(current.getView(), clock.now(), after);
        }
        return part;
    }

    public List<AutomationList.Row> getRows() { return getPart().rows(); }

    public String getNext() { return Pages.address("/automation/list.xhtml", Map.of("after", getPart().next())); }

    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = after; }

    private Optional<AudienceAutomation> automation(long id) {
        if (seen == null) {
            seen = new HashMap<>();
        }
        return seen.computeIfAbsent(id, x -> desk.find(current.getScope(), x));
    }

    /** Null where nothing is chosen yet. */
    public Schedule schedule(long id) { return automation(id).map(AudienceAutomation::schedule).orElse(null); }

    /** Whether this person may change it: all of its locations are theirs, whichever one is chosen now. */
    public boolean editable(long id) { return automation(id).map(a -> a.editable(current.getScope())).orElse(false); }

    /** When an active one looks next; null for one that does not. */
    public NextRun next(AutomationList.Row row) {
        if (coming == null) {
            coming = new HashMap<>();
        }
        return coming.computeIfAbsent(row.id(), id -> row.active() ? automation(id).flatMap(a -> desk.nextRuns(a.draft(), 1).stream().findFirst()) : Optional.empty()).orElse(null);
    }

    /** Asks first where messages that wait would be called off. */
    public void pause(AutomationList.Row row) {
        losing = desk.waiting(current.getScope(), row.id());
        pausing = row;
        if (losing == 0) {
            pauseAnyway();
            return;
        }
        PrimeFaces.current().ajax().update("losing");
        PrimeFaces.current().executeScript("PF('losing').show()");
    }

    public void pauseAnyway() { stop(pausing); }

    private void stop(AutomationList.Row row) { deed(() -> desk.pause(current.getScope(), row.id(), row.version(), current.actor()), "list.paused"); }

    public void duplicate(AutomationList.Row row) {
        deed(() -> desk.duplicate(current.getScope(), row.id(), texts.say("automation", "list.copy", row.name()), current.actor()), "list.duplicated");
    }

    /** Asks first, with how many messages that wait would be called off. */
    public void delete(AutomationList.Row row) {
        losing = desk.waiting(current.getScope(), row.id());
        deleting = row;
        PrimeFaces.current().ajax().update("deleting");
        PrimeFaces.current().executeScript("PF('deleting').show()");
    }

    public void deleteAnyway() { deed(() -> desk.delete(current.getScope(), deleting.id(), deleting.version(), current.actor()), "list.deleted"); }

    /** As REST reads it, so that another shop can take it. */
    public void export(AutomationList.Row row) throws IOException {
        AudienceAutomation chosen = automation(row.id()).orElseThrow();
        List<String> codes = chosen.locations().stream().flatMap(id -> locations.find(current.getScope(), id).stream()).map(Location::code).toList();
        Faces.sendFile(AutomationJson.write(chosen, codes).toString().getBytes(StandardCharsets.UTF_8), "automation-" + row.id() + ".json", true);
    }

    private void deed(Runnable deed, String done) {
        refusal = null;
        try {
            deed.run();
            notices.done("automation", done);
        } catch (Invalid no) {
            refusal = notices.say(no);
        }
        part = null;
        seen = null;
        coming = null;
    }

    /** How many messages the pause or deletion that is asked for calls off. */
    public int getLosing() { return losing; }
    public String getDeleting() { return deleting == null ? "" : deleting.name(); }
    public String getPausing() { return pausing == null ? "" : pausing.name(); }

    /** Why the last act was refused, null when it was not. */
    public String getRefusal() { return refusal; }
}
