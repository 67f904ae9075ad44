-- The first instant that nobody has reserved yet for a submit of a limited route: nodes reserve instants of their own, each spaced from the last, instead of taking
-- tokens out of a bucket that a busy node lets run over. tokens and tokens_at stay for nodes of the version before and are not read any more.
alter table route_state add column next_at timestamptz;
