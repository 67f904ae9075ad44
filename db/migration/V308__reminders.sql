-- Reminders are automations around a date: how long before it (delay_n, delay_unit), A-40 and A-41.
alter table automation
  add column anchor             text,                             -- field that holds the date, such as order.due
  add column into_opening_hours boolean not null default false,   -- A-40: advanced to the last opening before
  add column send_late          boolean not null default false,   -- A-41: also when its moment has passed
  add constraint automation_kind check (
    trigger_kind = 'ON_EVENT' and event_type is not null and anchor is null
    or trigger_kind = 'AROUND_DATE' and event_type is null and anchor is not null and status is null);
create index automation_reminds on automation (anchor) where trigger_kind = 'AROUND_DATE' and state = 'ACTIVE' and not deleted;

-- The occurrence of a reminder is the anchor's wall time. Of one reminder, object, channel and recipient at most one row is not yet released:
-- it is moved or revived in place; after release another date is another occurrence.
alter table planned_notification add column reminder boolean not null default false;
create unique index planned_reminder_one on planned_notification (automation_id, subject_type, subject_id, channel, recipient) where reminder and state <> 'RELEASED';
create index planned_by_automation on planned_notification (automation_id, location_id) where state in ('PLANNED', 'HELD');
create index work_order_due_wall on work_order (location_id, due_local) where due_local is not null and status_group in ('OPEN', 'READY');
