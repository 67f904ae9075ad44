-- Whether an outcome of the message was ever unknown: a receipt of that attempt may still come, whatever was decided since (T12). resends tells only of what was sent
-- again on a guess; what a provider's list did not show is sent again too. Set as the message leaves UNKNOWN, so that the claim reads no outcomes. Nodes of the version
-- before count resends and know nothing of this column, hence both are asked.
alter table message_due add column doubted boolean not null default false;
update message_due d set doubted = true
  where d.attempts > 0 and exists (select from attempt_outcome o where o.message_id = d.message_id and o.verdict = 'UNKNOWN');  -- an unknown outcome is counted
