package org.carillon.web.planned;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.fact.ApplicationClock;
import org.carillon.report.Look;
import org.carillon.report.Part;
import org.carillon.report.PlannedList;
import org.carillon.report.PlannedList.Row;
import org.carillon.web.Current;
import org.carillon.web.Pages;
import org.carillon.web.Texts;

/** What is to come at the chosen location, or at all of the person's, and what will not leave. */
@Named("plannedList") @RequestScoped
public class ListPage {

    private static final List<Look> LOOKS = List.of(Look.PLANNED, Look.HELD, Look.SKIPPED);
    private static final Duration LOOK_BACK = Duration.ofDays(7);

    @Inject private PlannedList list;
    @Inject private Current current;
    @Inject private Texts texts;
    @Inject private ApplicationClock clock;
    private String state;
    private String after;
    private Part<Row> part;
    private Map<Look, Long> counts;

    public Part<Row> getPart() {
        if (part == null) {
            part = getLook() == Look.SKIPPED ? list.refused(current.getView(), after) : list.ahead(current.getView(), getLook(), after, 50);
        }
        return part;
    }

    public Look getLook() { return LOOKS.stream().filter(look -> look == Look.named(state)).findFirst().orElse(Look.PLANNED); }

    public List<Look> getLooks() { return LOOKS; }

    public long count(Look look) {
        if (counts == null) {
            counts = list.counts(current.getView(), clock.now().minus(LOOK_BACK));
        }
        return counts.getOrDefault(look, 0L);
    }

    /** Why it was planned: « 1 heure après, au passage à « Prêt », aux heures d’ouverture ». */
    public String why(Row row) {
        if (row.trigger() == null) {
            return "";
        }
        if (row.trigger().startsWith("due.")) {
            return texts.say("event", "why." + row.trigger(), row.delay());
        }
        String status = row.to() == null ? null : row.to().in(current.getLanguage());
        String key = "why." + row.trigger() + (row.trigger().endsWith("_STATUS_CHANGED") && status != null ? ".to" : "");
        String when = texts.say("event", row.delay() == 0 ? "delay.none" : "delay." + row.unit(), row.delay(), texts.say("event", key, status == null ? "" : status));
        String whole = row.openingHoursOnly() ? texts.say("event", "hours", when) : when;
        return whole.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + whole.substring(1);
    }

    public String view(Look look) { return Pages.address("/planned/list.xhtml", parameters(look == Look.PLANNED ? null : look.style(), null)); }

    public String getNext() { return Pages.address("/planned/list.xhtml", parameters(state, getPart().next())); }

    public String getFirst() { return Pages.address("/planned/list.xhtml", parameters(state, null)); }

    private static Map<String, Object> parameters(String state, String after) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("state", state);
        parameters.put("after", after);
        return parameters;
    }

    public String getState() { return state; }
    public void setState(String state) { this.state = state; }
    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = after; }
}
