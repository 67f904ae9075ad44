-- Staff hear by e-mail that the offers of their location are held (LAW-18); null: not yet.
alter table marketing_hold add column told_at timestamptz;
create index marketing_hold_untold on marketing_hold (location_id) where released_at is null and told_at is null;
