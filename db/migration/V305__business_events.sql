-- What happened, in order; the feed of a subject and the source of every plan. Append-only.
create table business_event (
  id           bigint generated always as identity primary key,
  type         text   not null,
  subject_type text   not null,
  subject_id   bigint not null,
  location_id  bigint not null,
  customer_id  bigint,
  at           timestamptz not null,
  actor        text   not null,
  silent       boolean not null default false,
  data         jsonb  not null default '{}'
);
create index business_event_by_subject on business_event (subject_type, subject_id, id);
create index business_event_by_customer on business_event (customer_id, id);
revoke update, delete on business_event from ${app_role};
