package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.carillon.customer.RetentionRule.Kind;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person;
import org.carillon.shop.Role;
import org.jdbi.v3.core.Jdbi;

/**
 * Lets go what was kept long enough (LAW-19): every night, and shown before it is done. Texts are found by their age through the block ranges of
 * {@code message_created}, which reads history once a night; an index of the texts that are still kept would be written at every message's end instead.
 */
@ApplicationScoped
public class RetentionDesk {

    /** @param due now, as a dry run; {@code done} at the last run, null where there was none */
    public record Line(Kind kind, int months, long due, Long done, Instant at) { }

    static final int AT_ONCE = 2_000;

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final ErasureDesk erasures;

    protected RetentionDesk() { this(null, null, null); }

    @Inject
    public RetentionDesk(Jdbi jdbi, ApplicationClock clock, ErasureDesk erasures) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.erasures = erasures;
    }

    public RetentionRule rule() {
        return jdbi.withHandle(h -> h.createQuery("select texts, contacts, proofs, stops from retention_rule").map((r, x) -> new RetentionRule(r.getInt(1), r.getInt(2), r.getInt(3), r.getInt(4))).findOne())
            .orElse(RetentionRule.USUAL);
    }

    /** @throws Invalid where the role may not, or the law wants longer */
    @Transactional
    public void change(Person by, RetentionRule rule) {
        if (by.role() != Role.ADMINISTRATOR) {
            throw new Invalid(null, "retention.role");
        }
        if (!rule.allowed()) {
            throw new Invalid(null, "retention.months");
        }
        jdbi.useHandle(h -> h.createUpdate("insert into retention_rule (texts, contacts, proofs, stops) values (:texts, :contacts, :proofs, :stops) on conflict (one) do update set texts = :texts, "
                + "contacts = :contacts, proofs = :proofs, stops = :stops").bind("texts", rule.texts()).bind("contacts", rule.contacts()).bind("proofs", rule.proofs()).bind("stops", rule.stops()).execute());
    }

    /** What the next night would let go, and what the last one did. Changes nothing. */
    public List<Line> dryRun() {
        RetentionRule rule = rule();
        Instant now = clock.now();
        return jdbi.withHandle(h -> {
            Map<Kind, Line> last = new EnumMap<>(Kind.class);
            h.createQuery("select distinct on (kind) kind, done, at from retention_run order by kind, id desc")
                .map((r, x) -> new Line(Kind.valueOf(r.getString(1)), 0, 0, r.getLong(2), r.getTimestamp(3).toInstant())).forEach(line -> last.put(line.kind(), line));
            return java.util.Arrays.stream(Kind.values()).map(kind -> new Line(kind, rule.months(kind),
                h.createQuery("select count(*) from retention_due(:kind, :before)").bind("kind", kind).bind("before", rule.before(kind, now)).mapTo(Long.class).one(),
                last.containsKey(kind) ? last.get(kind).done() : null, last.containsKey(kind) ? last.get(kind).at() : null)).toList();
        });
    }

    /** Lets go a part of what is due now, in a transaction of its own. Answers how many; fewer than {@link #AT_ONCE} when that was all. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public long step(Kind kind) {
        Instant now = clock.now();
        Instant before = rule().before(kind, now);
        if (kind != Kind.CONTACTS) {
            return jdbi.withHandle(h -> h.createQuery("select retention_apply(:kind, :before, :now, :most)").bind("kind", kind).bind("before", before).bind("now", now).bind("most", AT_ONCE)
                .mapTo(Long.class).one());
        }
        List<Long> people = jdbi.withHandle(h -> h.createQuery("select * from retention_due('CONTACTS', :before) limit :most").bind("before", before).bind("most", AT_ONCE / 10).mapTo(Long.class).list());
        people.forEach(id -> erasures.erase(id, "retention"));
        return people.size() == AT_ONCE / 10 ? AT_ONCE : people.size();
    }

    /** Writes down that the kind was done. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void note(Kind kind, long done) {
        jdbi.useHandle(h -> h.createUpdate("insert into retention_run (at, kind, done) values (:now, :kind, :done)").bind("now", clock.now()).bind("kind", kind).bind("done", done).execute());
    }
}
