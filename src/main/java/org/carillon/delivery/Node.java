package org.carillon.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.carillon.fact.Channel;
import org.jdbi.v3.core.Jdbi;

/**
 * This node among the others (REL-07). Heartbeats are in the database's own time, without the test offset: they tell whether a process lives,
 * not when something is due.
 */
@ApplicationScoped
public class Node {

    /** One life of a node: what an older epoch owned belongs to the dead. */
    public record Life(String id, long epoch) {

        String actor() { return "node:" + id; }
    }

    private final Jdbi jdbi;
    private volatile Life life;
    private volatile long heldUntil = System.nanoTime();
    private volatile boolean leapt;
    private volatile boolean doubtful;
    private volatile Instant plannerAt;
    private volatile long plannerRan;
    private volatile Instant dispatcherAt;
    private final Map<Channel, Instant> submittedAt = new ConcurrentHashMap<>();

    protected Node() { this(null); }

    @Inject
    public Node(Jdbi jdbi) { this.jdbi = jdbi; }

    /** Begins a life under this name; whatever the name owned before is dead from now on. */
    public Life join(String id) {
        long epoch = jdbi.withHandle(h -> h.createQuery("""
            insert into node (id, started_at, heartbeat_at) values (:id, clock_timestamp(), clock_timestamp())
            on conflict (id) do update set epoch = node.epoch + 1, started_at = excluded.started_at, heartbeat_at = excluded.heartbeat_at, stopped_at = null, planner_ran_at = null
            returning epoch""").bind("id", id).mapTo(Long.class).one());
        life = new Life(id, epoch);
        return life;
    }

    /** Empty until it joined and after it was declared dead: then nothing may be claimed. */
    public Optional<Life> life() { return Optional.ofNullable(life); }

    /** Nothing leaves this node for so long: the time may be wrong (REL-51). */
    public void hold(Duration how) {
        heldUntil = System.nanoTime() + how.toNanos();
        leapt = true;
    }

    /** Whether the time leapt since this process began: what cannot be taken back then waits for a restart by somebody who looked. */
    public boolean leapt() { return leapt; }

    /** Nothing may leave for now, whatever is due. */
    public boolean held() { return leaping() || doubtful; }

    public boolean leaping() { return System.nanoTime() - heldUntil < 0; }

    /** The database may have been restored: nothing leaves until it is known not to have been, or a person let go (REL-29). */
    public void doubts(boolean on) { doubtful = on; }

    public void plannerTurned(Instant now) {
        plannerRan = System.nanoTime();
        plannerAt = now;
    }

    /** Something left on this channel; told with the next heartbeat (REL-49). */
    void submitted(Channel channel, Instant now) { submittedAt.put(channel, now); }

    public void dispatcherTurned(Instant now) { dispatcherAt = now; }

    /** Shows that it lives. False when another life took its name: this one is over. @param own apart from the pool, where a node that lives may have to wait */
    public boolean beat(Jdbi own) {
        Life current = life;
        if (current == null) {
            return false;
        }
        boolean alive = own.withHandle(h -> h.createUpdate("""
            update node set heartbeat_at = clock_timestamp(), planner_at = coalesce(:planner::timestamptz, planner_at),
              dispatcher_at = coalesce(:dispatcher::timestamptz, dispatcher_at),
              planner_ran_at = case when :planner::timestamptz is null then planner_ran_at else clock_timestamp() - :ago * interval '1 ms' end,
              sms_at = coalesce(:sms::timestamptz, sms_at), email_at = coalesce(:email::timestamptz, email_at) where id = :id and epoch = :epoch""")
            .bind("planner", plannerAt).bind("ago", (System.nanoTime() - plannerRan) / 1_000_000).bind("dispatcher", dispatcherAt).bind("sms", submittedAt.get(Channel.SMS)).bind("email", submittedAt.get(Channel.EMAIL)).bind("id", current.id()).bind("epoch", current.epoch()).execute() == 1);
        if (!alive && life == current) {
            life = null;
        }
        return alive;
    }

    /** Says goodbye, so that the others need not wait for its heartbeat to fail. @param own outside the container, which is stopping */
    public void leave(Jdbi own) {
        Life last = life;
        life = null;
        if (last != null) {
            own.useHandle(h -> h.execute("update node set stopped_at = clock_timestamp() where id = ? and epoch = ?", last.id(), last.epoch()));
        }
    }
}
