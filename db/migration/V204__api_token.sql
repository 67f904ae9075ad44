-- Tokens of shop systems (SEC-17): 256 random bits, of which only the prefix and the hash are kept. A system that changes its token keeps its
-- source, so a source may have several.
create table api_token (
  id           bigint      generated always as identity,
  source       text        not null,   -- whose references these are
  prefix       text        not null,
  token_hash   bytea       not null,
  scope        text        not null,
  all_places   boolean     not null,
  expires_at   timestamptz,
  created_at   timestamptz not null,
  created_by   text        not null,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  constraint api_token_pk primary key (id),
  constraint api_token_hash_unique unique (token_hash),
  constraint api_token_scope check (scope in ('READ', 'WRITE', 'ADMIN'))
);
create table api_token_location (
  token_id    bigint not null,
  location_id bigint not null,
  constraint api_token_location_pk primary key (token_id, location_id),
  constraint api_token_location_token foreign key (token_id) references api_token on delete cascade,
  constraint api_token_location_location foreign key (location_id) references location
);
