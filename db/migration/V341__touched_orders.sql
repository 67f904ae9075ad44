-- When anything about an order changed last, as we heard of it: what "untouched" is counted from. (last_time is the activity that rules speak of.)
alter table work_order add column touched_at timestamptz not null default clock_timestamp();
update work_order set touched_at = last_time;
create index work_order_untouched on work_order (location_id, touched_at) where status_group = 'OPEN';
create index work_order_overdue on work_order (location_id, due_at) where status_group = 'OPEN' and due_at is not null;
