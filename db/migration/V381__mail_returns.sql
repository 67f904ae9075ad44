-- What came back about e-mails that had left (MSG-13, LAW-18), each told once. No address and no words: the message knows them. Append-only.
create table mail_return (
  id         bigint generated always as identity constraint mail_return_pk primary key,
  message_id bigint not null,
  kind       text   not null,
  status     text   not null default '',   -- enhanced status code (RFC 3463), empty where none was given
  at         timestamptz not null,
  constraint mail_return_kind check (kind in ('HARD', 'SOFT', 'COMPLAINT')),
  constraint mail_return_once unique (message_id, kind)
);
revoke update, delete on mail_return from ${app_role};

-- Who does next what one node does for all, and not before when.
create table rota (
  task    text not null constraint rota_pk primary key,
  next_at timestamptz not null
);
