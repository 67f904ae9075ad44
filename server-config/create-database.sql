-- Once, as a PostgreSQL superuser, with the two passwords of carillon.env:
--   psql -v owner_password="..." -v app_password="..." -f create-database.sql
-- The owner migrates the schema at start; the application runs as a role that cannot change what must not be changed.
\set ON_ERROR_STOP on
create role carillon login password :'owner_password';
create role carillon_app login password :'app_password';
create database carillon owner carillon encoding 'UTF8' template template0;
revoke all on database carillon from public;
grant connect on database carillon to carillon_app;
-- what was answered with 2xx must survive a crash of the server (REL-01)
alter database carillon set synchronous_commit = on;
