-- Every state that an automation with an audience ever had (B-45): added in the transaction of the change, never changed by the application.
-- Columns are called as those of automation, so that both are read alike.
create table automation_version (
  automation_id      bigint  not null constraint automation_version_automation references automation,
  number             integer not null,
  act                text    not null,
  restored_from      integer,                -- the number whose state came back
  at                 timestamptz,            -- null for what was there before versions were kept
  actor              text    not null default '',
  state              text    not null,
  name               text    not null,
  kind               text    not null,
  rules              jsonb,
  target             text,
  trigger_kind       text    not null,
  at_time            time,
  days               text,
  opening_hours_only boolean not null,
  period_from        time,
  period_to          time,
  everywhere         boolean not null,
  places             bigint[] not null,
  channels           text    not null,
  purpose            text,
  drop_past_midnight boolean not null,
  texts              jsonb   not null,       -- by language: sms, subject, body
  constraint automation_version_pk primary key (automation_id, number),
  constraint automation_version_act check (act in ('FOUND', 'CREATED', 'CHANGED', 'RESTORED', 'ACTIVATED', 'PAUSED', 'DELETED')),
  constraint automation_version_dated check (act = 'FOUND' or at is not null)
);
insert into automation_version (automation_id, number, act, state, name, kind, rules, target, trigger_kind, at_time, days, opening_hours_only, period_from, period_to, everywhere, places,
    channels, purpose, drop_past_midnight, texts)
  select a.id, 1, 'FOUND', a.state, a.name, a.kind, a.audience, a.target, a.trigger_kind, a.at_time, a.days, a.opening_hours_only, a.period_from, a.period_to, a.everywhere,
    coalesce((select array_agg(location_id order by location_id) from automation_location w where w.automation_id = a.id), '{}'), a.channels, t.purpose, a.drop_past_midnight,
    coalesce((select jsonb_object_agg(x.language, jsonb_build_object('sms', x.sms, 'subject', x.subject, 'body', x.body)) from template_translation x where x.template_id = t.id), '{}')
  from automation a left join template t on t.id = a.template_id where a.trigger_kind in ('DAILY', 'WEEKLY', 'REAL_TIME') and not a.deleted;
revoke update, delete on automation_version from ${app_role};
