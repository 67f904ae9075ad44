package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.fact.Reason;
import org.carillon.shop.Person;
import org.jdbi.v3.core.Jdbi;

/** What a person decides about one message that is under way (T14, T16). */
@ApplicationScoped @Transactional
public class MessageDesk {

    public enum Stopped {
        /** It does not leave any more; what may have left already is not sent again. */
        YES,
        /** Too late: it is being handed over at this instant, and stopped only where the provider does not take it. */
        UNDER_WAY,
        /** It had been settled before. */
        OVER
    }

    private final Jdbi jdbi;
    private final ApplicationClock clock;

    protected MessageDesk() { this(null, null); }

    @Inject
    public MessageDesk(Jdbi jdbi, ApplicationClock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @throws Invalid where the message is not there, or not there for this person */
    public Stopped stop(Person by, long id) {
        Instant now = clock.now();
        return jdbi.withHandle(h -> {
            boolean known = by.role().seesCustomers() && h.createQuery("select exists (select from message where id = :id and (:all or location_id = any(:locations)))")
                .bind("id", id).bind("all", by.scope().all()).bind("locations", by.scope().ids()).mapTo(Boolean.class).one();
            if (!known) {
                throw Invalid.unknown("message", id);
            }
            MessageState state = h.createQuery("select state from message_due where message_id = :id for update").bind("id", id).mapTo(String.class).findOne()
                .map(MessageState::valueOf).orElse(null);
            if (state == null) {
                return Stopped.OVER;
            }
            if (state == MessageState.SENDING) {
                h.execute("update message_due set cancel_requested = ? where message_id = ?", Reason.STOPPED_BY_STAFF.name(), id);
                return Stopped.UNDER_WAY;
            }
            MessageState to = state == MessageState.UNKNOWN ? MessageState.UNKNOWN_CLOSED : MessageState.CANCELLED;
            Ledger.settle(h, List.of(new Ledger.Settled(id, to, Reason.STOPPED_BY_STAFF)), by.actor().name(), now);
            return Stopped.YES;
        });
    }
}
