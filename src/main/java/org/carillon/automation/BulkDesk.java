package org.carillon.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.automation.BulkOutcome.Refusal;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Changes many notifications and reminders in one transaction (RO-42 to RO-44): what can be changed is, the rest stays as it is and says why. The
 * last action of each person can be undone; what was sent meanwhile stays sent.
 */
@ApplicationScoped
public class BulkDesk {

    /** Automations, or copies, of one action. */
    public static final int MOST = 20_000;
    /** Of the database's advisory locks: one copying at a time, so that two people make no duplicates together. */
    private static final long COPYING = 0x636f7079L;

    private final Jdbi jdbi;
    private final AutomationWatch watch;
    private final ApplicationClock clock;

    protected BulkDesk() { this(null, null, null); }

    @Inject
    public BulkDesk(Jdbi jdbi, AutomationWatch watch, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.watch = watch;
        this.clock = clock;
    }

    /** @param chosen automations with the version that the person saw; one that has another by now is shown, not overwritten */
    @Transactional
    public BulkOutcome apply(Scope scope, long staffId, Map<Long, Integer> chosen, BulkEdit edit) {
        if (chosen.size() > MOST) {
            throw new Invalid("bulk", "bulk.tooMany", MOST);
        }
        return jdbi.withHandle(h -> {
            if (edit instanceof BulkEdit.CopyTo) {
                h.execute("select pg_advisory_xact_lock(?)", COPYING);
            }
            List<Refusal> refused = new ArrayList<>();
            List<Standing> seen = seen(h, scope, chosen, refused);
            return edit instanceof BulkEdit.CopyTo to ? copy(h, scope, staffId, seen, to, refused) : change(h, staffId, seen, edit, refused);
        });
    }

    /** Takes back the last action of the person, but for what was changed since. */
    @Transactional
    public BulkOutcome undo(Scope scope, long staffId) {
        return jdbi.withHandle(h -> {
            BulkLedger ledger = new BulkLedger(h);
            BulkOutcome.Last last = ledger.last(staffId, true).orElseThrow(() -> new Invalid("bulk", "bulk.nothing"));
            Map<Long, BulkLedger.State> states = ledger.states(last.id());
            List<Standing> standing = Standing.lock(h, states.keySet());
            Surroundings around = surroundings(h, standing, states.values().stream().filter(s -> s.before() != null).map(s -> s.before().templateId()), Set.of());
            BulkJudge judge = new BulkJudge(around);
            List<Refusal> refused = new ArrayList<>();
            List<Standing> after = new ArrayList<>();
            for (Standing s : standing) {
                BulkLedger.State state = states.get(s.id());
                BulkLedger.Before b = state.before();
                Standing then = b == null ? s.gone() : s.with(b.channels(), b.templateId(), b.state(), b.deleted());
                Optional<Refusal> refusal = !s.visible(scope) ? Optional.of(unknown())
                    : s.version() != state.version() ? BulkJudge.refusal(s, "bulk.changedSince") : judge.refuse(s, then);
                refusal.ifPresentOrElse(refused::add, () -> after.add(then));
            }
            ledger.write(after);
            ledger.close(last.id(), clock.now());
            watch.revived(after.stream().map(Standing::id).toList(), last.doneAt());
            watch.changedMany(after.stream().map(Standing::next).toList(), name(h, staffId));
            return new BulkOutcome(last.kind(), after.size(), 0, refused);
        });
    }

    /** What {@link #undo} would take back. */
    @Transactional
    public Optional<BulkOutcome.Last> last(long staffId) { return jdbi.withHandle(h -> new BulkLedger(h).last(staffId, false)); }

    private BulkOutcome change(Handle h, long staffId, List<Standing> seen, BulkEdit edit, List<Refusal> refused) {
        Surroundings around = surroundings(h, seen, edit instanceof BulkEdit.UseTemplate to ? Stream.of(to.templateId()) : Stream.empty(), Set.of());
        judge(edit, around);
        BulkJudge judge = new BulkJudge(around);
        List<Standing> before = new ArrayList<>();
        List<Standing> after = new ArrayList<>();
        for (Standing s : seen) {
            Standing then = BulkJudge.after(s, edit);
            if (!then.equals(s)) {
                judge.refuse(s, then).ifPresentOrElse(refused::add, () -> {
                    before.add(s);
                    after.add(then);
                });
            }
        }
        int same = (int) seen.stream().filter(s -> BulkJudge.after(s, edit).equals(s)).count();
        if (!after.isEmpty()) {
            BulkLedger ledger = new BulkLedger(h);
            ledger.remember(ledger.open(staffId, edit, after.size(), refused.size(), clock.now()), before);
            ledger.write(after);
            watch.changedMany(after.stream().map(Standing::next).toList(), name(h, staffId));
        }
        return new BulkOutcome(edit.kind(), after.size(), same, refused);
    }

    private BulkOutcome copy(Handle h, Scope scope, long staffId, List<Standing> seen, BulkEdit.CopyTo to, List<Refusal> refused) {
        List<Long> targets = targets(h, scope, to);
        if ((long) seen.size() * targets.size() > MOST) {
            throw new Invalid("bulk", "bulk.tooMany", MOST);
        }
        Copies copies = new Copies(surroundings(h, seen, Stream.empty(), targets), Standing.at(h, targets));
        seen.forEach(source -> targets.forEach(target -> copies.ask(source, target)));
        refused.addAll(copies.refused());
        if (!copies.wanted().isEmpty()) {
            BulkLedger ledger = new BulkLedger(h);
            List<Long> made = ledger.copy(ledger.open(staffId, to, copies.wanted().size(), refused.size(), clock.now()), copies.wanted());
            List<Revision> revisions = new ArrayList<>();
            for (int i = 0; i < made.size(); i++) {
                Copies.Copy copy = copies.wanted().get(i);
                revisions.add(new Revision(made.get(i), Set.of(copy.location()), copy.source().state(), false, 1));
            }
            watch.changedMany(revisions, name(h, staffId));
        }
        return new BulkOutcome(to.kind(), copies.wanted().size(), copies.present(), refused);
    }

    private static String name(Handle h, long staffId) { return h.createQuery("select name from staff where id = ?").bind(0, staffId).mapTo(String.class).one(); }

    private static List<Standing> seen(Handle h, Scope scope, Map<Long, Integer> chosen, List<Refusal> refused) {
        List<Standing> visible = Standing.lock(h, chosen.keySet()).stream().filter(s -> s.visible(scope)).toList();
        Stream.generate(BulkDesk::unknown).limit(chosen.size() - visible.size()).forEach(refused::add);
        List<Standing> seen = new ArrayList<>();
        for (Standing s : visible) {
            if (s.deleted() || s.version() != chosen.get(s.id())) {
                BulkJudge.refusal(s, s.deleted() ? "bulk.deleted" : "bulk.changed").ifPresent(refused::add);
            } else {
                seen.add(s);
            }
        }
        return seen;
    }

    private Surroundings surroundings(Handle h, List<Standing> standing, Stream<Long> templates, Collection<Long> locations) {
        Set<Long> words = Stream.concat(standing.stream().map(Standing::templateId), templates).collect(Collectors.toSet());
        Set<Long> places = new HashSet<>(locations);
        standing.stream().map(Standing::locationId).filter(id -> id != null).forEach(places::add);
        return Surroundings.read(h, words, places, clock.now());
    }

    /** What holds for none of them is refused before anything is changed. */
    private static void judge(BulkEdit edit, Surroundings around) {
        if (edit instanceof BulkEdit.UseTemplate to && (around.templates().get(to.templateId()) == null || around.templates().get(to.templateId()).deleted())) {
            throw Invalid.unknown("template", to.templateId());
        }
        if (edit instanceof BulkEdit.UseChannels to && to.channels().isEmpty()) {
            throw new Invalid("channel", "automation.channel");
        }
    }

    private static List<Long> targets(Handle h, Scope scope, BulkEdit.CopyTo to) {
        List<Long> mine = h.createQuery("select id from location where active and (:all or id = any(:mine)) order by id").bind("all", scope.all()).bind("mine", scope.ids())
            .mapTo(Long.class).list();
        if (to.locations() == null) {
            return mine;
        }
        to.locations().stream().filter(id -> !mine.contains(id)).findFirst().ifPresent(id -> {
            throw Invalid.unknown("location", id);
        });
        if (to.locations().isEmpty()) {
            throw new Invalid("locations", "bulk.locations");
        }
        return mine.stream().filter(to.locations()::contains).toList();
    }

    /** The same for what is gone and for what is somebody else's (SEC-13). */
    private static Refusal unknown() { return new Refusal(null, "bulk.unknown", List.of()); }
}
