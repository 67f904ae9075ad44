-- A message without a location is the test of a route: ours, to somebody of ours, about no customer.
alter table message alter column location_id drop not null,
  add constraint message_location check (location_id is not null or customer_id is null and automation_id is null);
alter table message_due alter column location_id drop not null;

-- Who tested which route. Append-only; the message tells what came of it.
create table route_trial (
  message_id bigint  not null constraint route_trial_pk primary key,
  route      text    not null,
  characters boolean not null,               -- the text that holds every difficult character (MSG-06)
  staff_id   bigint  not null,
  staff_name text    not null,
  at         timestamptz not null
);
create index route_trial_by_route on route_trial (route, message_id desc);
create index route_trial_by_staff on route_trial (staff_id, at);
revoke update, delete on route_trial from ${app_role};

-- The last refusals of a route: few, among attempts that nearly all succeed.
create index attempt_outcome_refused on attempt_outcome (route, ended_at desc) where verdict <> 'ACCEPTED';
