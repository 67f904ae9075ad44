-- A moment from which on what was planned is not worth sending, whatever moves it later: the midnight of its day, half an hour before an appointment (REL-50).
-- Null where it is counted from the send time alone.
alter table planned_notification add column latest timestamptz;

-- Said once for all who ask: it means an audience, and no single event or date.
alter table automation add column by_audience boolean not null generated always as (trigger_kind in ('DAILY', 'WEEKLY', 'REAL_TIME')) stored;

-- What a run plans after a restore waits for a person: it may have left before (REL-29).
alter table audience_run add column aside boolean not null default false;
create index audience_run_waiting on audience_run (automation_id, zone) where state = 'REQUESTED';
create index audience_run_aged on audience_run (finished_at) where zone = '*' and (planned > 0 or state in ('FAILED', 'DROPPED'));
create index audience_run_trouble on audience_run (finished_at) where state in ('FAILED', 'MISSED');
