-- An offer that waits for the company's name, address or contact goes when they are entered (LAW-06).
drop index planned_held_again;
create index planned_held_again on planned_notification (changed_at)
  where state = 'HELD' and reason in ('MISSING_VALUE', 'NO_OPENING', 'TEXT_TOO_LONG', 'NO_IDENTITY');
