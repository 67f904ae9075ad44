package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Addresses that must not be written to. Kept by the address, not by the customer, so that a stop outlives a deleted card and a second import
 * (LAW-14). What waits for the address stops in the caller's transaction (T18).
 */
@ApplicationScoped
public class Suppressions {

    /** ALL: nothing more; MARKETING: no offers (LAW-16). */
    public enum Scope { ALL, MARKETING }

    private final Jdbi jdbi;
    private final ApplicationClock clock;
    private final ConsentWatch watch;

    protected Suppressions() { this(null, null, null); }

    @Inject
    public Suppressions(Jdbi jdbi, ApplicationClock clock, ConsentWatch watch) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.watch = watch;
    }

    /**
     * Stops an address, or widens a stop of offers to a stop of everything.
     *
     * @param address  E.164 or an e-mail address in small letters
     * @param evidence what it rests on, such as the number of the text that asked for it; no words of the customer
     * @return false where it was stopped as widely before
     */
    public boolean stop(Channel channel, String address, Scope scope, Reason reason, String evidence, String actor) {
        boolean stopped = jdbi.withHandle(h -> insert(h, channel, address, scope, reason, evidence, actor));
        if (stopped) {
            watch.stopped(channel, address, scope == Scope.MARKETING, reason, actor);
        }
        return stopped;
    }

    /** Whether a stop on this evidence is known, in force or lifted since: evidence that comes twice stops once. */
    public boolean isKnown(Channel channel, String address, String evidence) {
        return jdbi.withHandle(h -> h.createQuery("select exists (select from suppression where channel = :channel and address = :address and evidence = :evidence)")
            .bind("channel", channel).bind("address", address).bind("evidence", evidence).mapTo(Boolean.class).one());
    }

    private boolean insert(Handle h, Channel channel, String address, Scope scope, Reason reason, String evidence, String actor) {
        Instant now = clock.now();
        if (scope == Scope.ALL) {
            h.createUpdate("update suppression set released_at = :now, released_by = :actor where channel = :channel and address = :address and scope = 'MARKETING' and released_at is null")
                .bind("now", now).bind("actor", actor).bind("channel", channel).bind("address", address).execute();
        }
        return h.createUpdate("insert into suppression (channel, address, scope, reason, evidence, at, actor) values (:channel, :address, :scope, :reason, :evidence, :now, :actor) "
                + "on conflict do nothing").bind("channel", channel).bind("address", address).bind("scope", scope).bind("reason", reason).bind("evidence", evidence)
            .bind("now", now).bind("actor", actor).execute() > 0;
    }

    /** Only the person who stopped may start again (P-12): lifts what they had stopped or complained of themselves, not what a provider or a bounce stopped. */
    public boolean start(Channel channel, String address, String actor) {
        boolean started = jdbi.withHandle(h -> h.createUpdate("update suppression set released_at = :now, released_by = :actor where channel = :channel and address in (:address, blind(:address)) "
                + "and reason in ('OPTED_OUT', 'COMPLAINED') and released_at is null").bind("now", clock.now()).bind("actor", actor).bind("channel", channel).bind("address", address).execute()) > 0;
        if (started) {
            watch.started(channel, address);
        }
        return started;
    }

    /** The customer's own addresses of the channel, as suppressions have them. */
    public List<String> addresses(long customerId, Channel channel) {
        return jdbi.withHandle(h -> h.createQuery(channel == Channel.SMS ? "select e164 from customer_phone where customer_id = :id and e164 is not null"
            : "select lower(address) from customer_email where customer_id = :id and address is not null").bind("id", customerId).mapTo(String.class).list());
    }
}
