-- The facts of a message. The row is written twice: when accepted for sending and when settled. Live state is in message_due.
create sequence message_id_seq;
create table message (
  id              bigint  not null default nextval('message_id_seq') constraint message_pk primary key,
  plan_id         bigint,                    -- planned_notification it came from
  plan_rev        integer not null default 0,
  calendar_rev    integer not null default 0,
  automation_id   bigint,
  location_id     bigint  not null,
  customer_id     bigint,
  subject_type    text,
  subject_id      bigint,
  event_id        bigint,
  channel         text    not null,
  purpose         text    not null,
  recipient       text    not null,          -- E.164 or e-mail address
  sender          text    not null default '',
  subject_line    text    not null default '',
  text            text    not null,
  mail_message_id text,                      -- fixed at creation, reused on every attempt (MSG-12)
  segments        integer not null default 1,
  ucs2            boolean not null default false,
  unknown_policy  text    not null,
  hours_only      boolean not null default false,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  state           text,                      -- null while live (see message_due)
  reason          text,
  accepted_at     timestamptz,
  settled_at      timestamptz,
  constraint message_channel check (channel in ('SMS', 'EMAIL')),
  constraint message_purpose check (purpose in ('TRANSACTIONAL', 'REMINDER', 'MARKETING')),
  constraint message_unknown_policy check (unknown_policy in ('RESEND_ONCE', 'NO_RESEND')),
  constraint message_segments check (segments between 1 and 255),
  constraint message_state check (state in ('ACCEPTED', 'DELIVERED', 'UNDELIVERED', 'FAILED', 'EXPIRED', 'CANCELLED', 'SUPPRESSED', 'UNKNOWN_CLOSED')),
  constraint message_subject check ((subject_type is null) = (subject_id is null))
) with (fillfactor = 85);                    -- room for the one update, so that it touches no index
create index message_by_location on message (location_id, id desc);
create index message_by_customer on message (customer_id, id desc) where customer_id is not null;
create index message_by_subject on message (subject_type, subject_id, id) where subject_id is not null;
create index message_by_plan on message (plan_id) where plan_id is not null;
create index message_by_recipient on message (recipient, id desc);
revoke delete on message from ${app_role};

-- The narrow row that nodes compete for. It is gone as soon as the provider accepted the message or the message reached a final state.
create table message_due (
  message_id       bigint   not null constraint message_due_pk primary key,
  location_id      bigint   not null,
  channel          text     not null,
  priority         smallint not null,        -- Purpose.priority(): transactional before reminder before marketing (REL-21)
  state            text     not null,
  next_attempt_at  timestamptz not null,     -- UNKNOWN: the policy decides from then on (end of the grace time)
  expires_at       timestamptz not null,
  owner_node       text,
  owner_epoch      bigint,
  claim_seq        integer  not null default 0,   -- the fence: an outcome counts only under the number it was claimed with
  lease_until      timestamptz,
  attempts         integer  not null default 0,   -- counted ones
  resends          integer  not null default 0,   -- after an unknown outcome
  cancel_requested text,                     -- reason of a cancellation that came while SENDING
  reason           text,                     -- why it waits
  constraint message_due_state check (state in ('QUEUED', 'HELD', 'CLAIMED', 'SENDING', 'RETRY_WAIT', 'UNKNOWN')),
  constraint message_due_owner check ((state in ('CLAIMED', 'SENDING')) = (owner_node is not null and owner_epoch is not null and lease_until is not null))
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000);
create index message_due_ready on message_due (channel, priority, next_attempt_at) where state in ('QUEUED', 'RETRY_WAIT');
create index message_due_leased on message_due (lease_until) where state in ('CLAIMED', 'SENDING');
create index message_due_unknown on message_due (next_attempt_at) where state = 'UNKNOWN';
create index message_due_expiring on message_due (expires_at) where state in ('QUEUED', 'HELD', 'RETRY_WAIT', 'UNKNOWN');

-- Segments of a long SMS, each with attempts of its own (REL-25). A message of one part has no row here.
create table message_part (
  message_id bigint   not null,
  part_no    smallint not null,
  text       text     not null,
  concat_ref smallint not null,              -- the same for all parts and all attempts of a message
  state      text     not null default 'OPEN',
  constraint message_part_pk primary key (message_id, part_no),
  constraint message_part_state check (state in ('OPEN', 'UNKNOWN', 'ACCEPTED', 'FAILED')),
  constraint message_part_concat check (concat_ref between 0 and 255)
);
revoke delete on message_part from ${app_role};

-- Last concatenation reference given to a destination (MSG-05): not used again before 255 others.
create table concat_ref (
  destination text   not null constraint concat_ref_pk primary key,
  given       bigint not null
);

-- Written and committed before any byte leaves (REL-05). The claim number is the number of the attempt.
create table attempt (
  message_id         bigint   not null,
  part_no            smallint not null,
  claim_seq          integer  not null,
  node               text     not null,
  epoch              bigint   not null,
  route              text     not null,
  wire_ref           uuid     not null,
  body_sha256        bytea    not null,
  possible_duplicate boolean  not null,      -- an earlier attempt of this part has an unknown outcome
  started_at         timestamptz not null,
  constraint attempt_pk primary key (message_id, part_no, claim_seq)
);
revoke update, delete on attempt from ${app_role};

-- What came of an attempt: at most one row, written once.
create table attempt_outcome (
  message_id  bigint   not null,
  part_no     smallint not null,
  claim_seq   integer  not null,
  route       text     not null,
  verdict     text     not null,
  code        text     not null default '',
  provider_id text,
  detail      text     not null default '',
  user_ref    integer,                       -- of an UNKNOWN one: low 16 bits of wire_ref, for receipts that echo it
  ended_at    timestamptz not null,
  constraint attempt_outcome_pk primary key (message_id, part_no, claim_seq)
);
create index attempt_outcome_by_provider_id on attempt_outcome (provider_id, route) where provider_id is not null;
create index attempt_outcome_unknown on attempt_outcome (user_ref, route) where verdict = 'UNKNOWN';
revoke update, delete on attempt_outcome from ${app_role};

-- An outcome that came after its owner had lost the message (T20): kept as evidence, may only drive T12.
create table late_outcome (
  id          bigint generated always as identity constraint late_outcome_pk primary key,
  message_id  bigint   not null,
  part_no     smallint not null,
  claim_seq   integer  not null,
  node        text     not null,
  epoch       bigint   not null,
  route       text     not null,
  verdict     text     not null,
  code        text     not null default '',
  provider_id text,
  detail      text     not null default '',
  at          timestamptz not null
);
create index late_outcome_by_message on late_outcome (message_id);
create index late_outcome_by_provider_id on late_outcome (provider_id, route) where provider_id is not null;
revoke update, delete on late_outcome from ${app_role};

-- Refusals of a number as such; the second one marks it (reliability.md 4.1).
create table bad_address (
  channel text    not null,
  address text    not null,
  times   integer not null,
  last_at timestamptz not null,
  constraint bad_address_pk primary key (channel, address)
);
