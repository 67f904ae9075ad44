-- Consent that the law implies from a business relationship, with its end (LAW-04): an event as any other, but one that ends by itself and that an
-- explicit no outweighs for good.
alter table consent_event add column until timestamptz,
  add constraint consent_event_implied check (until is null or (granted and purpose = 'MARKETING'));
alter table customer add column implied_until timestamptz;   -- a cache of the fold, as the consents beside it; null where a no was said
alter table company add column implied_consent boolean not null default true;  -- whether the shop makes use of it at all, in Canada only
