-- Statuses of leads belong to the company and hold at every location: what leads fire is not per location either (RO-39).
create sequence lead_status_id_seq start with 50 increment by 50;
create table lead_status (
  id         bigint  primary key default nextval('lead_status_id_seq'),
  code       text    not null,
  name_fr    text    not null,
  name_en    text    not null,
  status_group text  not null,
  position   integer not null,
  active     boolean not null default true,
  version    integer not null default 1,
  constraint lead_status_code_unique unique (code),
  constraint lead_status_group_known check (status_group in ('OPEN', 'WON', 'LOST'))
);

create sequence lead_number_seq start with 101;
create sequence lead_id_seq start with 50 increment by 50;
create table lead (
  id                bigint  primary key default nextval('lead_id_seq'),
  location_id       bigint  not null constraint lead_location references location,
  customer_id       bigint  not null constraint lead_customer references customer,
  source            text    not null default 'page',
  ref               text    not null,
  status            text    not null constraint lead_status references lead_status (code),
  status_group      text    not null,
  object_label      text    not null default '',
  note              text    not null default '',
  order_id          bigint  constraint lead_order references work_order,  -- what it became
  status_changed_at timestamptz not null,
  created_at        timestamptz not null,
  search_text       text    not null default '',
  version           integer not null default 1,
  constraint lead_ref_unique unique (source, ref),
  constraint lead_order_unique unique (order_id)
);
create index lead_by_location on lead (location_id, id desc);
create index lead_by_customer on lead (customer_id);
create index lead_search on lead using gin (search_text gin_trgm_ops);
