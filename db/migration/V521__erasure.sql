-- Erasure (LAW-20). What the application may not change, it may have erased: these functions run as the owner of the schema, each for its one purpose.

-- An address as a word that says nothing without the installation's key, and always the same word.
create function blind(address text) returns text language sql stable security definer set search_path = pg_catalog, public as $$
  select 'hash:' || encode(sha256(key || sha256(key || convert_to(address, 'UTF8'))), 'hex') from installation_key
$$;

alter table customer add column erased_at timestamptz;

-- That it was done; the blinded addresses lead from a later question to what is kept as proof.
create table erasure (
  customer_id bigint not null constraint erasure_pk primary key,
  at          timestamptz not null,
  actor       text   not null,
  addresses   text[] not null
);
revoke insert, update, delete on erasure from ${app_role};

create function erase_customer(who bigint, by_actor text, now timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  person    record;
  addresses text[];
  own       text[];  -- what is nobody else's too
  letters   bigint[];
begin
  select * into person from customer where id = who and erased_at is null for update;
  if not found then
    return false;
  end if;
  select coalesce(array_agg(distinct a), '{}') into addresses from (
    select e164 a from customer_phone where customer_id = who and e164 is not null
    union select lower(address) from customer_email where customer_id = who and address is not null
    union select recipient from message where customer_id = who
    union select sender from inbound_message where customer_id = who) x where a ~ '^\+\d+$|@';
  select coalesce(array_agg(a), '{}') into own from unnest(addresses) a
   where not exists (select from customer_phone p where p.e164 = a and p.customer_id <> who)
     and not exists (select from customer_email e where lower(e.address) = a and e.customer_id <> who);
  insert into erasure values (who, now, by_actor, (select coalesce(array_agg(blind(a)), '{}') from unnest(addresses) a));

  update planned_notification set state = 'CANCELLED', reason = 'SUBJECT_GONE', changed_at = now where customer_id = who and state in ('PLANNED', 'HELD');
  update planned_notification set collapse_key = null, detail = null where customer_id = who;

  select coalesce(array_agg(id), '{}') into letters from (
    select id from message where customer_id = who
    union select m.id from message m join inbound_message i on i.id = m.answers where m.answers is not null and (i.customer_id = who or i.sender = any(own))
    union select id from message where recipient = any(own) and customer_id is null) x;
  update message set recipient = 'erased', subject_line = '', text = '' where id = any(letters);
  update message_part set text = '' where message_id = any(letters);
  update attempt set body_sha256 = '' where message_id = any(letters);
  update attempt_outcome set detail = '' where message_id = any(letters) and detail <> '';
  update late_outcome set detail = '' where message_id = any(letters) and detail <> '';
  update receipt set recipient = 'erased ' || id where message_id = any(letters) or recipient = any(own);
  -- letters to staff name people
  if length(person.name) > 2 then
    update message set subject_line = replace(subject_line, person.name, '—'), text = replace(text, person.name, '—')
     where subject_type = 'STAFF' and (position(person.name in text) > 0 or position(person.name in subject_line) > 0);
  end if;
  update inbound_message set sender = 'erased', text = '', provider_id = null where customer_id = who or sender = any(own);
  delete from inbound_part where sender = any(own);
  update business_event set data = (select coalesce(jsonb_object_agg(k, v), '{}') from jsonb_each(data) d (k, v) where k in ('from', 'to')) where customer_id = who;

  -- proof of consent stays: what was said, when, how and in which words of ours
  update consent_event set basis = '', actor_ip = '' where customer_id = who;
  update suppression s set released_at = now, released_by = by_actor where s.address = any(own) and s.released_at is null
     and exists (select from suppression k where k.channel = s.channel and k.address = blind(s.address) and k.released_at is null);
  update suppression set address = blind(address), evidence = '' where address = any(own);

  update vehicle set ref = '', vin = '', plate = '' where customer_id = who;
  update work_order set ref = 'erased-' || id, object_label = '', reference = '', user_reference = '', lines = '[]', search_text = '', version = version + 1 where customer_id = who;
  update lead set ref = 'erased-' || id, object_label = '', note = '', search_text = '', version = version + 1 where customer_id = who;
  delete from customer_phone where customer_id = who;
  delete from customer_email where customer_id = who;
  delete from bad_address where address = any(own);
  delete from concat_ref where destination = any(own);
  update customer set ref = 'erased-' || id, name = '—', first_name = '', last_name = '', search_text = '', sms_consent = false, email_consent = false, marketing_consent = false,
    implied_until = null, erased_at = now, version = version + 1 where id = who;
  return true;
end $$;

-- LAW-14: whoever brings the address back brings its stop back.
create function suppression_comes_back() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  known text := coalesce(to_jsonb(new) ->> 'e164', lower(to_jsonb(new) ->> 'address'));
begin
  if known is not null then
    update suppression s set address = known where s.address = blind(known) and s.released_at is null and s.channel = case tg_table_name when 'customer_phone' then 'SMS' else 'EMAIL' end
       and not exists (select from suppression k where k.channel = s.channel and k.address = known and k.released_at is null);
  end if;
  return null;
end $$;
create trigger customer_phone_stopped after insert or update of e164 on customer_phone for each row execute function suppression_comes_back();
create trigger customer_email_stopped after insert or update of address on customer_email for each row execute function suppression_comes_back();

revoke execute on function erase_customer(bigint, text, timestamptz), blind(text) from public;
grant execute on function erase_customer(bigint, text, timestamptz), blind(text) to ${app_role};
