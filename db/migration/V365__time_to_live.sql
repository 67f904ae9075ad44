-- How long a rule's messages are worth sending, from their resolved send time; null: by what calls for them, as plan.TimeToLive has it (REL-50).
alter table automation add column ttl_minutes integer constraint automation_ttl check (ttl_minutes between 1 and 525600);
