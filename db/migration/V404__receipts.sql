-- Providers' words on accepted messages, as they came: doubled, early, in any order (REL-23). Unmatched ones are tried again for 72 hours.
create table receipt (
  id          bigint generated always as identity constraint receipt_pk primary key,
  route       text not null,
  provider_id text not null default '',      -- as our attempts have it (decimal or hexadecimal settled per route)
  user_ref    integer,
  recipient   text not null default '',
  state       text not null,
  code        text not null default '',
  at          timestamptz not null,          -- the provider's time
  received_at timestamptz not null,
  message_id  bigint,                        -- null until matched
  part_no     smallint,
  probable    boolean not null default false,  -- matched by circumstances, not by an id (reliability.md 1.5)
  constraint receipt_state check (state in ('ACCEPTED', 'UNDELIVERED', 'EXPIRED', 'DELIVERED')),
  constraint receipt_matched check ((message_id is null) = (part_no is null)),
  constraint receipt_once unique (provider_id, route, state, at, recipient)
);
create index receipt_unmatched on receipt (received_at) where message_id is null;
create index receipt_by_message on receipt (message_id) where message_id is not null;
