-- Who writes and how to stop (LAW-05, LAW-23): offers always say so; of other texts the author decides. FIRST: in the first SMS to an address.
alter table template add column signature text not null default 'NEVER' constraint template_signature check (signature in ('NEVER', 'FIRST', 'ALWAYS'));
