create sequence customer_id_seq start with 50 increment by 50;
create table customer (
  id                bigint  primary key default nextval('customer_id_seq'),
  location_id       bigint  not null constraint customer_location references location,
  source            text    not null default 'page',  -- 'page' or the token's source name; references are unique per source
  ref               text    not null,
  name              text    not null,
  first_name        text    not null default '',
  last_name         text    not null default '',
  language          text    not null,
  -- current consent: a cache of the fold of consent_event (LAW-02)
  sms_consent       boolean not null default false,
  email_consent     boolean not null default false,
  marketing_consent boolean not null default false,
  search_text       text    not null default '',      -- lower case, without accents: name, phones, e-mails, plates
  created_at        timestamptz not null,
  version           integer not null default 1,
  constraint customer_ref_unique unique (source, ref),
  constraint customer_language check (language in ('fr', 'en'))
);
create index customer_by_location on customer (location_id, id);
create index customer_by_name on customer (name, id);
create extension if not exists pg_trgm;
create index customer_search on customer using gin (search_text gin_trgm_ops);

create sequence customer_phone_id_seq start with 50 increment by 50;
create table customer_phone (
  id          bigint  primary key default nextval('customer_phone_id_seq'),
  customer_id bigint  not null constraint customer_phone_customer references customer on delete cascade,
  position    integer not null,
  raw         text    not null,        -- as given
  e164        text,                    -- null where the number cannot be used
  sms_able    boolean not null,
  problem     text,                    -- reason code why it takes no SMS; null where it does
  constraint customer_phone_usable check (e164 is not null or problem is not null)
);
create index customer_phone_by_customer on customer_phone (customer_id, position);
create index customer_phone_by_number on customer_phone (e164);

create sequence customer_email_id_seq start with 50 increment by 50;
create table customer_email (
  id          bigint  primary key default nextval('customer_email_id_seq'),
  customer_id bigint  not null constraint customer_email_customer references customer on delete cascade,
  position    integer not null,
  raw         text    not null,
  address     text,
  problem     text,
  constraint customer_email_usable check (address is not null or problem is not null)
);
create index customer_email_by_customer on customer_email (customer_id, position);
create index customer_email_by_address on customer_email (address);

create sequence vehicle_id_seq start with 50 increment by 50;
create table vehicle (
  id          bigint  primary key default nextval('vehicle_id_seq'),
  customer_id bigint  not null constraint vehicle_customer references customer on delete cascade,
  ref         text    not null default '',
  make        text    not null default '',
  model       text    not null default '',
  year        integer,
  vin         text    not null default '',
  plate       text    not null default ''
);
create index vehicle_by_customer on vehicle (customer_id);
