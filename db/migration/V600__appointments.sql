-- Bookings of a customer at a location; times as they were told, with the instant derived from the location's zone (REL-43).
create sequence appointment_number_seq start with 1001;
create sequence appointment_id_seq start with 50 increment by 50;
create table appointment (
  id                bigint  primary key default nextval('appointment_id_seq'),
  location_id       bigint  not null constraint appointment_location references location,
  customer_id       bigint  not null constraint appointment_customer references customer,
  source            text    not null default 'page',
  ref               text    not null,
  status            text    not null,
  start_local       text    not null,   -- ISO date and time local to the location
  start_at          timestamptz not null,
  end_local         text,
  end_at            timestamptz,
  booked_at         timestamptz not null,  -- as told by the system, else when we heard of it
  vehicle_id        bigint,
  user_reference    text    not null default '',
  object_label      text    not null default '',
  note              text    not null default '',
  attributes        jsonb   not null default '{}',
  status_changed_at timestamptz not null,
  created_at        timestamptz not null,
  search_text       text    not null default '',
  version           integer not null default 1,
  constraint appointment_ref_unique unique (source, ref),
  constraint appointment_status_known check (status in ('BOOKED', 'CONFIRMED', 'RESCHEDULED', 'CANCELLED', 'MISSED', 'DONE')),
  constraint appointment_start_local check (start_local ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d'),
  constraint appointment_end_local check (end_local ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d'),
  constraint appointment_end_pair check ((end_local is null) = (end_at is null)),
  constraint appointment_end_after check (end_at >= start_at)
);
create index appointment_by_location on appointment (location_id, start_at);  -- the calendar
create index appointment_by_customer on appointment (customer_id, start_at);
create index appointment_by_start on appointment (start_at);                  -- rules on a window of time
create index appointment_by_booking on appointment (booked_at);
create index appointment_search on appointment using gin (search_text gin_trgm_ops);
