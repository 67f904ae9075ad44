package org.carillon.customer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.carillon.fact.Actor;
import org.carillon.fact.Channel;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Consent as a chain of statements that is only ever added to (LAW-02). The current state is the fold: per purpose the statement with the latest
 * instant. The customer's row keeps it as a cache for set-based SQL. Consent that the law implies has an end and stands aside: it holds until then
 * unless the person's own last word was no (LAW-04).
 */
@ApplicationScoped
public class ConsentLedger {

    private static final String FOLD = "coalesce((select e.granted from consent_event e where e.customer_id = c.id and e.purpose = '%s' and e.until is null "
        + "order by e.at desc, e.id desc limit 1), false)";

    /** Of what is implied, the latest end; nothing at all where the last word was no. */
    private static final String IMPLIED = "case when (select e.granted from consent_event e where e.customer_id = c.id and e.purpose = 'MARKETING' and e.until is null "
        + "order by e.at desc, e.id desc limit 1) is not false then (select max(e.until) from consent_event e where e.customer_id = c.id and e.purpose = 'MARKETING') end";

    private static final Set<String> IN_PERSON = Set.of("page", "reply");

    private final Jdbi jdbi;
    private final ConsentWatch watch;

    protected ConsentLedger() { this(null, null); }

    @Inject
    public ConsentLedger(Jdbi jdbi, ConsentWatch watch) {
        this.jdbi = jdbi;
        this.watch = watch;
    }

    /**
     * Records what differs from the same source's last statement; the first "no" of a source says nothing new, since silence is no consent
     * (RO-17). An older statement never overrides a later withdrawal.
     */
    public void record(long customerId, ConsentStatement statement, String language, String zone, Actor actor, Instant now) {
        jdbi.useHandle(h -> {
            for (ConsentPurpose purpose : ConsentPurpose.values()) {
                Boolean says = statement.says(purpose);
                if (says != null && (says != lastSaid(h, customerId, purpose, actor) || refusesWhatIsImplied(h, customerId, purpose, says, actor))) {
                    insert(h, customerId, purpose, says, statement, language, zone, actor, now);
                }
            }
            refold(h, customerId, actor);
        });
    }

    /** A system's "no" counts against what the law implies, though it says nothing new; the page has a button of its own for it (LAW-04). */
    private static boolean refusesWhatIsImplied(Handle h, long customerId, ConsentPurpose purpose, boolean says, Actor actor) {
        return purpose == ConsentPurpose.MARKETING && !says && !"page".equals(actor.source())
            && h.createQuery("select implied_until is not null from customer where id = :id").bind("id", customerId).mapTo(Boolean.class).findOne().orElse(false);
    }

    /** What a purchase or an inquiry implies; recorded where it holds longer than what is there. */
    void imply(Handle h, Relationships.Business business, Instant now) {
        h.createQuery("select id from customer where id = :id for update").bind("id", business.customerId()).mapTo(Long.class).one();
        int added = h.createUpdate("insert into consent_event (customer_id, purpose, granted, at, zone, recorded_at, how, basis, language, actor, source, until) "
                + "select :customer, 'MARKETING', true, :at, :zone, :now, 'IMPLIED', :basis, :language, 'carillon', 'law', :until "
                + "where :until > coalesce((select max(until) from consent_event where customer_id = :customer), '-infinity')")
            .bind("customer", business.customerId()).bind("at", business.at()).bind("zone", business.zone()).bind("now", now).bind("basis", business.basis())
            .bind("language", business.language()).bind("until", business.until()).execute();
        if (added > 0) {
            h.createUpdate("update customer c set implied_until = " + IMPLIED + " where c.id = :id").bind("id", business.customerId()).execute();
        }
    }

    /** The person wants no offers, whatever the law would imply: stays until they say otherwise (LAW-04, LAW-13). @return false where they had said so */
    public boolean refuseOffers(long customerId, String how, String language, String zone, Actor actor, Instant now) {
        return jdbi.withHandle(h -> {
            h.createQuery("select id from customer where id = :id for update").bind("id", customerId).mapTo(Long.class).one();
            boolean said = h.createQuery("select granted from consent_event where customer_id = :id and purpose = 'MARKETING' and until is null order by at desc, id desc limit 1")
                .bind("id", customerId).mapTo(Boolean.class).findOne().map(granted -> !granted).orElse(false);
            if (!said) {
                insert(h, customerId, ConsentPurpose.MARKETING, false, new ConsentStatement(null, null, false, null, how, "", "", ""), language, zone, actor, now);
                refold(h, customerId, actor);
            }
            return !said;
        });
    }

    private boolean lastSaid(Handle h, long customerId, ConsentPurpose purpose, Actor actor) {
        // a person at the screen answers what the screen shows, and who texts START knows what they get; a system answers its own last statement
        String mine = IN_PERSON.contains(actor.source()) ? "" : "and e.source = :source ";
        return h.createQuery("select granted from consent_event e where customer_id = :customer and purpose = :purpose and until is null " + mine + "order by e.at desc, e.id desc limit 1")
            .bind("customer", customerId).bind("purpose", purpose).bind("source", actor.source()).mapTo(Boolean.class).findOne().orElse(false);
    }

    private void insert(Handle h, long customerId, ConsentPurpose purpose, boolean granted, ConsentStatement s, String language, String zone, Actor actor, Instant now) {
        Instant at = Objects.requireNonNullElse(s.at(), now);
        h.createUpdate("insert into consent_event (customer_id, purpose, granted, at, zone, recorded_at, how, basis, wording, language, actor, source, actor_ip) "
                + "values (:customer, :purpose, :granted, :at, :zone, :now, :how, :basis, :wording, :language, :actor, :source, :ip)")
            .bind("customer", customerId).bind("purpose", purpose).bind("granted", granted).bind("at", at.isAfter(now) ? now : at).bind("zone", zone)
            .bind("now", now).bind("how", s.how()).bind("basis", Objects.toString(s.basis(), "")).bind("wording", Objects.toString(s.wording(), ""))
            .bind("language", language).bind("actor", actor.name()).bind("source", actor.source()).bind("ip", Objects.toString(s.ip(), "")).execute();
    }

    private void refold(Handle h, long customerId, Actor actor) {
        record Consent(boolean sms, boolean email) { }
        Consent before = h.createQuery("select sms_consent, email_consent from customer where id = :id for update").bind("id", customerId)
            .map((r, x) -> new Consent(r.getBoolean(1), r.getBoolean(2))).one();
        h.createUpdate("update customer c set sms_consent = " + FOLD.formatted("SMS") + ", email_consent = " + FOLD.formatted("EMAIL")
            + ", marketing_consent = " + FOLD.formatted("MARKETING") + ", implied_until = " + IMPLIED + " where c.id = :id").bind("id", customerId).execute();
        Consent after = h.createQuery("select sms_consent, email_consent from customer where id = :id").bind("id", customerId)
            .map((r, x) -> new Consent(r.getBoolean(1), r.getBoolean(2))).one();
        tell(customerId, Channel.SMS, before.sms(), after.sms(), actor);
        tell(customerId, Channel.EMAIL, before.email(), after.email(), actor);
    }

    private void tell(long customerId, Channel channel, boolean before, boolean after, Actor actor) {
        if (before && !after) {
            watch.withdrawn(customerId, channel, actor.name());
        } else if (after && !before) {
            watch.given(customerId, channel);
        }
    }
}
