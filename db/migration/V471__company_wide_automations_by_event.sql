-- Every event asks for them, and there are few: they are found without a look at all the others.
create index automation_everywhere on automation (event_type) where everywhere and state = 'ACTIVE' and not deleted;
