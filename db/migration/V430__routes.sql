-- Ways to providers. Those of the environment (built_in) have their settings there; the others here, their secrets sealed: what is stored of them is
-- of no use without the key, which is not in the database (SEC-26).
create table route (
  code       text    not null constraint route_pk primary key,
  channel    text    not null,
  protocol   text    not null,
  name       text    not null,
  built_in   boolean not null default false,
  present    boolean not null default true,     -- of a built-in one: whether the environment names a provider
  settings   jsonb   not null default '{}',     -- name to text, as given
  sealed     bytea,                             -- AES-256-GCM over the secrets, as JSON
  nonce      bytea,
  key_id     text,                              -- which key sealed it, so that keys can be changed
  paused_at  timestamptz,
  paused_by  text,
  version    integer not null default 0,
  changed_at timestamptz,
  changed_by text    not null default '',
  deleted_at timestamptz,                       -- takes no new message; the code is not used again, since histories name it
  constraint route_code check (code ~ '^[a-z][a-z0-9-]{0,19}$'),
  constraint route_channel check (channel in ('SMS', 'EMAIL')),
  constraint route_protocol check (protocol in ('SMPP', 'HTTP', 'SMTP')),
  constraint route_sealed check ((sealed is null) = (nonce is null) and (sealed is null) = (key_id is null)),
  constraint route_built_in check (not built_in or settings = '{}' and sealed is null and deleted_at is null),
  constraint route_paused check ((paused_at is null) = (paused_by is null))
);
revoke delete on route from ${app_role};
insert into route (code, channel, protocol, name, built_in) values ('smpp', 'SMS', 'SMPP', 'SMPP', true), ('smtp', 'EMAIL', 'SMTP', 'SMTP', true);

-- Which routes a message may take, the first that is open: the most particular list decides alone.
create table route_choice (
  channel     text     not null,
  location_id bigint   constraint route_choice_location references location,   -- null: every location
  country     text,                                                            -- of the recipient's number; null: every one
  rank        smallint not null,
  route       text     not null constraint route_choice_route references route,
  constraint route_choice_rank unique nulls not distinct (channel, location_id, country, rank),
  constraint route_choice_once unique nulls not distinct (channel, location_id, country, route),
  constraint route_choice_country check (country is null or channel = 'SMS' and country ~ '^[A-Z]{2}$')
);

-- One row, written with every change of a route or a choice: nodes look at it, and two people who change routes come one after the other.
create table route_revision (
  one      boolean not null default true constraint route_revision_pk primary key,
  revision bigint  not null,
  constraint route_revision_one check (one)
);
insert into route_revision (revision) values (1);

-- How each node sees its own line to the provider; written when that changes.
create table route_node (
  route       text   not null,
  node        text   not null,
  epoch       bigint not null,
  open        boolean not null,
  detail      text   not null default '',
  since       timestamptz not null,
  closed_from timestamptz,                      -- from then on it counts as closed; null while all is well
  constraint route_node_pk primary key (route, node)
);

-- Who changed what: names of settings, never their values. Append-only.
create table route_action (
  id     bigint generated always as identity constraint route_action_pk primary key,
  at     timestamptz not null,
  actor  text not null,
  route  text not null,
  action text not null,
  detail text not null default '',
  constraint route_action_kind check (action in ('CREATED', 'CHANGED', 'DELETED', 'PAUSED', 'RESUMED', 'CHOSEN', 'RESEALED'))
);
create index route_action_by_route on route_action (route, id desc);
revoke update, delete on route_action from ${app_role};

-- A message that left the queue of one route for that of another: only what no provider can have taken. Append-only.
create table message_detour (
  message_id bigint not null,
  at         timestamptz not null,
  from_route text not null,
  to_route   text not null,
  reason     text not null,
  constraint message_detour_pk primary key (message_id, at)
);
revoke update, delete on message_detour from ${app_role};

-- Every message has its route from the start: lines, claims and rates are per route.
alter table message add column route text;
alter table message_due add column route text;
update message_due set route = case channel when 'SMS' then 'smpp' else 'smtp' end;
alter table message_due alter column route set not null;
drop index message_due_ready;
create index message_due_ready on message_due (route, priority, next_attempt_at) where state in ('QUEUED', 'RETRY_WAIT');
create index message_due_paused on message_due (route, message_id) where state = 'HELD' and reason = 'ROUTE_PAUSED';

-- What is wrong with each route for all nodes together; null where messages may take it.
create view route_now as
  select r.code, r.channel, case
      when r.deleted_at is not null then 'DELETED'
      when not r.present then 'ABSENT'
      when r.paused_at is not null then 'PAUSED'
      when s.suspended_at is not null then 'SUSPENDED'
      when exists (select from route_node n join node d on d.id = n.node and d.epoch = n.epoch and d.stopped_at is null
                     and d.heartbeat_at > clock_timestamp() - interval '30 seconds' where n.route = r.code)
       and not exists (select from route_node n join node d on d.id = n.node and d.epoch = n.epoch and d.stopped_at is null
                     and d.heartbeat_at > clock_timestamp() - interval '30 seconds' where n.route = r.code
                     and (n.closed_from is null or n.closed_from > clock_timestamp() + c.offset_ms * interval '1 ms')) then 'CLOSED'
    end as trouble, s.suspended_until
    from route r cross join application_clock c left join route_state s on s.route = r.code;
