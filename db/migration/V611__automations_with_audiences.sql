-- Automations with an audience: whom they mean, and when they look. A draft may lack anything; what is switched on may not.
alter table automation
  alter column template_id drop not null,
  add column audience           jsonb,                            -- groups as audience.AudienceJson writes them
  add column target             text,                             -- category of the objects that messages are about, null: the first one named
  add column kind               text,
  add column at_time            time,                             -- DAILY, WEEKLY: on the wall of each location's zone
  add column days               text,                             -- MON,TUE,...; of WEEKLY one
  add column period_from        time,                             -- REAL_TIME; without, opening_hours_only says it
  add column period_to          time,
  add column drop_past_midnight boolean not null default false,   -- A-22
  add column active_since       timestamptz,                      -- no slot before it is made up for
  drop constraint automation_kind,
  add constraint automation_kind check (
    trigger_kind = 'ON_EVENT' and event_type is not null and anchor is null and template_id is not null and audience is null
    or trigger_kind = 'AROUND_DATE' and event_type is null and anchor is not null and status is null and template_id is not null and audience is null
    or trigger_kind in ('DAILY', 'WEEKLY', 'REAL_TIME') and event_type is null and anchor is null and status is null and kind is not null),
  add constraint automation_audience_kind check (kind in ('GENERAL', 'APPOINTMENT', 'REVIEW')),
  add constraint automation_audience_active check (trigger_kind not in ('DAILY', 'WEEKLY', 'REAL_TIME') or state <> 'ACTIVE' or deleted or audience is not null and template_id is not null
    and channels <> '' and active_since is not null and case when trigger_kind = 'REAL_TIME' then opening_hours_only or period_from is not null and period_to is not null else at_time is not null and days <> '' end);
create index automation_audiences on automation (id) where trigger_kind in ('DAILY', 'WEEKLY', 'REAL_TIME') and not deleted;

-- A text that belongs to one automation is no choice for others, and shares its name with nobody's.
alter table template add column own boolean not null default false;
drop index template_name_unique;
create unique index template_name_unique on template (lower(name)) where not deleted and not own;
