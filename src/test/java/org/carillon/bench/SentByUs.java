package org.carillon.bench;

import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;

/** Notifications that are due, by our whole way: judged and rendered, queued, leased, submitted, outcome recorded. Customers and orders of the {@link Chain}. */
final class SentByUs implements Workload {

    private static final String TEXT = "Bonjour {customer.name}, votre vehicule est pret. {company.name}";

    private final Jdbi owner;
    private final BareNode node;
    private final Smsc smsc;
    private final boolean rendered;
    private final int size;

    /** @param rendered only from the queue on: the texts are made before the round */
    SentByUs(DurableDatabase database, BareNode node, Smsc smsc, boolean rendered, int size) {
        this.owner = database.owner();
        this.node = node;
        this.smsc = smsc;
        this.rendered = rendered;
        this.size = size;
    }

    /** What the chain's notifications lack. */
    static void furnish(Jdbi owner) {
        owner.useHandle(h -> {
            h.execute("insert into company (name, default_language) values ('Garage Rosemont', 'fr')");
            h.execute("update template_translation set sms = ?", TEXT);
        });
    }

    @Override public String name() { return rendered ? "Carillon, from the queue" : "Carillon"; }

    /** What the planner makes of a change of status of each order. */
    @Override public void prepare() throws Exception {
        owner.useHandle(h -> {
            h.createUpdate("""
                with e as (insert into business_event (type, subject_type, subject_id, location_id, customer_id, at, actor)
                  select 'ORDER_STATUS_CHANGED', 'ORDER', id, location_id, customer_id, now(), 'bench' from work_order order by id limit :n returning *)
                insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, event_id, occurrence, channel, recipient,
                    due_at, expires_at, tz_version, state, created_at, changed_at)
                  select a.id, a.rev, l.calendar_rev, l.id, 'ORDER', e.subject_id, e.customer_id, e.id, 'e' || e.id, 'SMS', 'CUSTOMER', now(), now() + interval '12 hours', '', 'PLANNED', now(), now()
                    from e join location l on l.id = e.location_id
                    join lateral (select a.* from automation_location w join automation a on a.id = w.automation_id where w.location_id = l.id and a.trigger_kind = 'ON_EVENT' and a.channels = 'SMS'
                      order by a.id limit 1) a on true""").bind("n", size).execute();
            h.execute("vacuum analyze planned_notification, business_event, message, message_due, message_event, attempt, attempt_outcome");
        });
        node.clock.refresh();
        node.node.beat(owner);
        if (rendered) {
            release();
        }
        smsc.clear();
    }

    private void release() {
        int judged = Pipeline.releasing(node.releaser).join();
        if (judged != size) {
            throw new IllegalStateException(judged + " of " + size + " released");
        }
    }

    @Override public double run() throws Exception {
        long began = System.nanoTime();
        CompletableFuture<Void> releasing = rendered ? CompletableFuture.completedFuture(null) : CompletableFuture.runAsync(this::release);
        int sent = node.send(releasing);
        long took = System.nanoTime() - began;
        releasing.get();
        if (sent != size || smsc.taken() != size) {
            throw new IllegalStateException(sent + " of " + size + " sent, " + smsc.taken() + " arrived; plans: "
                + owner.withHandle(h -> h.createQuery("select state || ' ' || coalesce(reason, '') || ' ' || count(*) from planned_notification group by state, reason").mapTo(String.class).list()));
        }
        return Workload.rate(size, took);
    }
}
