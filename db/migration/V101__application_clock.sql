-- The one clock that decides (REL-51): database time plus this offset. The offset is 0 except in run and test profiles.
create table application_clock (
  one          boolean primary key default true,
  offset_ms    bigint  not null default 0,
  constraint application_clock_one_row check (one)
);
insert into application_clock default values;
alter default privileges in schema public grant select, insert, update, delete on tables to ${app_role};
alter default privileges in schema public grant usage, select on sequences to ${app_role};
grant usage on schema public to ${app_role};
grant select, update on application_clock to ${app_role};
