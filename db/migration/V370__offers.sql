-- What offers (marketing) may do, per company (LAW-06 to 10, REL-54): only ever stricter than the law's own table of hours.
alter table company
  add column offer_hours      text    not null default '',   -- JSON as of a location's opening hours, in the zones at hand; empty: the law's hours alone
  add column offer_contact    text    not null default '',   -- web page, e-mail or telephone that every offer names, good for 60 days (LAW-06)
  add column stop_number      text    not null default '',   -- where STOP goes when the sender is a name that nobody can answer (LAW-07)
  add column cap_offers_day   integer not null default 1 constraint company_cap_offers_day check (cap_offers_day between 1 and 100),
  add column cap_offers_month integer not null default 4 constraint company_cap_offers_month check (cap_offers_month between 1 and 1000),
  add column cap_answers_day  integer not null default 3 constraint company_cap_answers_day check (cap_answers_day between 1 and 100);
