-- Whether somebody asked to record it without messages; else what is silent is history (src/adr/0039).
alter table business_event add column hushed boolean not null default false;
create index business_event_hushed on business_event (at) where hushed;

alter table audience_run add column silent integer not null default 0;
