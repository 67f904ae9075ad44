-- A notification about leads is the whole company's: it has no rows in automation_location, and says so (RO-39).
alter table automation add column everywhere boolean not null default false;

-- One column names the status that must be reached; what the event is about decides whose list of statuses holds it.
alter table automation drop constraint automation_status;
alter table automation
  add column order_status text generated always as (case when event_type not like 'LEAD%' then status end) stored
    constraint automation_order_status references order_status (code),
  add column lead_status text generated always as (case when event_type like 'LEAD%' then status end) stored
    constraint automation_lead_status references lead_status (code);
