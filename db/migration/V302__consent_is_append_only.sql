-- Who allowed what, when, how, in which wording (LAW-02). Never changed, never deleted by the application.
create table consent_event (
  id           bigint generated always as identity primary key,
  customer_id  bigint not null,
  purpose      text   not null,        -- SMS, EMAIL (may we write by it at all) or MARKETING
  granted      boolean not null,
  at           timestamptz not null,   -- when the person said so
  zone         text   not null,
  recorded_at  timestamptz not null,
  how          text   not null,        -- FORM, ORAL, REPLY, IMPORT, API, STAFF
  basis        text   not null default '',
  wording      text   not null default '',
  language     text   not null,
  actor        text   not null,
  source       text   not null,        -- 'page' or the token's source
  actor_ip     text   not null default '',
  constraint consent_event_purpose check (purpose in ('SMS', 'EMAIL', 'MARKETING'))
);
create index consent_event_by_customer on consent_event (customer_id, id);
revoke update, delete on consent_event from ${app_role};

-- An address that must not be written to, whoever owns it now (LAW-14). Released by a row, never by a delete.
create table suppression (
  id          bigint generated always as identity primary key,
  channel     text not null,
  address     text not null,           -- E.164 or lower-case e-mail
  reason      text not null,
  evidence    text not null default '',
  at          timestamptz not null,
  actor       text not null,
  released_at timestamptz,
  released_by text,
  constraint suppression_channel check (channel in ('SMS', 'EMAIL'))
);
create unique index suppression_active on suppression (channel, address) where released_at is null;
revoke delete on suppression from ${app_role};
