package org.carillon.web.location;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.alert.AlertDesk;
import org.carillon.alert.AlertDesk.Colleague;
import org.carillon.alert.AlertKind;
import org.carillon.alert.AlertRule;
import org.carillon.alert.AlertRules;
import org.carillon.fact.Invalid;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.OpeningHours;
import org.carillon.shop.Place;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Pages;

/** What a location's people are told of, and by whom it is read. */
@Named("locationAlerts") @ViewScoped
public class AlertsPage implements Serializable {

    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private Locations locations;
    @Inject private AlertDesk desk;

    private String code;
    private long location;
    private String title = "";
    private OpeningHours hours = OpeningHours.NEVER;
    private boolean overdue;
    private Integer overdueHours;
    private boolean untouched;
    private Integer untouchedHours;
    private boolean failed;
    private boolean chosen;
    private List<Long> recipients = new ArrayList<>();
    private int version;

    public void arrive() {
        String asked = code == null ? current.place().or(() -> current.getPlaces().stream().findFirst()).map(Place::code).orElse("") : code;
        Optional<Location> found = locations.find(current.getScope(), asked);
        if (found.isEmpty()) {
            Pages.notFound();
            return;
        }
        code = asked;
        location = found.get().id();
        title = found.get().name();
        hours = found.get().openingHours();
        show(desk.rules(current.getScope(), location));
    }

    private void show(AlertRules rules) {
        overdue = rules.rule(AlertKind.OVERDUE).active();
        overdueHours = rules.rule(AlertKind.OVERDUE).openHours();
        untouched = rules.rule(AlertKind.UNTOUCHED).active();
        untouchedHours = rules.rule(AlertKind.UNTOUCHED).openHours();
        failed = rules.rule(AlertKind.FAILED).active();
        chosen = !rules.recipients().isEmpty();
        recipients = new ArrayList<>(rules.recipients());
        version = rules.version();
    }

    public void save() {
        try {
            if (chosen && recipients.isEmpty()) {
                throw new Invalid("recipients", "alert.nobody");
            }
            List<AlertRule> rules = List.of(new AlertRule(AlertKind.OVERDUE, overdue, number(overdueHours)), new AlertRule(AlertKind.UNTOUCHED, untouched, number(untouchedHours)),
                new AlertRule(AlertKind.FAILED, failed, 0));
            desk.set(current.getScope(), new AlertRules(location, rules, chosen ? Set.copyOf(new HashSet<>(recipients)) : Set.of(), version));
            notices.doneThen("location", "alerts.saved");
            Pages.go("/location/alerts.xhtml", Map.of("code", code));
        } catch (Invalid refusal) {
            String field = refusal.field() == null ? null : refusal.field().equals("recipients") ? "recipients" : refusal.field() + "Hours";
            notices.refuse("edit", field, refusal);
        }
    }

    /** What was left empty is refused as what is out of range. */
    private static int number(Integer hours) { return hours == null ? -1 : hours; }

    public void move() { Pages.go("/location/alerts.xhtml", Map.of("code", code)); }

    public List<Colleague> getColleagues() { return desk.colleagues(current.getScope(), location); }

    public String getCode() { return code; }
    public void setCode(String code) { this.code = code; }
    public String getTitle() { return title; }
    public OpeningHours getHours() { return hours; }
    public boolean isOverdue() { return overdue; }
    public void setOverdue(boolean overdue) { this.overdue = overdue; }
    public Integer getOverdueHours() { return overdueHours; }
    public void setOverdueHours(Integer overdueHours) { this.overdueHours = overdueHours; }
    public boolean isUntouched() { return untouched; }
    public void setUntouched(boolean untouched) { this.untouched = untouched; }
    public Integer getUntouchedHours() { return untouchedHours; }
    public void setUntouchedHours(Integer untouchedHours) { this.untouchedHours = untouchedHours; }
    public boolean isFailed() { return failed; }
    public void setFailed(boolean failed) { this.failed = failed; }
    public boolean isChosen() { return chosen; }
    public void setChosen(boolean chosen) { this.chosen = chosen; }
    public List<Long> getRecipients() { return recipients; }
    public void setRecipients(List<Long> recipients) { this.recipients = recipients; }
}
