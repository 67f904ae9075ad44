-- Refusals of one sender's messages, in a row and with one code, on a route (REL-19). At the limit the sender is held until a person lets it go.
create table sender_run (
  route       text    not null,
  sender      text    not null,                -- empty: the route's own
  code        text    not null,
  length      integer not null,
  counted_at  timestamptz not null,
  held_at     timestamptz,
  constraint sender_run_pk primary key (route, sender),
  constraint sender_run_length check (length >= 0)
);
create index message_due_held on message_due (reason, message_id) where state = 'HELD';
