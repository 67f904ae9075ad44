-- Which database this is, as last known (REL-29): its system identifier and timeline, and the word by which the operator names a restore that changes neither.
-- One row, made by the first node that looks. Another database than the one known, or one that went back, may have forgotten what was sent: until a
-- person lets go, no node releases or sends anything.
create table restore_gate (
  one    boolean not null default true constraint restore_gate_pk primary key,
  marker text not null,
  word   text not null default '',
  since  timestamptz,                -- null: nothing is held
  cause  text,
  constraint restore_gate_one check (one),
  constraint restore_gate_cause check ((since is null) = (cause is null) and cause in ('OTHER_DATABASE', 'WENT_BACK', 'OPERATOR'))
);
-- Who did what about it. Append-only.
create table restore_action (
  id     bigint generated always as identity constraint restore_action_pk primary key,
  at     timestamptz not null,
  actor  text not null,
  action text not null,
  detail text not null default '',
  constraint restore_action_kind check (action in ('HELD', 'RELEASED', 'SET_ASIDE'))
);
revoke update, delete on restore_action from ${app_role};
