-- What customers write: stored, with its reading and the stop that it asks for, before the provider is told that we have it (REL-24, LAW-14).
create table inbound_message (
  id          bigint generated always as identity constraint inbound_message_pk primary key,
  route       text not null,
  provider_id text,
  sender      text not null,           -- E.164 where it is a number that can be read, else as the provider gave it
  recipient   text not null,           -- ours
  text        text not null,
  received_at timestamptz not null,
  location_id bigint,                  -- null: nobody knows which shop was meant
  customer_id bigint,
  about_id    bigint,                  -- the message of ours that was the last before it
  reading     text not null,
  no_answer   text,                    -- why no automatic answer left, where its reading asks for one
  constraint inbound_reading check (reading in ('OPT_OUT', 'OPT_OUT_CANCEL', 'OPT_IN', 'HELP', 'TEXT', 'TEXT_STOP'))
);
create unique index inbound_once on inbound_message (route, provider_id) where provider_id is not null;
create index inbound_by_sender on inbound_message (sender, received_at);
create index inbound_by_customer on inbound_message (customer_id, id desc) where customer_id is not null;
create index inbound_by_location on inbound_message (location_id, id desc);
revoke update on inbound_message from ${app_role};

-- Pieces of a long text until the last has come.
create table inbound_part (
  route text not null, sender text not null, recipient text not null, concat_ref integer not null, total smallint not null, part_no smallint not null,
  text  text not null,
  at    timestamptz not null,
  constraint inbound_part_pk primary key (route, sender, recipient, concat_ref, total, part_no)
);

-- MARKETING: stops offers only (LAW-16).
alter table suppression add column scope text not null default 'ALL' constraint suppression_scope check (scope in ('ALL', 'MARKETING'));

-- An automatic answer to a text: needs no consent, since the person just wrote, and is never sent twice; the confirmation of a stop leaves despite it (LAW-15).
alter table message add column answers bigint, add column despite_stop boolean not null default false;
create index message_answering on message (recipient, created_at) where answers is not null;

alter table company add column stop_scope text not null default 'ALL' constraint company_stop_scope check (stop_scope in ('ALL', 'AS_ASKED'));
alter table location add column reply_email text not null default '';   -- where customers' answers are forwarded (GC-06)
