-- How long what is kept (LAW-19), in months; the company may change it.
create table retention_rule (
  one      boolean not null default true constraint retention_rule_pk primary key,
  texts    integer not null default 12,   -- what was written, either way
  contacts integer not null default 36,   -- people who are kept for offers only, since their last contact
  proofs   integer not null default 36,   -- of consent, after its end
  stops    integer not null default 36,   -- with their address; then as a hash only
  constraint retention_rule_one check (one),
  constraint retention_rule_months check (texts between 1 and 240 and contacts between 12 and 240 and proofs between 36 and 240 and stops between 36 and 240)
);
create table retention_run (
  id   bigint generated always as identity constraint retention_run_pk primary key,
  at   timestamptz not null,
  kind text   not null,
  done bigint not null
);
create index retention_run_last on retention_run (kind, id desc);
revoke update, delete on retention_run from ${app_role};

-- What is due: the one reading for the nightly job and for the dry run. Numbers of rows of the table that the kind is about. Nobody is forgotten while
-- something of theirs is open, and a person's last "no" stays as long as the person.
create function retention_due(kind text, before timestamptz) returns setof bigint language sql stable security definer set search_path = pg_catalog, public as $$
  select id from message where kind = 'TEXTS' and created_at < before and state is not null and (text <> '' or subject_line <> '')
  union all
  select id from inbound_message where kind = 'WRITTEN' and received_at < before and text <> ''
  union all
  -- whoever has or had something repaired is a customer as long as they take no offers; sending them something is no contact, what they do is
  select c.id from customer c where kind = 'CONTACTS' and c.erased_at is null and c.created_at < before
     and (c.marketing_consent or not exists (select from work_order o where o.customer_id = c.id))
     and not exists (select from work_order o where o.customer_id = c.id and (o.status_group in ('OPEN', 'READY') or greatest(o.opened_at, o.last_time, o.closed_at) >= before))
     and not exists (select from lead l where l.customer_id = c.id and (l.status_group = 'OPEN' or greatest(l.created_at, l.status_changed_at) >= before))
     and not exists (select from inbound_message i where i.customer_id = c.id and i.received_at >= before)
     and not exists (select from consent_event e where e.customer_id = c.id and e.at >= before)
  union all
  -- the life of a consent ends with its withdrawal, or with its person; the withdrawal itself lives as long as the person, or silence would imply consent again
  select e.id from consent_event e where kind = 'PROOFS'
     and (exists (select from customer c where c.id = e.customer_id and c.erased_at < before)
       or (select case when l.granted then l.until < before else greatest(l.at, l.recorded_at) < before and e.id <> l.id end
             from consent_event l where l.customer_id = e.customer_id and l.purpose = e.purpose order by l.at desc, l.id desc limit 1))
  union all
  select s.id from suppression s where kind = 'STOPS' and s.released_at is null and s.at < before and s.address not like 'hash:%'
     and not exists (select from customer_phone p where p.e164 = s.address) and not exists (select from customer_email m where lower(m.address) = s.address)
  union all
  select s.id from suppression s where kind = 'LIFTED' and s.released_at < before
$$;

-- Does it, for at most so many; people are erased one by one, by erase_customer. Answers how many were done. It rewrites
-- history and so does not believe its caller: the rule and the application's own clock bound what it can reach.
create function retention_apply(kind text, before timestamptz, now timestamptz, most integer) returns bigint language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  ids   bigint[];
  clock timestamptz;
begin
  select clock_timestamp() + offset_ms * interval '1 ms' into clock from application_clock;
  select least(before, clock - make_interval(months => case when kind in ('TEXTS', 'WRITTEN') then coalesce(min(r.texts), 12) when kind = 'PROOFS' then coalesce(min(r.proofs), 36)
    else coalesce(min(r.stops), 36) end)) into before from retention_rule r;
  now := least(now, clock);
  select coalesce(array_agg(d), '{}') into ids from (select d from retention_due(kind, before) d limit most) x;
  if kind = 'TEXTS' then
    update message set text = '', subject_line = '' where id = any(ids);
    update message_part set text = '' where message_id = any(ids);
  elsif kind = 'WRITTEN' then
    update inbound_message set text = '' where id = any(ids);
  elsif kind = 'PROOFS' then
    delete from consent_event where id = any(ids);
  elsif kind = 'STOPS' then
    update suppression s set released_at = now, released_by = 'retention' where id = any(ids)
       and exists (select from suppression k where k.channel = s.channel and k.address = blind(s.address) and k.released_at is null);
    update suppression set address = blind(address), evidence = '' where id = any(ids);
  elsif kind = 'LIFTED' then
    delete from suppression where id = any(ids);
  else
    raise exception 'no such kind: %', kind;
  end if;
  return cardinality(ids);
end $$;
revoke execute on function retention_due(text, timestamptz), retention_apply(text, timestamptz, timestamptz, integer) from public;
grant execute on function retention_due(text, timestamptz), retention_apply(text, timestamptz, timestamptz, integer) to ${app_role};
