package org.carillon.web.automation;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.Judge;
import org.carillon.automation.AudienceAutomation;
import org.carillon.automation.AudienceAutomations;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.AutomationState;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.fact.Subject;
import org.carillon.plan.Estimates;
import org.carillon.plan.Samples;
import org.carillon.plan.TextTrials;
import org.carillon.report.PreviewRecords.Choice;
import org.carillon.shop.Person;
import org.carillon.shop.Scope;
import org.carillon.template.Longest;
import org.carillon.template.Signature;
import org.carillon.web.Amounts;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Notices;
import org.carillon.web.Texts;
import org.carillon.web.audience.RuleEditor;
import org.carillon.web.template.Preview;
import org.primefaces.PrimeFaces;

/**
 * The wizard: name, message, customers, date and time, in any order. A draft is stored while one types, so nothing is lost by leaving, and sends
 * nothing before it is switched on; what is switched on is stored when somebody says so, and leaving it otherwise asks first.
 */
@Named("automationEdit") @ViewScoped
public class EditPage implements Serializable {

    /** In the order of the steps; replies get their room between the message and the customers. */
    public enum Step { NAME, MESSAGE, CUSTOMERS, TIME }

    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private AudienceAutomations desk;
    @Inject private FieldCatalogue catalogue;
    @Inject private Preview preview;
    @Inject private TextTrials trials;
    @Inject private Estimates estimates;
    @Inject private Longest longest;
    @Inject private Moments moments;
    @Inject private Amounts amounts;
    @Inject private Texts texts;
    @Inject private ApplicationClock clock;

    private Long id;
    private Step step = Step.NAME;
    private AutomationState state = AutomationState.DRAFT;
    private AutomationForm form = new AutomationForm();
    private RuleEditor rules = RuleEditor.of(null);
    private Choice record;
    private String testTo = "";
    private LocalDate dryDate;
    private AudienceAutomations.DryRun dry;
    private Estimates.Estimate dryCost;
    private Estimates.Estimate cost;
    private String asks;
    private boolean asking;
    private int losing;
    private Step wanted = Step.NAME;
    private AudienceAutomations.DryRun today;
    private List<String> warnings;
    private String kept;

    /** Before the first rendering: what is stored, or a new one; 404 for one that is not there. */
    public void arrive() throws IOException {
        Optional<AudienceAutomation> stored = id == null ? Optional.empty() : desk.find(current.getScope(), id);
        if (id != null && stored.isEmpty()) {
            outside().responseSendError(404, "");
            FacesContext.getCurrentInstance().responseComplete();
            return;
        }
        form = stored.map(a -> AutomationForm.of(a.draft())).orElseGet(() -> AutomationForm.fresh(current.getLocationId(), current.getPlaces()));
        form.setLanguage(current.getLanguage());
        stored.ifPresent(a -> {
            state = a.state();
            rules = RuleEditor.of(a.audience());
        });
        record = preview.fitting(current.getView(), target(), form.getWords().values().stream().flatMap(w -> Stream.of(w.getSms(), w.getSubject(), w.getBody()))).orElse(null);
        asking = asks != null && state == AutomationState.PAUSED && desk.wrong(draft()).isEmpty();
        if (asking) {
            question();
        }
    }

    /** Keeps what was typed and shows the step. */
    public void go(Step to) throws IOException { keepThen(to, false); }

    public void save() throws IOException { keepThen(step, true); }

    /** After the question. */
    public void saveAnyway() throws IOException { keepThen(wanted, true, true); }

    private void keepThen(Step to, boolean says) throws IOException { keepThen(to, says, false); }

    /** Asks first where messages that wait would be called off. */
    private void keepThen(Step to, boolean says, boolean agreed) throws IOException {
        losing = 0;
        if (notices.attempt("edit", () -> {
            rules.settle(catalogue.now());
            losing = agreed ? 0 : desk.callsOff(current.getScope(), draft());
        }) && losing > 0) {
            wanted = to;
            PrimeFaces.current().ajax().update("losing");
            PrimeFaces.current().executeScript("PF('losing').show()");
        } else if (notices.attempt("edit", this::keep)) {
            if (says) {
                notices.doneThen("wizard", state == AutomationState.ACTIVE ? "saved.active" : "saved");
            }
            outside().redirect("edit.xhtml?id=" + id + "&step=" + to);
        }
    }

    /** While one types into a draft: stored as it is, without a word but the time; where that is refused, why. */
    public void jot() {
        boolean fresh = id == null;
        try {
            rules.settle(catalogue.now());
            AudienceAutomation saved = desk.jot(current.getScope(), draft(), current.actor());
            id = saved.id();
            form.setVersion(saved.version());
            kept = texts.say("wizard", "kept", moments.clock(clock.now(), current.getZone().getId()));
        } catch (Invalid refusal) {
            kept = texts.say("wizard", "kept.not", notices.say(refusal));
        }
        if (fresh && id != null) {
            PrimeFaces.current().executeScript("history.replaceState(null, '', 'edit.xhtml?id=" + id + "&step=" + step + "')");  // so that loading the page anew finds it
        }
    }

    /** What one sees of it is what is stored: of one that is switched on only what is whole. */
    private void keep() {
        rules.settle(catalogue.now());
        AudienceAutomation saved = desk.save(current.getScope(), draft(), current.actor());
        id = saved.id();
        form.setVersion(saved.version());
    }

    private AudienceDraft draft() { return form.draft(id, rules.isBlank() ? null : rules.audience()); }

    /** The question before switching on, with the numbers of what is stored now. */
    public void ask() {
        asking = notices.attempt("edit", this::keep) && desk.wrong(draft()).isEmpty();
        if (asking) {
            question();
            PrimeFaces.current().executeScript("PF('question').show()");
        } else {
            notices.warn("wizard", "ask.missing");
        }
    }

    private void question() {
        today = desk.dryRun(current.getScope(), draft());
        cost = estimate(today);
    }

    private Estimates.Estimate estimate(AudienceAutomations.DryRun run) {
        return estimates.of(current.getScope(), draft(), run.moment(), preview.reader(record), record == null ? null : record.locationId());
    }

    public void activate() throws IOException {
        if (notices.attempt("edit", () -> desk.activate(current.getScope(), id, form.getVersion(), current.actor()))) {
            notices.doneThen("wizard", "activated", form.getName());
            outside().redirect("list.xhtml");
        }
    }

    public void test() {
        Person person = current.person().orElseThrow();
        notices.attempt("edit", () -> {
            if (record == null) {
                throw new Invalid("testTo", "trial.noRecord");
            }
            try {
                trials.send(person, form.testChannel(), testTo, form.shown(), draft().purpose(), true, preview.reader(record), record.locationId());
            } catch (Invalid refusal) {
                throw new Invalid("testTo", refusal.key(), refusal.arguments().toArray());
            }
            notices.done("wizard", "test.sent", testTo);
        });
    }

    public void dryRun() {
        if (dryDate != null) {
            rules.settle(catalogue.now());
            dry = null;
            notices.attempt("edit", () -> {
                dry = desk.dryRun(current.getScope(), draft(), dryDate);
                dryCost = estimate(dry);
            });
        }
    }

    /** What stands against switching on, asked once for each rendering. */
    public List<Invalid> getWrong() {
        if (FacesContext.getCurrentInstance().getCurrentPhaseId() != PhaseId.RENDER_RESPONSE) {
            return desk.wrong(draft());
        }
        @SuppressWarnings("unchecked") List<Invalid> wrong = (List<Invalid>) FacesContext.getCurrentInstance().getAttributes().computeIfAbsent("automationEdit.wrong", key -> desk.wrong(draft()));
        return wrong;
    }

    /** Of the rules as they came to this step: they look at every record. */
    public List<String> getWarnings() {
        if (warnings == null) {
            warnings = new ArrayList<>(desk.check(current.getScope(), draft()).warnings().stream().map(this::say).toList());
        }
        return warnings;
    }

    /** Done: nothing stands against switching on that belongs to the step. */
    public boolean done(Step of) { return id != null && getWrong().stream().noneMatch(w -> of(w) == of); }

    /** Where it is mended. */
    public Step of(Invalid problem) {
        String field = String.valueOf(problem.field());
        return field.matches("(groups|audience).*|target") ? Step.CUSTOMERS : field.matches("(fr|en)\\..*|text|channel|template|marketing|purpose") ? Step.MESSAGE : field.matches("name|kind|locations") ? Step.NAME : Step.TIME;
    }

    public String say(Invalid problem) { return notices.say(problem); }

    public List<AudienceAutomations.NextRun> getNext() { return desk.nextRuns(draft(), 3); }

    /** Of the channel that reaches most, where there are two. */
    private static AudienceDesk.Count best(AudienceAutomations.DryRun run) {
        return run == null ? null : run.counts().values().stream().max(Comparator.comparing(AudienceDesk.Count::reachable)).orElse(null);
    }

    public AudienceDesk.Count getToday() { return best(today); }
    public AudienceAutomations.DryRun getDry() { return dry; }
    /** What the messages of now come to, and those of the dry run. */
    public Estimates.Estimate getCost() { return cost; }
    public Estimates.Estimate getDryCost() { return dryCost; }
    /** What the customer of the preview would read; null where nobody would. */
    public Samples.Shown getDryText() { return preview.show(form.translations(), draft().purpose(), record, form.testChannel()).filter(shown -> !shown.text().isEmpty()).orElse(null); }
    /** The question, with its numbers. */
    public String getQuestion() {
        return !asking ? texts.say("wizard", "ask.title") : cost.messages() > 0 ? texts.say("wizard", "ask.title.segments", cost.messages(), cost.segments()) : texts.say("wizard", "ask.title.count", getToday().reachable());
    }
    public String say(Estimates.Estimate estimate) {
        String price = amounts.of(estimate.price(), estimate.segments(), record == null ? null : record.country());
        return texts.say("wizard", price.isEmpty() ? "segments" : "segments.cost", estimate.segments(), price);
    }
    /** Whether the page comes with its question, as the list's resume asks for. */
    public String getAsks() { return asks; }
    public void setAsks(String asks) { this.asks = asks; }

    public List<Choice> seek(String text) { return preview.seek(current.getScope(), target(), text); }

    /** What its messages are about; null as long as its rules do not say. */
    private Subject.Type target() {
        FieldCatalogue fields = catalogue.now();
        return rules.isBlank() || !Judge.of(rules.audience(), fields).isEmpty() ? null : rules.audience().subject(fields);
    }


    public String getSmsMode() { return record == null ? "TYPO" : record.smsMode(); }
    public SmsTerms getTerms() { return preview.terms(record); }
    public String values(String of, String channel) { return preview.json(record, of, Channel.valueOf(channel)); }
    public String sign(String of, String channel) { return preview.sign(record, draft().purpose(), Signature.FIRST, of, Channel.valueOf(channel)); }
    public int getMaxSegments() { return longest.of(draft().purpose()); }

    private static ExternalContext outside() { return FacesContext.getCurrentInstance().getExternalContext(); }

    public boolean isNew() { return id == null; }
    public Step[] getSteps() { return Step.values(); }
    public Step getBefore() { return step == Step.NAME ? null : Step.values()[step.ordinal() - 1]; }
    public Step getAfter() { return step == Step.TIME ? null : Step.values()[step.ordinal() + 1]; }
    public Long getId() { return id; }
    public void setId(Long id) { this.id = id; }
    public Step getStep() { return step; }
    /** The step as the address names it; a name that is none leads to the first. */
    public String getAsked() { return step.name(); }
    public void setAsked(String name) { step = Arrays.stream(Step.values()).filter(s -> s.name().equals(name)).findFirst().orElse(Step.NAME); }
    /** Of the locations that it is for, those that the reader may see. */
    public Scope getScope() { return form.scope(current.getScope()); }
    /** That what was typed is stored, and since when; null before anything was. */
    public String getKept() { return kept; }
    public boolean isAsking() { return asking; }
    /** Messages that wait and would be called off. */
    public int getLosing() { return losing; }
    public LocalDate getDryDate() { return dryDate; }
    public void setDryDate(LocalDate dryDate) { this.dryDate = dryDate; }
    public AutomationState getState() { return state; }
    public AutomationForm getForm() { return form; }
    public RuleEditor getRules() { return rules; }
    public Choice getRecord() { return record; }
    public void setRecord(Choice record) { this.record = record == null ? this.record : record; }
    public String getTestTo() { return testTo; }
    public void setTestTo(String testTo) { this.testTo = testTo; }
}
