-- A message that is claimed and sent in one transaction is written once: from the queue to SENDING under the next claim number. Its history still tells both
-- steps, and message_event refuses the short cut. Each event has a guard of its own, so that the one of updates may forbid nested loops: it compares as many old
-- rows as new ones, and a loop in a loop over a batch of 200 costs 40,000 comparisons. The guard of deletions looks messages up one by one and must not.
create function message_due_insert_guard() returns trigger language plpgsql as $$
declare
  bad bigint;
begin
  select n.message_id into bad from new_rows n where n.state <> 'QUEUED' limit 1;
  if found then
    raise exception 'message %: enters otherwise than QUEUED', bad using errcode = 'check_violation';
  end if;
  return null;
end $$;
create function message_due_update_guard() returns trigger language plpgsql set enable_nestloop = off set enable_mergejoin = off as $$
declare
  bad record;
begin
  select o.message_id, o.state as from_state, n.state as to_state into bad
    from old_rows o join new_rows n using (message_id)
   where o.state <> n.state and not message_transition_is_legal(o.state, n.state)
     and not (o.state in ('QUEUED', 'RETRY_WAIT') and n.state = 'SENDING' and n.claim_seq = o.claim_seq + 1) limit 1;
  if found then
    raise exception 'message %: % to % is not a legal transition', bad.message_id, bad.from_state, bad.to_state using errcode = 'check_violation';
  end if;
  return null;
end $$;
create function message_due_delete_guard() returns trigger language plpgsql as $$
declare
  bad record;
begin
  -- a row leaves only when its message was settled in the same transaction
  select o.message_id, o.state as from_state, coalesce(m.state, 'nothing') as to_state into bad
    from old_rows o join message m on m.id = o.message_id
   where m.state is null or not message_transition_is_legal(o.state, m.state) limit 1;
  if found then
    raise exception 'message %: % to % is not a legal transition', bad.message_id, bad.from_state, bad.to_state using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger message_due_inserted on message_due;
drop trigger message_due_updated on message_due;
drop trigger message_due_deleted on message_due;
create trigger message_due_inserted after insert on message_due referencing new table as new_rows for each statement execute function message_due_insert_guard();
create trigger message_due_updated after update on message_due referencing old table as old_rows new table as new_rows
  for each statement execute function message_due_update_guard();
create trigger message_due_deleted after delete on message_due referencing old table as old_rows for each statement execute function message_due_delete_guard();
drop function message_due_guard();
