create sequence template_id_seq start with 50 increment by 50;
create table template (
  id      bigint  primary key default nextval('template_id_seq'),
  name    text    not null,
  purpose text    not null default 'TRANSACTIONAL',
  deleted boolean not null default false,
  version integer not null default 1,
  constraint template_purpose check (purpose in ('TRANSACTIONAL', 'REMINDER', 'MARKETING'))
);
create unique index template_name_unique on template (lower(name)) where not deleted;

create table template_translation (
  template_id bigint not null constraint template_translation_template references template on delete cascade,
  language    text   not null,
  sms         text   not null default '',
  subject     text   not null default '',
  body        text   not null default '',
  constraint template_translation_pk primary key (template_id, language),
  constraint template_translation_language check (language in ('fr', 'en'))
);
