create sequence order_status_id_seq start with 50 increment by 50;
create table order_status (
  id         bigint  primary key default nextval('order_status_id_seq'),
  code       text    not null,
  name_fr    text    not null,
  name_en    text    not null,
  status_group text  not null,
  position   integer not null,
  active     boolean not null default true,
  version    integer not null default 1,
  constraint order_status_code_unique unique (code),
  constraint order_status_group_known check (status_group in ('OPEN', 'READY', 'CLOSED', 'CANCELLED'))
);
-- A location switches statuses on; everything matches by code.
create table location_status (
  location_id bigint not null constraint location_status_location references location on delete cascade,
  status_id   bigint not null constraint location_status_status references order_status on delete cascade,
  constraint location_status_pk primary key (location_id, status_id)
);

-- Numbers of orders that are opened on a page.
create sequence order_number_seq start with 1001;
create sequence work_order_id_seq start with 50 increment by 50;
create table work_order (
  id                bigint  primary key default nextval('work_order_id_seq'),
  location_id       bigint  not null constraint work_order_location references location,
  customer_id       bigint  not null constraint work_order_customer references customer,
  source            text    not null default 'page',
  ref               text    not null,
  kind              text    not null default 'WORK_ORDER',
  status            text    not null constraint work_order_status references order_status (code),
  status_group      text    not null,
  status_code       text    not null default '',
  vehicle_id        bigint,
  object_label      text    not null default '',
  reference         text    not null default '',
  user_reference    text    not null default '',
  customer_sale     numeric(14, 2),
  warranty_sale     numeric(14, 2),
  total             numeric(14, 2),
  lines             text    not null default '[]',
  due_local         text,               -- what was entered, ISO date and time local to the location (REL-43)
  due_at            timestamptz,        -- derived
  opened_at         timestamptz not null,
  closed_at         timestamptz,
  status_changed_at timestamptz not null,
  last_time         timestamptz not null,
  created_at        timestamptz not null,
  search_text       text    not null default '',
  version           integer not null default 1,
  constraint work_order_ref_unique unique (source, ref),
  constraint work_order_kind_known check (kind in ('WORK_ORDER', 'ESTIMATE')),
  constraint work_order_due_local check (due_local ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d'),
  constraint work_order_due_pair check ((due_local is null) = (due_at is null))
);
create index work_order_by_location on work_order (location_id, id desc);
create index work_order_by_customer on work_order (customer_id);
create index work_order_due on work_order (location_id, due_at) where due_at is not null;
create index work_order_search on work_order using gin (search_text gin_trgm_ops);
