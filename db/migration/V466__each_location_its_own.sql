-- Where one location's messages fill a queue, each location is asked for its own (REL-21).
create index message_due_by_location on message_due (route, priority, location_id, next_attempt_at) where state in ('QUEUED', 'RETRY_WAIT');
