-- A copy remembers what it was copied from (the first of its family), so that copying again makes no second one.
alter table automation add column origin_id bigint constraint automation_origin references automation;
create index automation_family on automation (origin_id) where origin_id is not null;

-- What a person did to many automations at once. The head stays as a record; only the states of a person's last action are kept, for its undo.
create table bulk_action (
  id        bigint generated always as identity primary key,
  staff_id  bigint not null constraint bulk_action_staff references staff,
  kind      text   not null,
  changed   integer not null,
  refused   integer not null,
  done_at   timestamptz not null,
  undone_at timestamptz,
  constraint bulk_action_kind check (kind in ('DELETE', 'TEMPLATE', 'CHANNELS', 'ON', 'OFF', 'COPY'))
);
create index bulk_action_last on bulk_action (staff_id, id desc);
create table bulk_action_state (
  action_id     bigint  not null constraint bulk_action_state_action references bulk_action on delete cascade,
  automation_id bigint  not null constraint bulk_action_state_automation references automation,
  version       integer not null,   -- after the action; another one says that it was changed since
  before        jsonb,              -- null: the action created it
  constraint bulk_action_state_pk primary key (action_id, automation_id)
);
