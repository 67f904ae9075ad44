package org.carillon.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Set;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.carillon.fact.Subject;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;
import org.carillon.template.Template;
import org.carillon.template.TemplateDesk;
import org.carillon.template.TemplateDraft;
import org.carillon.template.Templates;
import org.jdbi.v3.core.Jdbi;

/** Creates, changes, switches and deletes notifications, of a location or (leads) of the whole company. What is planned already follows in the same transaction. */
@ApplicationScoped
public class AutomationDesk {

    /** How far ahead an opening is looked for. */
    public static final Duration HORIZON = Duration.ofDays(14);
    private static final Duration FARTHEST = Duration.ofDays(365);

    private Automations automations;
    private Templates templates;
    private TemplateDesk templateDesk;
    private Locations locations;
    private AutomationWatch watch;
    private ApplicationClock clock;
    private Jdbi jdbi;

    protected AutomationDesk() { }

    @Inject
    public AutomationDesk(Automations automations, Templates templates, TemplateDesk templateDesk, Locations locations, AutomationWatch watch,
                          ApplicationClock clock, Jdbi jdbi) {
        this.automations = automations;
        this.templates = templates;
        this.templateDesk = templateDesk;
        this.locations = locations;
        this.watch = watch;
        this.clock = clock;
        this.jdbi = jdbi;
    }

    /** Saves with a template that exists, or ({@code fresh} not null) with one that is created in the same form. */
    @Transactional
    public Automation save(Scope scope, Draft draft, TemplateDraft fresh, Actor actor) {
        Location location = location(scope, draft.locationId());
        Automation automation = draft.id() == null ? Automation.draft(draft.locationId()) : known(scope, draft.id());
        if (draft.version() != null && draft.version() != automation.version()) {
            throw new Invalid("automation", "changed.meanwhile");
        }
        judge(draft, location);
        judge(draft.timeToLive().or(null));
        if (draft.id() != null && (automation.reminder() != draft.trigger() instanceof Trigger.AroundDate || automation.everywhere() != (location == null))) {
            throw new Invalid("event", "automation.kind");
        }
        Template template = fresh != null ? templateDesk.save(scope, fresh) : template(draft);
        draft.channels().stream().filter(channel -> !template.speaks(channel)).findFirst().ifPresent(channel -> {
            throw new Invalid("template", "template.silentOn." + channel, template.name());
        });
        judgeFrench(draft.channels(), template, location);
        automation.become(draft, template);
        if (draft.id() == null) {
            automations.add(automation);
        }
        switchTo(automation, draft.active(), location, actor);
        return automation;
    }

    /** @param version the one that the switch was shown with: a change made since then is reported, not overwritten */
    @Transactional
    public Automation switchTo(Scope scope, long id, int version, boolean active, Actor actor) {
        Automation automation = known(scope, id);
        if (version != automation.version()) {
            throw new Invalid("automation", "bulk.changed");
        }
        switchTo(automation, active, location(scope, automation.locationId()), actor);
        return automation;
    }

    /** @param own from the send time, at least a minute and at most a year; null for the usual one (REL-50) */
    @Transactional
    public void expireAfter(Scope scope, long id, Duration own, Actor actor) {
        judge(own);
        Automation automation = known(scope, id);
        automation.expireAfter(own);
        automations.flush();
        watch.changed(automation, actor.name());
    }

    @Transactional
    public void delete(Scope scope, long id, Actor actor) {
        Automation automation = known(scope, id);
        automation.delete();
        automations.flush();
        watch.changed(automation, actor.name());
    }

    private void switchTo(Automation automation, boolean active, Location location, Actor actor) {
        boolean needsAnOpening = automation.timing().openingHoursOnly() || automation.trigger() instanceof Trigger.AroundDate date && date.lead().intoOpeningHours();
        if (active && location != null && needsAnOpening && location.calendar().nextOpening(clock.now(), HORIZON).isEmpty()) {
            throw new Invalid("openingHours", "automation.noOpening", location.name());
        }
        if (active) {
            judgeFrench(automation.channels(), automation.template(), location);
            automation.switchOn();
        } else if (automation.active()) {
            automation.pause();
        }
        automations.flush();
        watch.changed(automation, actor.name());
    }

    /** LAW-22: what a location in Québec sends is there in French; what all locations send, too, where one of them is in Québec. */
    private void judgeFrench(Set<Channel> channels, Template template, Location location) {
        boolean quebec = location != null ? location.inQuebec()
            : jdbi.withHandle(h -> h.createQuery("select exists (select from location where region = 'QC' and active)").mapTo(Boolean.class).one());
        channels.stream().filter(channel -> quebec && !template.speaks(channel, "fr")).findFirst().ifPresent(channel -> {
            throw new Invalid("template", "template.frenchIn." + channel, template.name());
        });
    }

    /** What holds for the whole company is changed by those who see all of it. */
    private Automation known(Scope scope, long id) {
        Automation automation = automations.find(scope, id).orElseThrow(() -> Invalid.unknown("automation", id));
        location(scope, automation.locationId());
        return automation;
    }

    /** Null for the whole company. */
    private Location location(Scope scope, Long id) {
        if (id == null && !scope.all()) {
            throw new Invalid("automation", "automation.companyWide");
        }
        return id == null ? null : locations.find(scope, id).orElseThrow(() -> Invalid.unknown("location", id));
    }

    private Template template(Draft draft) {
        if (draft.templateId() == null) {
            throw new Invalid("template", "automation.template");
        }
        return templates.find(draft.templateId()).orElseThrow(() -> Invalid.unknown("template", draft.templateId()));
    }

    private void judge(Draft draft, Location location) {
        if (draft.channels().isEmpty()) {
            throw new Invalid("channel", "automation.channel");
        }
        if (draft.trigger() instanceof Trigger.AroundDate date) {
            judge(date.lead());
            if (location == null) {
                throw new Invalid("location", "required");
            }
        } else if (draft.trigger() instanceof Trigger.OnEvent event) {
            judge(draft.timing(), event, location);
        }
    }

    private static void judge(Duration timeToLive) {
        if (timeToLive != null && (timeToLive.toMinutes() < 1 || timeToLive.compareTo(FARTHEST) > 0)) {
            throw new Invalid("timeToLive", "automation.timeToLive");
        }
    }

    private static void judge(LeadTime lead) {
        if (lead.amount() < 1 || new Timing(lead.amount(), lead.unit(), false).duration().compareTo(FARTHEST) > 0) {
            throw new Invalid("delay", "automation.lead");
        }
    }

    private void judge(Timing timing, Trigger.OnEvent event, Location location) {
        if (timing.delay() < 0 || timing.duration().compareTo(FARTHEST) > 0) {
            throw new Invalid("delay", "automation.delay");
        }
        boolean lead = event.type().subject() == Subject.Type.LEAD;
        if (lead != (location == null) || lead && timing.openingHoursOnly()) {
            throw new Invalid("location", lead ? "automation.companyWide.only" : "required");
        }
        String status = event.status();
        if (lead && status != null && !jdbi.withHandle(h -> h.createQuery("select exists (select 1 from lead_status where code = :code and active)")
                .bind("code", status).mapTo(Boolean.class).one())) {
            throw new Invalid("status", "status.unknown", status);
        }
        // the codes are repair's; what a location uses is a row that SQL may ask for without knowing that package
        if (!lead && status != null && !jdbi.withHandle(h -> h.createQuery("select exists (select 1 from order_status s join location_status l on l.status_id = s.id "
                + "where s.code = :code and s.active and l.location_id = :location)").bind("code", status).bind("location", location.id()).mapTo(Boolean.class).one())) {
            throw new Invalid("status", "status.unknownHere", status, location.name());
        }
    }
}
