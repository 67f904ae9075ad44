-- Every state that a template ever had (P-37): added in the transaction of the save, never changed by the application.
create table template_version (
  template_id   bigint      not null constraint template_version_template references template,
  number        integer     not null,
  act           text        not null,
  restored_from integer,                -- the number whose state came back
  name          text        not null,
  purpose       text        not null,
  texts         jsonb       not null,   -- by language: sms, subject, body
  at            timestamptz,            -- null for what was there before versions were kept
  actor         text        not null default '',
  constraint template_version_pk primary key (template_id, number),
  constraint template_version_act check (act in ('FOUND', 'CREATED', 'CHANGED', 'RESTORED', 'DELETED')),
  constraint template_version_dated check (act = 'FOUND' or at is not null)
);
-- The number of the version that stands; 0 where none was kept yet.
alter table template add column revision integer not null default 0;
insert into template_version (template_id, number, act, name, purpose, texts)
  select t.id, 1, 'FOUND', t.name, t.purpose, coalesce((select jsonb_object_agg(x.language, jsonb_build_object('sms', x.sms, 'subject', x.subject, 'body', x.body))
    from template_translation x where x.template_id = t.id), '{}') from template t;
update template set revision = 1;
revoke update, delete on template_version from ${app_role};
