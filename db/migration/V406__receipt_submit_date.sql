-- When the provider says that it took the message (reliability.md 1.5): a receipt without id or reference is matched by it. Null where it does not say.
alter table receipt add column submitted_at timestamptz;
