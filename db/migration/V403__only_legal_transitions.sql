-- The state machine of reliability.md 1.4, T2 to T19, as one table of pairs. Whoever writes, the database refuses any other pair.
create function message_transition_is_legal(from_state text, to_state text) returns boolean language sql immutable parallel safe as $$
  select from_state || '>' || to_state in (
    'NEW>QUEUED',                                                                                   -- T2, T3
    'QUEUED>CLAIMED', 'RETRY_WAIT>CLAIMED',                                                         -- T4
    'CLAIMED>QUEUED',                                                                               -- T5, T6b
    'CLAIMED>SENDING',                                                                              -- T6
    'SENDING>ACCEPTED', 'SENDING>RETRY_WAIT', 'SENDING>FAILED', 'SENDING>QUEUED', 'SENDING>UNKNOWN',  -- T7 to T11
    'UNKNOWN>ACCEPTED', 'UNKNOWN>DELIVERED', 'UNKNOWN>UNDELIVERED',                                 -- T12
    'RETRY_WAIT>ACCEPTED', 'RETRY_WAIT>DELIVERED', 'RETRY_WAIT>UNDELIVERED',
    'CLAIMED>ACCEPTED', 'CLAIMED>DELIVERED', 'CLAIMED>UNDELIVERED',
    'UNKNOWN>RETRY_WAIT',                                                                           -- T13
    'UNKNOWN>UNKNOWN_CLOSED',                                                                       -- T14, T17
    'ACCEPTED>DELIVERED', 'ACCEPTED>UNDELIVERED', 'UNDELIVERED>DELIVERED',                          -- T15
    'QUEUED>CANCELLED', 'HELD>CANCELLED', 'RETRY_WAIT>CANCELLED', 'CLAIMED>CANCELLED', 'UNKNOWN>CANCELLED',        -- T16, T6b
    'QUEUED>EXPIRED', 'HELD>EXPIRED', 'RETRY_WAIT>EXPIRED', 'CLAIMED>EXPIRED',                      -- T17, T6b
    'QUEUED>SUPPRESSED', 'HELD>SUPPRESSED', 'RETRY_WAIT>SUPPRESSED', 'CLAIMED>SUPPRESSED', 'UNKNOWN>SUPPRESSED',   -- T18, T6b
    'QUEUED>HELD', 'HELD>QUEUED')                                                                   -- T19
$$;

-- The life of every message, in order. Append-only.
create table message_event (
  id         bigint generated always as identity,
  message_id bigint not null,
  from_state text   not null,
  to_state   text   not null,
  actor      text   not null,
  reason     text,
  at         timestamptz not null,
  constraint message_event_pk primary key (message_id, id),
  constraint message_event_legal check (message_transition_is_legal(from_state, to_state))
);
revoke update, delete on message_event from ${app_role};

-- Statement triggers, so that a batch of 200 pays once.
create function message_due_guard() returns trigger language plpgsql as $$
declare
  bad record;
begin
  if tg_op = 'INSERT' then
    select n.message_id, 'NEW' as from_state, n.state as to_state into bad from new_rows n where n.state <> 'QUEUED' limit 1;
  elsif tg_op = 'UPDATE' then
    select o.message_id, o.state as from_state, n.state as to_state into bad
      from old_rows o join new_rows n using (message_id)
     where o.state <> n.state and not message_transition_is_legal(o.state, n.state) limit 1;
  else
    -- a row leaves only when its message was settled in the same transaction
    select o.message_id, o.state as from_state, coalesce(m.state, 'nothing') as to_state into bad
      from old_rows o join message m on m.id = o.message_id
     where m.state is null or not message_transition_is_legal(o.state, m.state) limit 1;
  end if;
  if found then
    raise exception 'message %: % to % is not a legal transition', bad.message_id, bad.from_state, bad.to_state using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger message_due_inserted after insert on message_due referencing new table as new_rows for each statement execute function message_due_guard();
create trigger message_due_updated after update on message_due referencing old table as old_rows new table as new_rows
  for each statement execute function message_due_guard();
create trigger message_due_deleted after delete on message_due referencing old table as old_rows for each statement execute function message_due_guard();

create function message_guard() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select o.id, o.state as from_state, n.state as to_state into bad
    from old_rows o join new_rows n using (id)
   where o.state is distinct from n.state and o.state is not null and (n.state is null or not message_transition_is_legal(o.state, n.state)) limit 1;
  if found then
    raise exception 'message %: % to % is not a legal transition', bad.id, bad.from_state, bad.to_state using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger message_updated after update on message referencing old table as old_rows new table as new_rows
  for each statement execute function message_guard();
