-- Whether a person let the sender go and nobody refused it since: its run stays nearly as long as before, and is no news meanwhile (REL-19, reliability.md 4.3).
alter table sender_run add column on_trial boolean not null default false;
