-- Replies and suppressions know addresses in small letters.
create index customer_email_by_small_address on customer_email (lower(address)) where address is not null;
