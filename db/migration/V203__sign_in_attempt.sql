-- Attempts that count against a guesser (SEC-15). A row is written before the password is looked at and taken away by a success.
create table sign_in_attempt (
  id      bigint      generated always as identity,
  account bytea       not null,   -- SHA-256 of the name as typed, so that unknown names leave no trace of persons
  address text        not null,
  net     text        not null,   -- /24 of IPv4, /64 of IPv6
  at      timestamptz not null,
  constraint sign_in_attempt_pk primary key (id)
);
create index sign_in_attempt_account_idx on sign_in_attempt (account, net, at);
create index sign_in_attempt_address_idx on sign_in_attempt (address, at);
create index sign_in_attempt_at_idx on sign_in_attempt (at);
