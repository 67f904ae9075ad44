-- One look for an audience: the slot of its schedule in a zone (* for all of them at once). Requested by whoever sees first that it is time; what it
-- planned and this row are one transaction, so that a run that was killed is simply made again. Figures count messages.
create table audience_run (
  id              bigint generated always as identity constraint audience_run_pk primary key,
  automation_id   bigint      not null constraint audience_run_automation references automation,
  zone            text        not null,
  slot            timestamptz not null,
  state           text        not null default 'REQUESTED',
  asked_at        timestamptz,           -- the moment that the rules were asked about
  since           timestamptz,           -- rules in minutes were asked about all moments from here on (A-21)
  next_try        timestamptz not null,
  tries           integer     not null default 0,
  considered      integer,               -- customers in scope; null where they were not counted
  matched         integer     not null default 0,
  planned         integer     not null default 0,
  already         integer     not null default 0,
  capped          integer     not null default 0,
  without_consent integer     not null default 0,
  without_address integer     not null default 0,
  too_late        integer     not null default 0,
  error           text,
  finished_at     timestamptz,
  constraint audience_run_once unique (automation_id, zone, slot),
  constraint audience_run_state check (state in ('REQUESTED', 'DONE', 'FAILED', 'MISSED', 'DROPPED'))
);
create index audience_run_open on audience_run (next_try) where state = 'REQUESTED';
create index audience_run_history on audience_run (automation_id, id desc);
create index audience_run_idle on audience_run (finished_at) where state = 'DONE' and zone = '*' and planned = 0;
