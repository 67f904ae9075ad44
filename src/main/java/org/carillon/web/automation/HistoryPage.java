package org.carillon.web.automation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceAutomations;
import org.carillon.automation.LookFailure;
import org.carillon.report.AutomationList;
import org.carillon.report.AutomationList.Run;
import org.carillon.report.Part;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Notices;
import org.carillon.web.Pages;
import org.carillon.web.Texts;

/** Every look of an automation for its audience, and what came of it. */
@Named("automationHistory") @RequestScoped
public class HistoryPage {

    @Inject private AutomationList list;
    @Inject private AudienceAutomations desk;
    @Inject private Current current;
    @Inject private Texts texts;
    @Inject private Notices notices;
    @Inject private Moments moments;
    private String id;
    private String after;
    private AudienceAutomation automation;
    private Part<Run> part;

    public void open() {
        if (getAutomation() == null) {
            Pages.notFound();
        }
    }

    /** Null where there is none, or none for this person. */
    public AudienceAutomation getAutomation() {
        if (automation == null && Pages.number(id) != null) {
            automation = desk.find(current.getScope(), Pages.number(id)).orElse(null);
        }
        return automation;
    }

    public Part<Run> getPart() {
        if (part == null) {
            part = list.runs(current.getScope(), Pages.number(id), after);
        }
        return part;
    }

    /** Whether a look is under way or about to be, so that the page looks again; zones are looked at one after the other. */
    public boolean isMoving() { return getPart().rows().stream().anyMatch(run -> run.pending() && run.error() == null); }

    /** « 14 407 clients considérés, 13 468 visés, 12 990 messages planifiés, 478 sans consentement. » */
    public String figures(Run run) {
        return !run.told() ? texts.say("automation", "history.figures.elsewhere") : run.considered() == null ? texts.say("automation", "history.figures.short", run.matched(), run.planned(), run.withoutConsent())
            : texts.say("automation", "history.figures", run.considered(), run.matched(), run.planned(), run.withoutConsent());
    }

    /** What else became of those who matched; nothing of which there was none. */
    public String others(Run run) {
        List<String> said = new ArrayList<>();
        add(said, "history.address", run.withoutAddress());
        add(said, "history.already", run.already());
        add(said, "history.capped", run.capped());
        add(said, "history.late", run.tooLate());
        add(said, "history.silent", run.silent());
        return String.join(" · ", said);
    }

    /** Of one that is still to be made, and of one that was given up: what its rules lack, or when it was, as the log has it. */
    public String error(Run run) {
        if (run.error() == null) {
            return "";
        }
        LookFailure failure = LookFailure.read(run.error());
        return failure.wrong() != null ? texts.say("automation", "history.error.RULES", notices.say(failure.wrong()))
            : failure.at() == null ? texts.say("automation", "history.error") : texts.say("automation", "history.error." + failure.cause(), moments.at(failure.at()));
    }

    private void add(List<String> said, String key, int n) {
        if (n > 0) {
            said.add(texts.say("automation", key, n));
        }
    }

    public String style(Run run) {
        return switch (run.state()) {
            case "DONE" -> "delivered";
            case "REQUESTED", "RUNNING" -> "planned";
            case "FAILED" -> "failed";
            default -> "skipped";
        };
    }

    public String zone(Run run) { return run.zone().equals("*") ? current.getZone().getId() : run.zone(); }

    public String getNext() { return Pages.address("/automation/history.xhtml", Map.of("id", id, "after", getPart().next())); }

    public String getFirst() { return Pages.address("/automation/history.xhtml", Map.of("id", id)); }

    public String getId() { return id; }
    public void setId(String id) { this.id = id; }
    public String getAfter() { return after; }
    public void setAfter(String after) { this.after = after; }
}
