-- What shop systems call a staff member (KI-28). A number or text with leading zeros is one reference (A-34): trimmed, without case, and without zeros
-- before nothing but digits.
create function plain_reference(said text) returns text language sql immutable parallel safe as $$
  select lower(regexp_replace(btrim(said), '^0+(?=[0-9]+$)', ''))
$$;
alter table staff add column reference text not null default '';
create unique index staff_by_reference on staff (plain_reference(reference)) where reference <> '';

-- Erasure (LAW-20) reaches what is new: around the function of V521, which stays as it is.
alter function erase_customer(bigint, text, timestamptz) rename to erase_person;
create function erase_customer(who bigint, by_actor text, now timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not erase_person(who, by_actor, now) then
    return false;
  end if;
  update appointment set ref = 'erased-' || id, object_label = '', note = '', user_reference = '', attributes = '{}', search_text = '', version = version + 1 where customer_id = who;
  update sale set ref = 'erased-' || id, user_reference = '', version = version + 1 where customer_id = who;
  update customer set attributes = '{}' where id = who;
  return true;
end $$;
revoke execute on function erase_person(bigint, text, timestamptz), erase_customer(bigint, text, timestamptz) from public;
grant execute on function erase_customer(bigint, text, timestamptz) to ${app_role};

-- Retention (LAW-19): an appointment or a sale is a contact, and whoever bought is a customer.
create or replace function retention_due(kind text, before timestamptz) returns setof bigint language sql stable security definer set search_path = pg_catalog, public as $$
  select id from message where kind = 'TEXTS' and created_at < before and state is not null and (text <> '' or subject_line <> '')
  union all
  select id from inbound_message where kind = 'WRITTEN' and received_at < before and text <> ''
  union all
  -- whoever has or had something repaired, or bought, is a customer as long as they take no offers; sending them something is no contact, what they do is
  select c.id from customer c where kind = 'CONTACTS' and c.erased_at is null and c.created_at < before
     and (c.marketing_consent or not exists (select from work_order o where o.customer_id = c.id) and not exists (select from sale s where s.customer_id = c.id))
     and not exists (select from work_order o where o.customer_id = c.id and (o.status_group in ('OPEN', 'READY') or greatest(o.opened_at, o.last_time, o.closed_at) >= before))
     and not exists (select from lead l where l.customer_id = c.id and (l.status_group = 'OPEN' or greatest(l.created_at, l.status_changed_at) >= before))
     and not exists (select from appointment a where a.customer_id = c.id and greatest(a.start_at, a.booked_at) >= before)
     and not exists (select from sale s where s.customer_id = c.id and greatest(s.created_at, s.delivered_on) >= before)
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
