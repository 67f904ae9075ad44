-- What the people of the demo company are told of: late and forgotten orders, messages that failed.
insert into alert_rule (location_id, kind, active, open_hours, since)
select l.id, r.kind, true, r.hours, now() from location l cross join (values ('OVERDUE', 0), ('UNTOUCHED', 16), ('FAILED', 0)) r (kind, hours) where l.code in ('MTL', 'PAR');
insert into alert_place (location_id, next_at) select id, now() from location where code in ('MTL', 'PAR');
