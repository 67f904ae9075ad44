-- What a call under an Idempotency-Key came to (REL-03): the same call again gets the same answer and does nothing. One row a key of a token; without a
-- status the first call is still running, at most until its claim is over. What is refused leaves no row.
create table inbox_event (
  source          text        not null,   -- whose key it is: the token
  idem_key        text        not null,
  request_hash    bytea       not null,
  claim           uuid        not null,   -- of the call that runs or ran
  claimed_until   timestamptz not null,
  response_status integer,
  response_body   text,
  received_at     timestamptz not null,
  constraint inbox_event_pk primary key (source, idem_key),
  constraint inbox_event_key check (length(idem_key) between 1 and 255),
  constraint inbox_event_answered check ((response_status is null) = (response_body is null))
);
create index inbox_event_old on inbox_event (received_at);
