insert into company (name, postal_address, default_language) values ('Garage Rosemont', E'2805, rue Masson\nMontréal (Québec)  H1Y 1W8', 'fr')
  on conflict (one) do update set name = excluded.name, postal_address = excluded.postal_address, default_language = excluded.default_language;
insert into order_status (code, name_fr, name_en, status_group, position) values
  ('NEW',           'Nouveau',           'New',               'OPEN',      1),
  ('DIAGNOSED',     'Diagnostic fait',   'Diagnosed',         'OPEN',      2),
  ('WAITING_PARTS', 'Attente de pièces', 'Waiting for parts', 'OPEN',      3),
  ('IN_PROGRESS',   'En cours',          'In progress',       'OPEN',      4),
  ('READY',         'Prêt',              'Ready',             'READY',     5),
  ('CLOSED',        'Remis au client',   'Handed over',       'CLOSED',    6),
  ('CANCELLED',     'Annulé',            'Cancelled',         'CANCELLED', 7)
  on conflict (code) do nothing;
insert into lead_status (code, name_fr, name_en, status_group, position) values
  ('NEW',       'Nouveau',            'New',        'OPEN', 1),
  ('CONTACTED', 'Contacté',           'Contacted',  'OPEN', 2),
  ('QUOTED',    'Soumission envoyée', 'Quote sent', 'OPEN', 3),
  ('WON',       'Converti',           'Converted',  'WON',  4),
  ('LOST',      'Perdu',              'Lost',       'LOST', 5)
  on conflict (code) do nothing;
