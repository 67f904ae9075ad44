-- A status of ours and the shop system's code are reached each for itself, on a local day of the location; an order that is in one is told of it once, and
-- again where it leaves and comes back on another day (A-17). What was planned before is known by the instant of the last change of either, and stays known.
alter table work_order
  add column status_day text not null default '',
  add column code_day   text not null default '';
update work_order o set status_day = extract(epoch from o.status_changed_at)::text, code_day = extract(epoch from o.status_changed_at)::text
 where exists (select from planned_notification p join automation a on a.id = p.automation_id where p.subject_type = 'ORDER' and p.subject_id = o.id and a.by_audience);
