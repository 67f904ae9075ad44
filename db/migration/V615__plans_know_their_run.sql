-- What a run found is asked about again when it leaves, as of the moment that the run asked. No foreign key: looks that are forgotten have nothing waiting.
alter table planned_notification add column run_id bigint;
