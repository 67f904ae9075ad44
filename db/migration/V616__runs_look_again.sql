-- P-08: a daily or weekly slot is asked about again while its day lasts, and once more by the look after it, under the same rules.
alter table audience_run
  add column rev      integer,       -- of the automation whose rules were asked; null of looks from before
  add column again_at timestamptz;   -- the next look at the same slot; null where there is none
create index audience_run_again on audience_run (again_at) where again_at is not null;
