-- A link by which a person sets the first password. Only the hash is kept, one open invitation a person, used once.
create table invitation (
  staff_id   bigint      not null,
  token_hash bytea       not null,
  expires_at timestamptz not null,
  constraint invitation_pk primary key (staff_id),
  constraint invitation_token_unique unique (token_hash),
  constraint invitation_staff foreign key (staff_id) references staff on delete cascade
);
