-- One row per (automation, subject, occurrence, channel, recipient): the future as rows (law 4). The unique key makes a replay harmless (REL-04).
create table planned_notification (
  id             bigint generated always as identity primary key,
  automation_id  bigint not null,
  plan_rev       integer not null,
  calendar_rev   integer not null,
  location_id    bigint not null,
  subject_type   text   not null,
  subject_id     bigint not null,
  customer_id    bigint not null,
  event_id       bigint,
  occurrence     text   not null,
  channel        text   not null,
  recipient      text   not null,          -- CUSTOMER; contacts and staff come with their faces
  required_status text,                    -- A-39: still true only while the order has it; null = always true
  supersedes     boolean not null default false,  -- A-38: a newer one of the same key replaces it
  due_at         timestamptz not null,
  expires_at     timestamptz not null,
  tz_version     text   not null,          -- REL-42
  state          text   not null,
  reason         text,
  detail         text,
  collapse_key   text,                     -- A-37: same event, address and text leave once
  message_id     bigint,
  created_at     timestamptz not null,
  changed_at     timestamptz not null,
  constraint planned_once unique (automation_id, subject_type, subject_id, occurrence, channel, recipient),
  constraint planned_state check (state in ('PLANNED', 'HELD', 'RELEASED', 'SKIPPED', 'CANCELLED', 'SUPPRESSED', 'EXPIRED')),
  constraint planned_reason check (state in ('PLANNED', 'RELEASED') or reason is not null),
  constraint planned_released check ((state = 'RELEASED') = (message_id is not null))
);
create unique index planned_supersede on planned_notification (automation_id, subject_type, subject_id, channel, recipient)
  where supersedes and state in ('PLANNED', 'HELD');
create unique index planned_collapse on planned_notification (collapse_key) where collapse_key is not null;
create index planned_due on planned_notification (due_at) where state = 'PLANNED';
create index planned_by_subject on planned_notification (subject_type, subject_id);
create index planned_by_customer on planned_notification (customer_id);
create index planned_by_location on planned_notification (location_id, id desc);
create index planned_expiring on planned_notification (expires_at) where state in ('PLANNED', 'HELD');
