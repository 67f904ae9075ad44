-- What may rewrite history must not believe its caller: the rule and the application's own clock bound what retention can reach, and nobody but the
-- application may call it. Nobody is forgotten while something of theirs is open, and a person's last "no" stays as long as the person.
alter table retention_rule drop constraint retention_rule_months;
update retention_rule set contacts = 12 where contacts < 12;
alter table retention_rule add constraint retention_rule_months
  check (texts between 1 and 240 and contacts between 12 and 240 and proofs between 36 and 240 and stops between 36 and 240);

create or replace function retention_due(kind text, before timestamptz) returns setof bigint language sql stable security definer set search_path = pg_catalog, public as $$
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

alter function retention_apply(text, timestamptz, timestamptz, integer) rename to retention_apply_unbounded;
create function retention_apply(kind text, before timestamptz, now timestamptz, most integer) returns bigint language sql security definer set search_path = pg_catalog, public as $$
  select retention_apply_unbounded(kind, least(before, c.at - make_interval(months => case kind when 'TEXTS' then r.texts when 'WRITTEN' then r.texts when 'PROOFS' then r.proofs else r.stops end)),
      least(now, c.at), least(most, 10000))
    from (select clock_timestamp() + offset_ms * interval '1 ms' as at from application_clock) c
    cross join (select coalesce(min(texts), 12) texts, coalesce(min(proofs), 36) proofs, coalesce(min(stops), 36) stops from retention_rule) r
$$;

revoke execute on function retention_apply_unbounded(text, timestamptz, timestamptz, integer) from public;
revoke execute on function retention_apply(text, timestamptz, timestamptz, integer) from public;
revoke execute on function retention_due(text, timestamptz) from public;
revoke execute on function erase_customer(bigint, text, timestamptz) from public;
revoke execute on function blind(text) from public;
grant execute on function retention_apply(text, timestamptz, timestamptz, integer) to ${app_role};
grant execute on function retention_due(text, timestamptz) to ${app_role};
grant execute on function erase_customer(bigint, text, timestamptz) to ${app_role};
grant execute on function blind(text) to ${app_role};
