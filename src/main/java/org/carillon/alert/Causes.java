package org.carillon.alert;

/** When the cause of an alert is gone, as SQL: for the round, which looks at all, and for a change of orders, which looks at these. */
final class Causes {

    /** An order's last touch as an occurrence. */
    static final String TOUCH = "(extract(epoch from o.touched_at) * 1000000)::bigint::text";

    /** The same was sent to the customer after it had failed, and has not failed again: by the same automation about the same object, or in the same words. */
    private static final String SENT_AGAIN = "exists (select from message n where n.customer_id = m.customer_id and n.id > m.id and n.created_at > %s "
        + "and n.automation_id is not distinct from m.automation_id and n.subject_type is not distinct from m.subject_type and n.subject_id is not distinct from m.subject_id "
        + "and (m.automation_id is not null or n.text = m.text) and (n.state is null or n.state in ('ACCEPTED', 'DELIVERED')))";

    /** @param failed when it failed, as SQL */
    static String sentAgainAfter(String failed) { return SENT_AGAIN.replace("%s", failed); }

    private static final String ORDER_GONE = "o.id is null or o.status_group <> 'OPEN' or o.location_id <> a.location_id "
        + "or a.kind = 'OVERDUE' and o.due_local is distinct from a.occurrence or a.kind = 'UNTOUCHED' and " + TOUCH + " <> a.occurrence";

    /** Alerts of the round's locations; each is locked by whoever changes its order, and then it is left to that change. */
    static final String END_GONE = "update alert set ended_at = :now from (select a.id from alert a "
        + "left join unnest(:locations, :kinds, :befores) as b (location_id, kind, before) on b.location_id = a.location_id and b.kind = a.kind "
        + "left join work_order o on a.object_type = 'ORDER' and o.id = a.object_id left join message m on a.object_type = 'MESSAGE' and m.id = a.object_id "
        + "left join planned_notification p on a.object_type = 'PLAN' and p.id = a.object_id "
        + "where a.ended_at is null and a.location_id = any(:places) and (b.before is null "
        + "or a.object_type = 'ORDER' and (" + ORDER_GONE + " or a.cause_at > b.before) "
        + "or a.object_type = 'MESSAGE' and (m.state is distinct from a.occurrence or a.cause_at < :stands or " + sentAgainAfter("a.cause_at") + ") "
        + "or a.object_type = 'PLAN' and (a.cause_at < :stands or coalesce(p.state <> 'EXPIRED' and (p.state <> 'HELD' or p.reason <> 'MISSING_VALUE'), true))) "
        + "order by a.id for update of a skip locked) gone where alert.id = gone.id";

    /** Alerts of orders that this transaction changed. */
    static final String END_CHANGED = "update alert set ended_at = :now from (select a.id from alert a left join work_order o on o.id = a.object_id "
        + "where a.object_type = 'ORDER' and a.object_id = any(:orders) and a.ended_at is null and (" + ORDER_GONE + ") order by a.id for update of a) gone where alert.id = gone.id";

    private Causes() { }
}
