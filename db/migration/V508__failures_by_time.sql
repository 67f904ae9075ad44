-- Failures are looked for by time among all events; few rows are in the index, and none of them is ever updated.
create index message_event_failed on message_event (at) where to_state in ('FAILED', 'UNDELIVERED', 'EXPIRED');
