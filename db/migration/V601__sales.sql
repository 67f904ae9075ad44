-- Vehicles sold. The vehicle is told with the sale; it is the customer's own row only where it could be matched.
create sequence sale_id_seq start with 50 increment by 50;
create table sale (
  id                bigint  primary key default nextval('sale_id_seq'),
  location_id       bigint  not null constraint sale_location references location,
  customer_id       bigint  not null constraint sale_customer references customer,
  source            text    not null default 'page',
  ref               text    not null,
  vehicle_make      text    not null default '',
  vehicle_model     text    not null default '',
  vehicle_year      integer,
  vehicle_id        bigint,
  vehicle_condition text,
  delivered_on      date,               -- local to the location; null until it is known
  user_reference    text    not null default '',
  created_at        timestamptz not null,
  version           integer not null default 1,
  constraint sale_ref_unique unique (source, ref),
  constraint sale_condition_known check (vehicle_condition in ('NEW', 'USED'))
);
create index sale_by_delivery on sale (delivered_on);
create index sale_by_customer on sale (customer_id);
