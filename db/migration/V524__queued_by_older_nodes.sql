-- While nodes are replaced in turn, those of a build before V430 queue messages without naming a route (REL-28). They knew one for each channel.
create function message_due_usual_route() returns trigger language plpgsql as $$
begin
  new.route := case new.channel when 'SMS' then 'smpp' else 'smtp' end;
  return new;
end $$;
create trigger message_due_usual_route before insert on message_due for each row when (new.route is null) execute function message_due_usual_route();
