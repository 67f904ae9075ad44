-- The poll asks every second what is held and was not looked at for a minute; few rows are, among millions that are planned.
create index planned_held on planned_notification (changed_at) where state = 'HELD';
