-- The province or state of a location, where its law asks more of texts than the country's (LAW-22): QC is Québec.
alter table location add column region text not null default '' constraint location_region check (region ~ '^[A-Z0-9]{0,3}$');
update location set region = 'QC' where country = 'CA' and postal_address ~* '\y[GHJ][0-9][A-Z] *[0-9][A-Z][0-9]\y';
