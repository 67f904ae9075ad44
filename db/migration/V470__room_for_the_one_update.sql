-- A message's row is written again when its outcome comes, for a batch of neighbours in one statement. With room for every new version beside the old one no
-- index is touched; with 85 there was room for a fifth, the others wrote six indexes again and left the space of their old versions behind.
alter table message set (fillfactor = 45);
