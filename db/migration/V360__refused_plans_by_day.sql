-- The first page counts by day and location what was given up; nearly all plans are released and need not be read for it.
create index planned_refused on planned_notification (location_id, changed_at) where state in ('SKIPPED', 'CANCELLED', 'SUPPRESSED', 'EXPIRED');
