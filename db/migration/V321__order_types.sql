-- What kinds of work the company takes in, and which fields their order form shows (RO-28).
create sequence order_type_id_seq start with 50 increment by 50;
create table order_type (
  id         bigint  primary key default nextval('order_type_id_seq'),
  code       text    not null,
  name_fr    text    not null,
  name_en    text    not null,
  shown      text    not null,          -- fields of the form, by comma: DUE_DATE, OBJECT, REFERENCE, AMOUNT
  position   integer not null,
  preferred  boolean not null default false,
  active     boolean not null default true,
  version    integer not null default 1,
  constraint order_type_code_unique unique (code),
  constraint order_type_preferred_active check (active or not preferred)
);
-- The type of an order for which none is named.
create unique index order_type_preferred on order_type (preferred) where preferred;
insert into order_type (code, name_fr, name_en, shown, position, preferred)
  values ('STANDARD', 'Standard', 'Standard', 'DUE_DATE,OBJECT,REFERENCE,AMOUNT', 1, true);

-- The default fills the orders that are there without rewriting them; from then on whoever opens an order says its type, and null is the preferred one.
alter table work_order add column order_type text default 'STANDARD';
alter table work_order alter column order_type drop default;
alter table work_order add constraint work_order_type foreign key (order_type) references order_type (code);
