-- Text as rules compare it, without case and accents (A-09): what SearchText makes of it in Java. Plain ASCII, which most codes and names are, takes the short
-- way. Not strict, so that the planner may put it into the query instead of calling it for every row.
create function fold(value text) returns text language sql immutable parallel safe as $$
  select case when octet_length(value) = char_length(value) and strpos(value, '  ') = 0 then btrim(lower(translate(value, E'\t\n\r', '   ')))
    else btrim(regexp_replace(lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]+', '', 'g')), '\s+', ' ', 'g')) end
$$;
