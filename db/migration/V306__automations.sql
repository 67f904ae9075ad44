create sequence automation_id_seq start with 50 increment by 50;
create table automation (
  id            bigint  primary key default nextval('automation_id_seq'),
  ref           text    not null,
  name          text    not null default '',
  state         text    not null,
  trigger_kind  text    not null,                -- ON_EVENT; other kinds come with their faces
  event_type    text,
  status        text constraint automation_status references order_status (code),  -- "changed to X"
  delay_n       integer not null default 0,
  delay_unit    text    not null default 'MINUTES',
  opening_hours_only boolean not null default false,
  send_anyway   boolean not null default false,  -- also when the order has left the status (A-39)
  channels      text    not null,                -- SMS, EMAIL or SMS,EMAIL (A-42)
  template_id   bigint  not null constraint automation_template references template,
  rev           integer not null default 1,      -- plan_rev of what it plans (REL-47)
  deleted       boolean not null default false,
  version       integer not null default 1,
  constraint automation_ref_unique unique (ref),
  constraint automation_state_known check (state in ('DRAFT', 'ACTIVE', 'PAUSED')),
  constraint automation_delay check (delay_n >= 0 and delay_unit in ('MINUTES', 'HOURS', 'DAYS'))
);
create table automation_location (
  automation_id bigint not null constraint automation_location_automation references automation on delete cascade,
  location_id   bigint not null constraint automation_location_location references location,
  constraint automation_location_pk primary key (automation_id, location_id)
);
create index automation_location_by_location on automation_location (location_id);
create index automation_wakes on automation (event_type) where state = 'ACTIVE' and not deleted;
