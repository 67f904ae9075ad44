-- A text that is being written can be tried as a route can; both count together. Without a route it takes its location's.
alter table route_trial alter column route drop not null;
