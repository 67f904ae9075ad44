-- Customers under a name (B-18): those who meet rules, those added by hand, without those excluded by hand.
create sequence customer_group_id_seq start with 50 increment by 50;
create table customer_group (
  id         bigint      primary key default nextval('customer_group_id_seq'),
  ref        text        not null,                 -- what rules name, for good
  name       text        not null,
  audience   jsonb,                                -- groups of rules as audience.AudienceJson writes them, null without rules
  version    integer     not null default 1,
  changed_at timestamptz not null default now(),
  changed_by text        not null default '',
  constraint customer_group_ref_unique unique (ref),
  constraint customer_group_ref_form check (ref ~ '^[a-z0-9][a-z0-9-]{0,59}$')
);
create unique index customer_group_name_unique on customer_group (lower(name));
create table customer_group_member (
  group_id    bigint not null,
  customer_id bigint not null,
  side        text   not null,
  primary key (group_id, customer_id),
  constraint customer_group_member_group foreign key (group_id) references customer_group (id) on delete cascade,
  constraint customer_group_member_customer foreign key (customer_id) references customer (id) on delete cascade,
  constraint customer_group_member_side check (side in ('IN', 'OUT'))
);
create index customer_group_member_of on customer_group_member (customer_id);
