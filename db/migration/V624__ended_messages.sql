-- The few messages that ended without reaching anybody, for the pages that list them among millions (PERF-12). A table of their own: an index over the state of
-- message would be written at each of its changes, and with it all others of the row.
create table message_ended (
  message_id bigint  constraint message_ended_pk primary key constraint message_ended_message references message on delete cascade,
  failed     boolean not null                  -- false: rightly not sent
);
create index message_ended_failed on message_ended (message_id) where failed;

create function message_ended_is_kept() returns trigger language plpgsql as $$
begin
  if new.state in ('FAILED', 'UNDELIVERED', 'EXPIRED', 'UNKNOWN_CLOSED', 'CANCELLED', 'SUPPRESSED') then
    insert into message_ended values (new.id, new.state not in ('CANCELLED', 'SUPPRESSED')) on conflict (message_id) do update set failed = excluded.failed;
  else
    delete from message_ended where message_id = new.id;
  end if;
  return null;
end $$;
-- a late receipt may show that a message was delivered after all (T12)
create trigger message_ends after update of state on message for each row
  when (new.state in ('FAILED', 'UNDELIVERED', 'EXPIRED', 'UNKNOWN_CLOSED', 'CANCELLED', 'SUPPRESSED') or old.state in ('FAILED', 'UNDELIVERED', 'EXPIRED', 'UNKNOWN_CLOSED', 'CANCELLED', 'SUPPRESSED'))
  execute function message_ended_is_kept();
create trigger message_ends_at_once after insert on message for each row
  when (new.state in ('FAILED', 'UNDELIVERED', 'EXPIRED', 'UNKNOWN_CLOSED', 'CANCELLED', 'SUPPRESSED')) execute function message_ended_is_kept();

insert into message_ended select id, state not in ('CANCELLED', 'SUPPRESSED') from message
 where state in ('FAILED', 'UNDELIVERED', 'EXPIRED', 'UNKNOWN_CLOSED', 'CANCELLED', 'SUPPRESSED');
