-- What staff want to be told of (B-16). No row: the standard of alert.AlertRule, which is off.
create table alert_rule (
  location_id bigint  not null constraint alert_rule_location references location,
  kind        text    not null,
  active      boolean not null,
  open_hours  integer not null,                -- counted on the location's opening hours; 0 = at once
  since       timestamptz not null,            -- switched on: what failed before is history
  constraint alert_rule_pk primary key (location_id, kind),
  constraint alert_rule_kind check (kind in ('OVERDUE', 'UNTOUCHED', 'FAILED')),
  constraint alert_rule_hours check (open_hours between case kind when 'UNTOUCHED' then 1 else 0 end and 500)
);
-- One row for each location that ever set its rules: when to look next (null: nothing is switched on) and when its last e-mail was written.
create table alert_place (
  location_id bigint  not null constraint alert_place_pk primary key constraint alert_place_location references location,
  next_at     timestamptz,
  mailed_at   timestamptz,
  version     integer not null default 1
);
-- Persons chosen to get the e-mails; none: the managers of the location.
create table alert_recipient (
  location_id bigint not null constraint alert_recipient_location references location,
  staff_id    bigint not null constraint alert_recipient_staff references staff on delete cascade,
  constraint alert_recipient_pk primary key (location_id, staff_id)
);

-- One row per (kind, object, occurrence), whoever raises it. It ends with its cause; where the same cause comes back, it is raised anew in place.
create table alert (
  id          bigint generated always as identity constraint alert_pk primary key,
  location_id bigint not null,
  kind        text   not null,
  object_type text   not null,                 -- ORDER, MESSAGE, or PLAN: what did not become a message
  object_id   bigint not null,
  occurrence  text   not null,                 -- the due date, the moment of the last touch, the state of the message
  cause_at    timestamptz not null,
  raised_at   timestamptz not null,
  mailed_at   timestamptz,
  seen_at     timestamptz,
  seen_by     text,
  ended_at    timestamptz,
  constraint alert_once unique (kind, object_type, object_id, occurrence),
  constraint alert_kind check (kind in ('OVERDUE', 'UNTOUCHED', 'FAILED')),
  constraint alert_object check (object_type = 'ORDER' and kind <> 'FAILED' or object_type in ('MESSAGE', 'PLAN') and kind = 'FAILED'),
  constraint alert_seen check ((seen_at is null) = (seen_by is null))
);
create index alert_open on alert (location_id, id desc) where ended_at is null;
create index alert_open_by_object on alert (object_type, object_id) where ended_at is null;
create index alert_new on alert (location_id) where ended_at is null and seen_at is null;          -- the bell
create index alert_unmailed on alert (location_id) where ended_at is null and mailed_at is null;
create index alert_old on alert (ended_at) where ended_at is not null;
