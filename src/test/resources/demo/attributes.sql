-- what the demo company notes besides
insert into attribute (owner, code, name_fr, name_en, type, choices, position) values
  ('CUSTOMER', 'loyalty', 'Carte de fidélité', 'Loyalty card', 'CHOICE',
    '[{"code":"silver","fr":"Argent","en":"Silver"},{"code":"gold","fr":"Or","en":"Gold"}]', 1),
  ('APPOINTMENT', 'service', 'Prestation', 'Service', 'CHOICE',
    '[{"code":"oil","fr":"Vidange","en":"Oil change"},{"code":"tyres","fr":"Pneus","en":"Tyres"},{"code":"brakes","fr":"Freins","en":"Brakes"},{"code":"check","fr":"Inspection","en":"Inspection"}]', 1);
