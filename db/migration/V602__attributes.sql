-- What a shop keeps besides (KI-36): definitions here, values as an object by code on the owner's row.
create sequence attribute_id_seq start with 50 increment by 50;
create table attribute (
  id       bigint  primary key default nextval('attribute_id_seq'),
  owner    text    not null,
  code     text    not null,
  name_fr  text    not null,
  name_en  text    not null,
  type     text    not null,
  choices  jsonb   not null default '[]',   -- [{"code", "fr", "en"}]
  position integer not null,
  active   boolean not null default true,
  version  integer not null default 1,
  constraint attribute_code_unique unique (owner, code),
  constraint attribute_code_form check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  constraint attribute_owner_known check (owner in ('CUSTOMER', 'APPOINTMENT')),
  constraint attribute_type_known check (type in ('TEXT', 'NUMBER', 'DATE', 'CHOICE'))
);
alter table customer add column attributes jsonb not null default '{}';
