-- Offers of a location are held when too many were reported as spam or came back (LAW-18), until somebody lets them go. What was sent before that
-- counts no more.
create table marketing_hold (
  id          bigint generated always as identity constraint marketing_hold_pk primary key,
  location_id bigint  not null constraint marketing_hold_location references location,
  since       timestamptz not null,
  sent        integer not null,
  complaints  integer not null,
  bounces     integer not null,
  released_at timestamptz,
  released_by text,
  constraint marketing_hold_released check ((released_at is null) = (released_by is null))
);
create unique index marketing_hold_active on marketing_hold (location_id) where released_at is null;
create index marketing_hold_by_location on marketing_hold (location_id, released_at);
revoke delete on marketing_hold from ${app_role};

-- the last thousand offers of a location; most messages are none
create index message_offers on message (location_id, id desc) where purpose = 'MARKETING' and channel = 'EMAIL';
create index planned_offers_held on planned_notification (location_id) where state = 'HELD' and reason = 'MARKETING_HELD';

-- The last thousand offers of a location since they were last let go: one reading for the decision and for the page that shows it.
create function offer_record(place bigint) returns table (sent integer, complaints integer, bounces integer) language sql stable as $$
  select count(*)::int, count(*) filter (where complained)::int, count(*) filter (where bounced)::int from (
    select exists (select from mail_return r where r.message_id = m.id and r.kind = 'COMPLAINT') complained,
           exists (select from mail_return r where r.message_id = m.id and r.kind = 'HARD')
             or exists (select from attempt_outcome o where o.message_id = m.id and o.verdict = 'BAD_ADDRESS') bounced
      from message m where m.location_id = place and m.purpose = 'MARKETING' and m.channel = 'EMAIL' and m.state in ('ACCEPTED', 'DELIVERED', 'UNDELIVERED', 'FAILED')
       and m.created_at > coalesce((select max(h.released_at) from marketing_hold h where h.location_id = place), '-infinity') order by m.id desc limit 1000) x
$$;
