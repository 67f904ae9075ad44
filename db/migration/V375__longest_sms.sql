-- Longest SMS in segments, of what follows an order and of offers (MSG-07).
alter table company
  add column max_segments        integer not null default 4 constraint company_max_segments check (max_segments between 1 and 10),
  add column max_segments_offers integer not null default 3 constraint company_max_segments_offers check (max_segments_offers between 1 and 10);
