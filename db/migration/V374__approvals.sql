-- A text that reads like an offer and shall not count as one: asked by one person, decided by another (LAW-01). The log of it stays.
create table template_approval (
  id           bigint generated always as identity constraint template_approval_pk primary key,
  template_id  bigint  not null constraint template_approval_template references template,
  revision     integer not null,        -- that stood when it was asked; void when another stands
  name         text    not null,
  purpose      text    not null,        -- the wished one
  texts        jsonb   not null,        -- by language: sms, subject, body
  found        text    not null,        -- what reads like an offer
  asked_by     text    not null,
  asked_name   text    not null,
  asked_at     timestamptz not null,
  decision     text,
  decided_by   text,
  decided_name text,
  decided_at   timestamptz,
  constraint template_approval_purpose check (purpose in ('TRANSACTIONAL', 'REMINDER')),
  constraint template_approval_decision check (decision in ('APPROVED', 'REFUSED', 'OVERTAKEN')),
  constraint template_approval_decided check ((decision is null) = (decided_at is null)),
  constraint template_approval_second_person check (decision is distinct from 'APPROVED' or decided_by <> asked_by)
);
create unique index template_approval_open on template_approval (template_id) where decision is null;
create index template_approval_by_template on template_approval (template_id, id desc);
revoke delete on template_approval from ${app_role};

alter table template_version drop constraint template_version_act,
  add constraint template_version_act check (act in ('FOUND', 'CREATED', 'CHANGED', 'RESTORED', 'DELETED', 'APPROVED'));
