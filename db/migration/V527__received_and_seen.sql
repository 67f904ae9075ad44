-- Whether a person heard of what was received: it was passed on by e-mail, or somebody saw it on the page. What is older than a month is past.
alter table inbound_message add column forwarded boolean not null default false, add column seen_at timestamptz, add column seen_by text,
  add constraint inbound_seen check ((seen_at is null) = (seen_by is null));
update inbound_message set forwarded = true where id in (select answers from message where answers is not null and channel = 'EMAIL');
update inbound_message set seen_at = received_at, seen_by = 'carillon' where reading in ('TEXT', 'TEXT_STOP', 'OPT_OUT_CANCEL') and received_at < now() - interval '30 days';
create index inbound_waiting on inbound_message (location_id, id desc)
  where seen_at is null and (reading in ('TEXT_STOP', 'OPT_OUT_CANCEL') or reading = 'TEXT' and not forwarded);
create index inbound_of_nowhere on inbound_message (id desc) where location_id is null;
grant update (seen_at, seen_by) on inbound_message to ${app_role};   -- and nothing else of it
