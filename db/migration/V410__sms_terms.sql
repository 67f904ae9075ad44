-- The terms of the route that an SMS was counted for: it is sent again as it was counted, whatever the route says by then.
alter table message
  add column alphabet      text not null default 'GSM7' constraint message_alphabet check (alphabet in ('GSM7', 'GSM7_CEDILLA', 'LATIN1')),
  add column long_messages text not null default 'UDH'  constraint message_long_messages check (long_messages in ('UDH', 'SAR', 'PAYLOAD')),
  -- submits: the segments count for the price, even where one submit holds them all
  add column parts integer not null generated always as (case when long_messages = 'PAYLOAD' then 1 else segments end) stored;

create or replace view message_now as
  select m.id, m.plan_id, m.plan_rev, m.automation_id, m.location_id, m.customer_id, m.subject_type, m.subject_id, m.event_id,
         m.channel, m.purpose, m.recipient, m.sender, m.subject_line, m.text, m.segments, m.ucs2, m.hours_only, m.unknown_policy,
         m.created_at, m.expires_at, m.accepted_at, m.settled_at,
         coalesce(d.state, m.state)   as state,
         case when d.message_id is null then m.reason else d.reason end as reason,
         d.message_id is not null     as live,
         d.next_attempt_at, coalesce(d.attempts, 0) as counted_attempts, coalesce(d.resends, 0) as resends,
         d.cancel_requested is not null as cancel_requested, d.owner_node,
         case when m.state = 'DELIVERED' then m.settled_at end as delivered_at,
         m.alphabet, m.parts
    from message m left join message_due d on d.message_id = m.id;
