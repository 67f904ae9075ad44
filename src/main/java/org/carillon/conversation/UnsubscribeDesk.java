package org.carillon.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.customer.Suppressions;
import org.carillon.delivery.Postmarks;
import org.carillon.fact.Channel;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What the link of an offer may do, for whoever holds it (LAW-17): stop offers or all e-mails to the one address that it was sent to, and take that
 * back. It needs no sign-in, tells nothing of anybody else, and holds as long as the message is kept.
 */
@ApplicationScoped
public class UnsubscribeDesk {

    private static final String CUSTOMER = "customer";

    /**
     * The letter that the link came with.
     *
     * @param stopped  MARKETING, ALL or null
     * @param theirs   the stop is their own, so they may take it back; a bounce is not
     */
    public record Sent(long messageId, String address, String shop, String phone, String language, String stopped, boolean theirs) {

        /** Enough for its owner to know it by. */
        public String masked() { return address.substring(0, 1) + "\u2026" + address.substring(address.lastIndexOf('@')); }
    }

    private final Jdbi jdbi;
    private final Postmarks marks;
    private final Suppressions suppressions;

    protected UnsubscribeDesk() { this(null, null, null); }

    @Inject
    public UnsubscribeDesk(Jdbi jdbi, Postmarks marks, Suppressions suppressions) {
        this.jdbi = jdbi;
        this.marks = marks;
        this.suppressions = suppressions;
    }

    /** Empty for a token that we did not give, and for one whose letter is forgotten by now. */
    public Optional<Sent> find(String token) {
        OptionalLong id = marks.linked(token);
        return id.isEmpty() ? Optional.empty() : find(id.getAsLong());
    }

    Optional<Sent> find(long messageId) {
        return jdbi.withHandle(h -> h.createQuery("""
            select m.id message_id, m.recipient address, coalesce(nullif(co.name, ''), l.name) shop, l.phone, coalesce(c.language, l.language) as language,
                s.scope stopped, coalesce(s.reason in ('OPTED_OUT', 'COMPLAINED'), false) theirs
              from message m join location l on l.id = m.location_id left join company co on true left join customer c on c.id = m.customer_id
              left join suppression s on s.channel = 'EMAIL' and s.address = m.recipient and s.released_at is null
             where m.id = :id and m.channel = 'EMAIL' and m.customer_id is not null and m.recipient like '%@%'""")
            .bind("id", messageId).map(ConstructorMapper.of(Sent.class)).findOne());
    }

    /** @param all everything, not only offers. @return false where the link is not good; stopping twice is no failure */
    @Transactional
    public boolean stop(String token, boolean all) {
        Optional<Sent> sent = find(token);
        sent.ifPresent(letter -> stop(letter, all));
        return sent.isPresent();
    }

    void stop(Sent letter, boolean all) {
        suppressions.stop(Channel.EMAIL, letter.address(), all ? Suppressions.Scope.ALL : Suppressions.Scope.MARKETING, Reason.OPTED_OUT, "message " + letter.messageId(), CUSTOMER);
    }

    /** The way back (P-12): lifts what this person stopped or complained of, not what a bounce did. */
    @Transactional
    public boolean restart(String token) {
        return find(token).filter(letter -> suppressions.start(Channel.EMAIL, letter.address(), CUSTOMER)).isPresent();
    }
}
