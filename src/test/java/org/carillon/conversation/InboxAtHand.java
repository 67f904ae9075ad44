package org.carillon.conversation;

import java.util.stream.Stream;
import org.carillon.customer.ConsentLedger;
import org.carillon.customer.ConsentWatch;
import org.carillon.customer.Suppressions;
import org.carillon.delivery.InboundText;
import org.carillon.delivery.Outbox;
import org.carillon.delivery.Routing;
import org.carillon.fact.ApplicationClock;
import org.carillon.plan.Answers;
import org.jdbi.v3.core.Jdbi;

/** The inbox on a real database, with the container's transactions made by hand. */
final class InboxAtHand extends InboxDesk {

    private final Jdbi jdbi;

    InboxAtHand(Jdbi jdbi, ApplicationClock clock, ConsentWatch watch, Outbox outbox, AppointmentReplies replies) {
        super(jdbi, clock, new Suppressions(jdbi, clock, watch), new ConsentLedger(jdbi, watch), new Answers(jdbi, clock, outbox, new Routing(Stream::of)), replies, "https://shop.test/");
        this.jdbi = jdbi;
    }

    @Override public void receive(InboundText text) { jdbi.useTransaction(h -> super.receive(text)); }

    @Override public int stranded() { return jdbi.inTransaction(h -> super.stranded()); }
}
