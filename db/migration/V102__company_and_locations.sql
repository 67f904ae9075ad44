-- One company per installation (design.md section 4).
create table company (
  one              boolean primary key default true,
  name             text    not null,
  postal_address   text    not null default '',
  default_language text    not null default 'fr',
  version          integer not null default 1,
  constraint company_one_row check (one),
  constraint company_language check (default_language in ('fr', 'en'))
);

create sequence location_id_seq start with 50 increment by 50;
create table location (
  id             bigint  primary key default nextval('location_id_seq'),
  code           text    not null,
  name           text    not null,
  zone           text    not null,               -- IANA zone id (REL-43)
  country        text    not null,               -- ISO 3166-1 alpha-2; region of national phone numbers (MSG-08)
  language       text    not null,
  opening_hours  text    not null default '{}',  -- JSON, shop.OpeningHours; only Java computes with it (REL-41)
  holidays       text    not null default '[]',  -- JSON, shop.Holidays
  quiet_from     time    not null default '21:00',
  quiet_to       time    not null default '08:00',
  sms_sender     text    not null default '',
  email_from     text    not null default '',
  phone          text    not null default '',
  postal_address text    not null default '',
  calendar_rev   integer not null default 1,     -- bumped with zone, hours, holidays (REL-47)
  active         boolean not null default true,
  version        integer not null default 1,
  constraint location_code_unique unique (code),
  constraint location_language check (language in ('fr', 'en')),
  constraint location_country check (country ~ '^[A-Z]{2}$')
);
