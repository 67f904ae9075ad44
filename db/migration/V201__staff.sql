-- Who works here (SEC-13, SEC-14). The epoch is raised by whatever must end a person's sessions at once: password, role, locations, disabling.
create sequence staff_id_seq;
create table staff (
  id              bigint      primary key default nextval('staff_id_seq'),
  email           text        not null,               -- lower case; the name to sign in with
  name            text        not null,
  role            text        not null,
  language        text,                               -- null: the browser decides
  appearance      text        not null default 'SYSTEM',
  password        text,                               -- PBKDF2WithHmacSHA256:iterations:salt:hash; null until the invitation is accepted
  active          boolean     not null default true,
  epoch           integer     not null default 1,
  last_sign_in_at timestamptz,
  version         integer     not null default 1,
  constraint staff_email_unique unique (email),
  constraint staff_email_lower check (email = lower(email)),
  constraint staff_role check (role in ('ADMINISTRATOR', 'MANAGER', 'ADVISOR', 'OPERATOR')),
  constraint staff_language check (language in ('fr', 'en')),
  constraint staff_appearance check (appearance in ('SYSTEM', 'LIGHT', 'DARK'))
);
alter sequence staff_id_seq owned by staff.id;

create table staff_location (
  staff_id    bigint not null,
  location_id bigint not null,
  constraint staff_location_pk primary key (staff_id, location_id),
  constraint staff_location_staff foreign key (staff_id) references staff on delete cascade,
  constraint staff_location_location foreign key (location_id) references location
);
create index staff_location_location_idx on staff_location (location_id);
