-- Re-planning that is too large for the transaction of its change. The rows are the truth of its progress: a killed job goes on where it was.
create table replan_task (
  id           bigint generated always as identity constraint replan_task_pk primary key,
  requested_at timestamptz not null,
  actor        text   not null,
  total        integer not null,
  changed      bigint  not null default 0,   -- plans made, moved or cancelled so far
  state        text   not null default 'REQUESTED',
  owner_node   text,
  owner_epoch  bigint,
  finished_at  timestamptz,
  error        text,
  constraint replan_task_state check (state in ('REQUESTED', 'RUNNING', 'DONE', 'FAILED'))
);
create index replan_task_open on replan_task (id) where state in ('REQUESTED', 'RUNNING');
-- One step: an automation at a location, or (automation null) all that waits at a location.
create table replan_step (
  task_id       bigint  not null constraint replan_step_task references replan_task on delete cascade,
  position      integer not null,
  automation_id bigint,
  location_id   bigint  not null,
  done_at       timestamptz,
  constraint replan_step_pk primary key (task_id, position)
);
