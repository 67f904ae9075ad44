-- Figures and filters look at days. Rows come in the order of time, so a block range index finds them and costs the hot path next to nothing.
create index message_by_time on message using brin (created_at) with (pages_per_range = 32);
create index planned_by_time on planned_notification using brin (created_at) with (pages_per_range = 32);
