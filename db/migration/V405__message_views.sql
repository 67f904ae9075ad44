-- For pages and reports: every message with its state of this moment.
create view message_now as
  select m.id, m.plan_id, m.plan_rev, m.automation_id, m.location_id, m.customer_id, m.subject_type, m.subject_id, m.event_id,
         m.channel, m.purpose, m.recipient, m.sender, m.subject_line, m.text, m.segments, m.ucs2, m.hours_only, m.unknown_policy,
         m.created_at, m.expires_at, m.accepted_at, m.settled_at,
         coalesce(d.state, m.state)   as state,
         case when d.message_id is null then m.reason else d.reason end as reason,
         d.message_id is not null     as live,
         d.next_attempt_at, coalesce(d.attempts, 0) as counted_attempts, coalesce(d.resends, 0) as resends,
         d.cancel_requested is not null as cancel_requested, d.owner_node,
         case when m.state = 'DELIVERED' then m.settled_at end as delivered_at
    from message m left join message_due d on d.message_id = m.id;

-- Every attempt with what came of it; outcome null = bytes may be on the wire.
create view attempt_now as
  select a.message_id, a.part_no, row_number() over (partition by a.message_id, a.part_no order by a.claim_seq) as n,
         a.claim_seq, a.node, a.route, a.wire_ref, a.possible_duplicate, a.started_at,
         o.verdict, o.code, o.provider_id, o.detail, o.ended_at
    from attempt a left join attempt_outcome o using (message_id, part_no, claim_seq);

-- One message's whole story in one list: transitions, attempts, receipts and late answers.
create view message_history as
  select message_id, at, 'EVENT' as kind, null::smallint as part_no, from_state, to_state, actor, reason, '' as code, '' as detail, id as seq from message_event
  union all
  select message_id, started_at, 'ATTEMPT', part_no, null, null, route, case when possible_duplicate then 'POSSIBLE_DUPLICATE' end, '', '', claim_seq from attempt
  union all
  select message_id, ended_at, 'OUTCOME', part_no, null, verdict, route, null, code, detail, claim_seq from attempt_outcome
  union all
  select message_id, received_at, 'RECEIPT', part_no, null, state, route, case when probable then 'UNKNOWN_OUTCOME' end, code, '', id from receipt where message_id is not null
  union all
  select message_id, at, 'LATE_OUTCOME', part_no, null, verdict, route, null, code, detail, id from late_outcome;
