-- Who is alive (REL-07). An epoch is one life of a node: rows owned by an older epoch belong to the dead.
create table node (
  id            text   not null constraint node_pk primary key,
  epoch         bigint not null default 1,
  started_at    timestamptz not null,
  heartbeat_at  timestamptz not null,
  planner_at    timestamptz,             -- last turn of the releaser and of the dispatcher: health reads them
  dispatcher_at timestamptz,
  stopped_at    timestamptz              -- said goodbye; null while running or after a kill
);

-- What all nodes know of a route: its pace and whether a person must repair it (REL-15, REL-16, REL-19).
create table route_state (
  route           text not null constraint route_state_pk primary key,
  rate            double precision,            -- messages a second; null = no limit
  ceiling         double precision,            -- the limit is lifted when rate comes back to it
  slowed_at       timestamptz,
  raised_at       timestamptz,
  tokens          double precision not null default 0,
  tokens_at       timestamptz,
  faults          integer not null default 0,  -- route faults in a row
  suspended_at    timestamptz,
  suspended_until timestamptz,                 -- after it one message probes the route
  detail          text not null default '',
  constraint route_state_rate check (rate is null or rate >= 1)
);
