package org.carillon.automation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes bulk edits and keeps the states from before for the undo; set-based, in the transaction of the desk. */
final class BulkLedger {

    /**
     * What an action did to one automation.
     *
     * @param version after the action
     * @param before  null when it was created then; of its columns only those that bulk edits touch
     */
    record State(long automationId, int version, Before before) { }

    record Before(String channels, long templateId, AutomationState state, boolean deleted) { }

    private final Handle h;

    BulkLedger(Handle h) { this.h = h; }

    /** Opens an action; of that person's former ones nothing is undone any more. */
    long open(long staffId, BulkEdit edit, int changed, int refused, Instant now) {
        h.createUpdate("delete from bulk_action_state where action_id in (select id from bulk_action where staff_id = :staff)").bind("staff", staffId).execute();
        return h.createQuery("insert into bulk_action (staff_id, kind, changed, refused, done_at) values (:staff, :kind, :changed, :refused, :now) returning id")
            .bind("staff", staffId).bind("kind", edit.kind()).bind("changed", changed).bind("refused", refused).bind("now", now).mapTo(Long.class).one();
    }

    /** As they stand now, before {@link #write}. */
    void remember(long action, Collection<Standing> before) {
        h.createUpdate("insert into bulk_action_state select :action, a.id, a.version + 1, jsonb_build_object('channels', a.channels, 'template', a.template_id, 'state', a.state, "
                + "'deleted', a.deleted) from automation a where a.id = any(:ids)")
            .bind("action", action).bind("ids", ids(before)).execute();
    }

    void write(List<Standing> after) {
        h.createUpdate("update automation a set channels = n.channels, template_id = n.template, state = n.state, deleted = n.deleted, rev = rev + 1, version = version + 1 "
                + "from unnest(:ids, :channels, :templates, :states, :deleted) n (id, channels, template, state, deleted) where a.id = n.id")
            .bindArray("ids", Long.class, after.stream().map(Standing::id).toList()).bindArray("channels", String.class, after.stream().map(Standing::channels).toList())
            .bindArray("templates", Long.class, after.stream().map(Standing::templateId).toList())
            .bindArray("states", String.class, after.stream().map(s -> s.state().name()).toList())
            .bindArray("deleted", Boolean.class, after.stream().map(Standing::deleted).toList()).execute();
    }

    /** Everything about the source but its place; on where the source is on. */
    List<Long> copy(long action, List<Copies.Copy> copies) {
        List<Long> ids = h.createQuery("select nextval('automation_id_seq') from generate_series(1, :n)").bind("n", copies.size()).mapTo(Long.class).list();
        Long[] made = ids.toArray(Long[]::new);
        Long[] sources = copies.stream().map(c -> c.source().id()).toArray(Long[]::new);
        Long[] targets = copies.stream().map(Copies.Copy::location).toArray(Long[]::new);
        h.createUpdate("insert into automation (id, ref, name, state, trigger_kind, event_type, status, delay_n, delay_unit, opening_hours_only, send_anyway, channels, template_id, "
                + "anchor, into_opening_hours, send_late, ttl_minutes, origin_id) select n.id, gen_random_uuid()::text, a.name, a.state, a.trigger_kind, a.event_type, a.status, a.delay_n, "
                + "a.delay_unit, a.opening_hours_only, a.send_anyway, a.channels, a.template_id, a.anchor, a.into_opening_hours, a.send_late, a.ttl_minutes, coalesce(a.origin_id, a.id) "
                + "from unnest(:made, :sources) n (id, source) join automation a on a.id = n.source")
            .bind("made", made).bind("sources", sources).execute();
        h.createUpdate("insert into automation_location select * from unnest(:made, :targets)").bind("made", made).bind("targets", targets).execute();
        h.createUpdate("insert into bulk_action_state select :action, id, 1, null from unnest(:made) id").bind("action", action).bind("made", made).execute();
        return ids;
    }

    /** @param lock until the transaction ends, so that two clicks undo once */
    Optional<BulkOutcome.Last> last(long staffId, boolean lock) {
        return h.createQuery("select id, kind, changed, done_at from (select * from bulk_action where staff_id = :staff order by id desc limit 1" + (lock ? " for update" : "")
                + ") b where undone_at is null")
            .bind("staff", staffId).map((r, x) -> new BulkOutcome.Last(r.getLong("id"), r.getString("kind"), r.getInt("changed"), r.getTimestamp("done_at").toInstant())).findOne();
    }

    Map<Long, State> states(long action) {
        Map<Long, State> states = new HashMap<>();
        h.createQuery("select automation_id, version, before ->> 'channels' channels, (before ->> 'template')::bigint template, before ->> 'state' state, "
                + "(before ->> 'deleted')::boolean deleted from bulk_action_state where action_id = :action").bind("action", action)
            .map((r, x) -> states.put(r.getLong("automation_id"), new State(r.getLong("automation_id"), r.getInt("version"), before(r)))).list();
        return states;
    }

    private static Before before(ResultSet r) throws SQLException {
        return r.getString("state") == null ? null
            : new Before(r.getString("channels"), r.getLong("template"), AutomationState.valueOf(r.getString("state")), r.getBoolean("deleted"));
    }

    void close(long action, Instant now) {
        h.createUpdate("update bulk_action set undone_at = :now where id = :id").bind("now", now).bind("id", action).execute();
        h.createUpdate("delete from bulk_action_state where action_id = :id").bind("id", action).execute();
    }

    private static Long[] ids(Collection<Standing> standings) { return standings.stream().map(Standing::id).toArray(Long[]::new); }
}
