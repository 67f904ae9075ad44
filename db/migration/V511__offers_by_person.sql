-- Offers are counted per person and per address while both are locked (REL-54); few messages are offers, so these stay small.
create index message_offers_by_customer on message (customer_id, created_at) where purpose = 'MARKETING';
create index message_offers_by_recipient on message (recipient, created_at) where purpose = 'MARKETING';
