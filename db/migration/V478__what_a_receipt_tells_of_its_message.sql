-- What a receipt under an unknown id tells of its message, for matching it by circumstances (reliability.md 1.5). Empty where the provider does not say. The beginning is
-- a customer's text: it goes as soon as the receipt is matched or too old to be.
alter table receipt add column source text not null default '';     -- our address, as the provider has it
alter table receipt add column usual boolean;                       -- whether that is what the route gives messages without a sender of their own; null where it cannot be told
alter table receipt add column beginning text not null default '';  -- the first 20 characters
