package org.carillon.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.AudienceDesk.Count;
import org.carillon.audience.Moment;
import org.carillon.automation.AutomationVersion.Act;
import org.carillon.fact.Actor;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.carillon.template.OwnTexts;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Drafts, checks, switches, copies and deletes automations with an audience. A draft may be incomplete and is kept as it is; what is switched on is
 * complete and stays so. What they had planned follows in the same transaction.
 */
@ApplicationScoped
public class AudienceAutomations {

    /**
     * @param wrong    keeps it from being switched on; each names its field and has its words in the bundle {@code invalid}
     * @param warnings what its author should know
     */
    public record Check(List<Invalid> wrong, List<Invalid> warnings) {

        public boolean passes() { return wrong.isEmpty(); }
    }

    /** When it looks next, at the locations of one zone. */
    public record NextRun(Instant at, ZoneId zone) implements Serializable { }

    /**
     * Whom it would mean at a moment, by channel, from what is known today (B-15).
     *
     * @param since where it looks all the time: from when on; null for the moment alone
     * @param asked whether it looks on the day that was asked for; else this is the next time after it
     */
    public record DryRun(Instant at, Instant since, ZoneId zone, boolean asked, Map<Channel, Count> counts) implements Serializable {

        public Moment moment() { return new Moment(at, since); }
    }

    private final Jdbi jdbi;
    private final AudienceShelf shelf;
    private final OwnTexts texts;
    private final FieldCatalogue fields;
    private final AudienceDesk audiences;
    private final AutomationWatch watch;
    private final ApplicationClock clock;

    protected AudienceAutomations() { this(null, null, null, null, null, null, null); }

    @Inject
    public AudienceAutomations(Jdbi jdbi, AudienceShelf shelf, OwnTexts texts, FieldCatalogue fields, AudienceDesk audiences, AutomationWatch watch, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.shelf = shelf;
        this.texts = texts;
        this.fields = fields;
        this.audiences = audiences;
        this.watch = watch;
        this.clock = clock;
    }

    public Optional<AudienceAutomation> find(Scope scope, long id) { return jdbi.withHandle(h -> shelf.find(h, id)).filter(a -> a.visible(scope)); }

    public Optional<AudienceAutomation> find(Scope scope, String ref) { return jdbi.withHandle(h -> shelf.find(h, ref)).filter(a -> a.visible(scope)); }

    /** Keeps it as it is; one that is switched on must stay complete. @throws Invalid with the first that is wrong then */
    @Transactional
    public AudienceAutomation save(Scope scope, AudienceDraft draft, Actor actor) { return save(scope, draft, null, actor); }

    /** @param ref of a new one, null for any */
    @Transactional
    public AudienceAutomation save(Scope scope, AudienceDraft draft, String ref, Actor actor) { return save(scope, draft, ref, null, true, actor); }

    /** What is being typed into a draft: as {@link #save}, but a version of it is kept when somebody saves or switches on, not of every word. @throws Invalid for one that is no draft any more */
    @Transactional
    public AudienceAutomation jot(Scope scope, AudienceDraft draft, Actor actor) { return save(scope, draft, null, null, false, actor); }

    /** As {@link #save}, kept as a return to an earlier version. @param number of that version */
    @Transactional
    public AudienceAutomation restore(Scope scope, AudienceDraft draft, int number, Actor actor) { return save(scope, draft, null, number, true, actor); }

    private AudienceAutomation save(Scope scope, AudienceDraft draft, String ref, Integer from, boolean version, Actor actor) {
        if (draft.everywhere() && !scope.all() || draft.locations().stream().anyMatch(id -> !scope.allows(id))) {
            throw new Invalid("locations", "automation.elsewhere");
        }
        if (!draft.everywhere() && draft.locations().isEmpty() && !scope.all()) {
            throw new Invalid("locations", "automation.location");  // its author would not find it again
        }
        return jdbi.withHandle(h -> {
            AudienceAutomation standing = draft.id() == null ? null : lock(h, scope, draft.id(), draft.version());
            if (standing != null && !version && standing.state() != AutomationState.DRAFT) {
                throw new Invalid("automation", "changed.meanwhile");
            }
            if (standing != null && standing.draft().says(draft)) {
                if (version && standing.state() == AutomationState.DRAFT && !shelf.kept(h, standing.id(), fields.now()).says(draft)) {
                    shelf.keep(h, standing.id(), Act.CHANGED, null, clock.now(), actor.name());
                }
                return standing;
            }
            long id = standing == null ? shelf.add(h, ref) : standing.id();
            long template = texts.keep(h, standing == null ? null : standing.templateId(), draft.name(), draft.purpose(), draft.translations());
            if (standing != null && standing.state() == AutomationState.ACTIVE) {
                refuse(h, draft);
            }
            shelf.write(h, id, draft, template, clock.now());
            if (version || standing == null) {
                shelf.keep(h, id, from != null ? Act.RESTORED : standing == null ? Act.CREATED : Act.CHANGED, from, clock.now(), actor.name());
            }
            AudienceAutomation saved = shelf.find(h, id).orElseThrow();
            if (standing != null) {
                if (standing.draft().finds(saved.draft())) {
                    watch.keepPlans(id, saved.rev());
                }
                watch.changedMany(List.of(saved.revision(false)), actor.name());
            }
            return saved;
        });
    }

    /** How many messages that wait for their hour would be called off if this were saved: of one that is switched on, where it means others or in another way. */
    public int callsOff(Scope scope, AudienceDraft draft) {
        return draft.id() == null ? 0 : find(scope, draft.id()).filter(a -> a.state() == AutomationState.ACTIVE && !a.draft().finds(draft)).map(a -> watch.waiting(a.id())).orElse(0);
    }

    /** How many messages that wait for their hour would be called off if it were paused. */
    public int waiting(Scope scope, long id) { return find(scope, id).filter(a -> a.state() == AutomationState.ACTIVE).map(a -> watch.waiting(a.id())).orElse(0); }

    /** What keeps it from being switched on; quick, unlike the warnings, which look at every record. */
    public List<Invalid> wrong(AudienceDraft draft) { return jdbi.withHandle(h -> check(h).wrong(draft)); }

    /** Warnings count what the reader may see. */
    public Check check(Scope reader, AudienceDraft draft) {
        return jdbi.withHandle(h -> {
            AudienceCheck check = check(h);
            return new Check(check.wrong(draft), check.warnings(reader, draft));
        });
    }

    /** @throws Invalid with the first that {@link #check} finds */
    @Transactional
    public AudienceAutomation activate(Scope scope, long id, int version, Actor actor) {
        return jdbi.withHandle(h -> {
            AudienceAutomation standing = lock(h, scope, id, version);
            if (standing.state() == AutomationState.ACTIVE) {
                return standing;
            }
            refuse(h, standing.draft());
            return turn(h, id, AutomationState.ACTIVE, clock.now(), actor);
        });
    }

    @Transactional
    public AudienceAutomation pause(Scope scope, long id, int version, Actor actor) {
        return jdbi.withHandle(h -> lock(h, scope, id, version).state() == AutomationState.ACTIVE ? turn(h, id, AutomationState.PAUSED, null, actor) : shelf.find(h, id).orElseThrow());
    }

    private AudienceAutomation turn(Handle h, long id, AutomationState state, Instant since, Actor actor) {
        shelf.turn(h, id, state, since);
        shelf.keep(h, id, state == AutomationState.ACTIVE ? Act.ACTIVATED : Act.PAUSED, null, clock.now(), actor.name());
        AudienceAutomation turned = shelf.find(h, id).orElseThrow();
        watch.changedMany(List.of(turned.revision(false)), actor.name());
        return turned;
    }

    /** A draft that says the same. */
    @Transactional
    public AudienceAutomation duplicate(Scope scope, long id, String name, Actor actor) {
        AudienceDraft d = find(scope, id).orElseThrow(() -> Invalid.unknown("automation", id)).draft();
        return save(scope, new AudienceDraft(null, null, name, d.kind(), d.audience(), d.schedule(), d.everywhere(), d.locations(), d.channels(), d.marketing(), d.translations(),
            d.dropPastMidnight()), null, actor);
    }

    @Transactional
    public void delete(Scope scope, long id, int version, Actor actor) {
        jdbi.useHandle(h -> {
            AudienceAutomation standing = lock(h, scope, id, version);
            shelf.keep(h, id, Act.DELETED, null, clock.now(), actor.name());
            shelf.delete(h, id);
            Revision gone = standing.revision(true);
            watch.changedMany(List.of(new Revision(id, gone.locations(), gone.state(), true, gone.rev() + 1)), actor.name());
        });
    }

    /** The next looks of a schedule at its locations, zone by zone, earliest first; in real time one of each zone, from which something may leave. */
    public List<NextRun> nextRuns(AudienceDraft draft, int most) { return jdbi.withHandle(h -> forecast(h).next(draft, most)); }

    /** The next look of each that is switched on. */
    public Map<Long, NextRun> nextRuns(Collection<Long> ids) {
        List<AudienceAutomation> active = jdbi.withHandle(h -> shelf.active(h)).stream().filter(a -> ids.contains(a.id())).toList();
        Map<Long, NextRun> next = new HashMap<>();
        active.forEach(a -> nextRuns(a.draft(), 1).stream().findFirst().ifPresent(run -> next.put(a.id(), run)));
        return next;
    }

    /** Whether a reference is in use, seen or not, by whatever kind of automation, deleted ones too. */
    public boolean taken(String ref) {
        return jdbi.withHandle(h -> h.createQuery("select exists (select from automation where ref = :ref)").bind("ref", ref).mapTo(Boolean.class).one());
    }

    /** On a day of the first of its zones: at its time, or at the next one where it does not look on that day; in real time all day long. */
    public DryRun dryRun(Scope scope, AudienceDraft draft, LocalDate day) { return jdbi.withHandle(h -> forecast(h).on(scope, draft, day)); }

    /** Whom it means now, for the question before it is switched on. */
    public DryRun dryRun(Scope scope, AudienceDraft draft) { return jdbi.withHandle(h -> forecast(h).now(scope, draft)); }

    private Forecast forecast(Handle h) { return new Forecast(h, audiences, clock.now()); }

    private AudienceAutomation lock(Handle h, Scope scope, long id, Integer version) {
        AudienceAutomation standing = shelf.lock(h, id).filter(a -> a.visible(scope)).orElseThrow(() -> Invalid.unknown("automation", id));
        if (!standing.editable(scope)) {
            throw new Invalid("locations", "automation.elsewhere");
        }
        if (version != null && version != standing.version()) {
            throw new Invalid("automation", "changed.meanwhile");
        }
        return standing;
    }

    private void refuse(Handle h, AudienceDraft draft) {
        check(h).wrong(draft).stream().findFirst().ifPresent(wrong -> { throw wrong; });
    }

    private AudienceCheck check(Handle h) { return new AudienceCheck(h, fields.now(), texts, clock.now()); }
}
