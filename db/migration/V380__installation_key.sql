-- The key of tokens that strangers hold (unsubscribe links, return paths). One for each installation, in its backup; the application only reads it.
create table installation_key (
  one boolean not null default true constraint installation_key_pk primary key,
  key bytea   not null,
  constraint installation_key_one check (one)
);
insert into installation_key (key) values (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
revoke insert, update, delete on installation_key from ${app_role};
