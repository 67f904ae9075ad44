-- A piece that comes again after its text was put together is the provider's repetition (REL-24): the pieces stay for a day, to be known by.
alter table inbound_part add column joined_at timestamptz;
