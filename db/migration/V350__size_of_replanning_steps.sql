-- How much a step has before it, for the progress that people see: open orders with a due date for a reminder, waiting messages for anything else.
alter table replan_step add column size bigint not null default 0;
