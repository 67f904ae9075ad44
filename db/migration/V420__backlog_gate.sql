-- What an outage leaves behind is held until a person decides (REL-49). One row, made when first needed; whoever holds, lets go or paces locks it,
-- so that all nodes agree. What is held are the plans and messages themselves: HELD with the reason BACKLOG.
create table backlog_gate (
  one         boolean not null default true constraint backlog_gate_pk primary key,
  since       timestamptz,                   -- null: nothing is held
  found       bigint  not null default 0,    -- how many were held since then
  released_at timestamptz,                   -- null: nothing is let go
  released_by text,
  usual_hour  double precision,              -- messages of a usual hour, and when that was found out
  usual_at    timestamptz,
  constraint backlog_gate_one check (one),
  constraint backlog_gate_released check (released_at is null or since is not null)
);
-- What is let go a second is counted for all nodes together, each channel for itself.
create table backlog_ration (
  channel text not null constraint backlog_ration_pk primary key,
  tokens  double precision not null,
  at      timestamptz not null
);
-- Who did what about it. Append-only.
create table backlog_action (
  id          bigint generated always as identity constraint backlog_action_pk primary key,
  at          timestamptz not null,
  actor       text   not null,
  action      text   not null,
  amount      bigint not null,
  purpose     text,
  location_id bigint,
  due_before  timestamptz,
  constraint backlog_action_kind check (action in ('HELD', 'RELEASED', 'STOPPED', 'DISCARDED', 'OVER'))
);
revoke update, delete on backlog_action from ${app_role};

create index planned_backlog on planned_notification (expires_at, id) where state = 'HELD' and reason = 'BACKLOG';
create index message_due_backlog on message_due (expires_at, message_id) where state = 'HELD' and reason = 'BACKLOG';
-- what is looked at again every minute, without what waits for a person
create index planned_held_again on planned_notification (changed_at) where state = 'HELD' and reason in ('MISSING_VALUE', 'NO_OPENING', 'TEXT_TOO_LONG');
-- how many messages a usual hour has
create index message_created on message using brin (created_at);

-- When this node's planner last ran, in the database's own time as its heartbeat: no run for 15 minutes is an alarm (P-07).
alter table node add column planner_ran_at timestamptz;

-- When this node last submitted on a channel, written with its heartbeat: what is due and flows is no backlog.
alter table node add column sms_at timestamptz, add column email_at timestamptz;
