update location set phone = '514 555-0100', email_from = 'rosemont@garage.example', postal_address = E'2805, rue Masson\nMontréal (Québec)  H1Y 1W8' where code = 'MTL';
update location set phone = '01 99 00 00 12', email_from = 'bercy@garage.example', postal_address = E'12, rue de Bercy\n75012 Paris' where code = 'PAR';

create temporary table demo_template (name text, language text, sms text, subject text, body text);
-- SMS keep to the letters of GSM-7: no ê, no typographic apostrophe, no guillemets
insert into demo_template values
  ('Véhicule prêt', 'fr',
   'Bonjour {customer.first_name | cher client}, bonne nouvelle: votre {order.object | commande} vous attend chez {location.name}. Bonne route! {location.phone}',
   'Bonne nouvelle : votre {order.object | commande} vous attend',
   E'Bonjour {customer.first_name | cher client},\n\nNous avons terminé : votre {order.object | commande} vous attend chez {location.name}.\nTotal : {order.total | à confirmer au comptoir}\n\nUne question ? {location.phone}\n\nMerci de votre confiance, et à tout de suite !\n{location.name}'),
  ('Véhicule prêt', 'en',
   'Hi {customer.first_name | there}, good news: your {order.object | order} is ready for you at {location.name}. See you soon! {location.phone}',
   'Good news: your {order.object | order} is ready',
   E'Hi {customer.first_name | there},\n\nAll done: your {order.object | order} is ready for you at {location.name}.\nTotal: {order.total | to be confirmed at the desk}\n\nAny question? {location.phone}\n\nThank you, and see you soon!\n{location.name}'),
  ('Bien reçu', 'fr',
   'Bonjour {customer.first_name | cher client}, nous avons bien votre {order.object | commande}. Rendez-vous le {order.due_at_date | jour convenu}. {location.name}, {location.phone}',
   'Nous prenons soin de votre {order.object | commande}',
   E'Bonjour {customer.first_name | cher client},\n\nNous avons bien reçu votre {order.object | commande} (bon {order.reference}).\nDate prévue : {order.due_at_date | à confirmer}, {order.due_at_time | heure à confirmer}.\n\nNous vous écrivons dès que c’est prêt. D’ici là : {location.phone}\n\n{location.name}'),
  ('Bien reçu', 'en',
   'Hi {customer.first_name | there}, your {order.object | order} is in good hands. Planned for {order.due_at_date | a date to come}. {location.name}, {location.phone}',
   'Your {order.object | order} is in good hands',
   E'Hi {customer.first_name | there},\n\nWe have received your {order.object | order} (work order {order.reference}).\nPlanned for: {order.due_at_date | a date to come}, {order.due_at_time | time to come}.\n\nWe will write as soon as it is ready. Until then: {location.phone}\n\n{location.name}'),
  ('Diagnostic fait', 'fr',
   'Bonjour {customer.first_name | cher client}, le diagnostic de votre {order.object | commande} est fait. Appelez-nous quand vous voulez: {location.phone}. {location.name}',
   'Le diagnostic de votre {order.object | commande} est fait',
   E'Bonjour {customer.first_name | cher client},\n\nLe diagnostic de votre {order.object | commande} est fait. Appelez-nous au {location.phone} : nous vous expliquons tout, et rien n’est entrepris sans votre accord.\n\n{location.name}'),
  ('Diagnostic fait', 'en',
   'Hi {customer.first_name | there}, we have looked over your {order.object | order}. Call us whenever it suits you: {location.phone}. {location.name}',
   'We have looked over your {order.object | order}',
   E'Hi {customer.first_name | there},\n\nWe have looked over your {order.object | order}. Call us at {location.phone}: we will explain everything, and nothing is done without your word.\n\n{location.name}'),
  ('Pièce commandée', 'fr',
   '{customer.first_name | Bonjour}, il nous manque une pièce pour votre {order.object | commande}. Elle arrive, et nous vous tenons au courant. {location.name}',
   'Une pièce est en route pour votre {order.object | commande}',
   E'Bonjour {customer.first_name | cher client},\n\nIl nous manque une pièce pour votre {order.object | commande}. Elle est commandée ; nous visons maintenant le {order.due_at_date | jour que nous vous confirmerons}.\n\nMerci de votre patience,\n{location.name}, {location.phone}'),
  ('Pièce commandée', 'en',
   'Hi {customer.first_name | there}, we are waiting for a part for your {order.object | order}. It is on its way, and we will keep you posted. {location.name}',
   'A part is on its way for your {order.object | order}',
   E'Hi {customer.first_name | there},\n\nWe are waiting for a part for your {order.object | order}. It is on its way; we now aim for {order.due_at_date | a date that we will confirm}.\n\nThank you for your patience,\n{location.name}, {location.phone}'),
  ('Nouvelle échéance', 'fr',
   '{location.name}: nouvelle date pour votre {order.object | commande}, le {order.due_at_date} à {order.due_at_time}. Un souci? {location.phone}',
   'Nouvelle date pour votre {order.object | commande}',
   E'Bonjour {customer.first_name | cher client},\n\nVotre {order.object | commande} : la date est maintenant le {order.due_at_date}, à {order.due_at_time}.\n\nCela ne convient pas ? Appelez-nous : {location.phone}\n\n{location.name}'),
  ('Nouvelle échéance', 'en',
   '{location.name}: new date for your {order.object | order}, {order.due_at_date} at {order.due_at_time}. Any trouble? {location.phone}',
   'A new date for your {order.object | order}',
   E'Hi {customer.first_name | there},\n\nYour {order.object | order}: the date is now {order.due_at_date}, at {order.due_at_time}.\n\nDoesn’t suit you? Call us: {location.phone}\n\n{location.name}'),
  ('Merci de votre visite', 'fr',
   'Merci {customer.first_name | de votre visite}! Tout roule avec votre {order.object | commande}? Au moindre souci, appelez-nous: {location.phone}. {location.name}',
   'Tout va bien avec votre {order.object | commande} ?',
   E'Bonjour {customer.first_name | cher client},\n\nMerci de votre visite. Tout va bien avec votre {order.object | commande} ? Au moindre souci, appelez-nous : {location.phone}\n\nÀ la prochaine,\n{location.name}'),
  ('Merci de votre visite', 'en',
   'Thank you {customer.first_name | for your visit}! Is all well with your {order.object | order}? If anything bothers you, call us: {location.phone}. {location.name}',
   'Is all well with your {order.object | order}?',
   E'Hi {customer.first_name | there},\n\nThank you for your visit. Is all well with your {order.object | order}? If anything bothers you, call us: {location.phone}\n\nSee you next time,\n{location.name}'),
  ('Demande reçue', 'fr',
   'Bonjour {customer.first_name | et merci}, votre demande ({lead.object | votre projet}) est entre bonnes mains: nous vous rappelons vite. {location.name}, {location.phone}',
   'Votre demande est entre bonnes mains',
   E'Bonjour {customer.first_name | et merci},\n\nVotre demande ({lead.object | votre projet}) nous est bien parvenue. Nous vous rappelons très vite.\n\n{location.name}, {location.phone}'),
  ('Demande reçue', 'en',
   'Hi {customer.first_name | there}, thanks for asking us about {lead.object | your project}. We will call you back soon. {location.name}, {location.phone}',
   'We have your request',
   E'Hi {customer.first_name | there},\n\nThank you for asking us about {lead.object | your project}. We will call you back very soon.\n\n{location.name}, {location.phone}'),
  ('Soumission envoyée', 'fr',
   'Bonjour {customer.first_name | cher client}, votre soumission ({lead.object | votre projet}) vous attend dans vos courriels. Une question? {location.phone}. {location.name}',
   'Votre soumission',
   E'Bonjour {customer.first_name | cher client},\n\nVotre soumission ({lead.object | votre projet}) est prête. Une question ? {location.phone}\n\n{location.name}'),
  ('Soumission envoyée', 'en',
   'Hi {customer.first_name | there}, your quote ({lead.object | your project}) is in your inbox. Any question? {location.phone}. {location.name}',
   'Your quote',
   E'Hi {customer.first_name | there},\n\nYour quote ({lead.object | your project}) is ready. Any question? {location.phone}\n\n{location.name}');
insert into template (name, purpose) select distinct name, 'TRANSACTIONAL' from demo_template;
insert into template_translation (template_id, language, sms, subject, body)
  select t.id, d.language, d.sms, d.subject, d.body from demo_template d join template t on t.name = d.name and not t.deleted;

create temporary table demo_notification (place text, event text, status text, delay_n integer, delay_unit text, hours boolean, channels text, template text);
insert into demo_notification values
  ('MTL', 'ORDER_STATUS_CHANGED', 'READY',                0, 'MINUTES', false, 'SMS',       'Véhicule prêt'),
  ('MTL', 'ORDER_CREATED', null,                          0, 'MINUTES', false, 'EMAIL',     'Bien reçu'),
  ('MTL', 'ORDER_SCHEDULED_TIME_CHANGED', null,           0, 'MINUTES', false, 'SMS',       'Nouvelle échéance'),
  ('MTL', 'ORDER_STATUS_CHANGED', 'DIAGNOSED',            0, 'MINUTES', true,  'SMS',       'Diagnostic fait'),
  ('MTL', 'ORDER_STATUS_CHANGED', 'WAITING_PARTS',        0, 'MINUTES', false, 'SMS,EMAIL', 'Pièce commandée'),
  ('MTL', 'ORDER_STATUS_CHANGED', 'CLOSED',               1, 'DAYS',    true,  'SMS',       'Merci de votre visite'),
  ('PAR', 'ORDER_STATUS_CHANGED', 'READY',                0, 'MINUTES', false, 'EMAIL',     'Véhicule prêt'),
  ('PAR', 'ORDER_STATUS_CHANGED', 'CLOSED',               2, 'HOURS',   true,  'EMAIL',     'Merci de votre visite');
with made as (
  insert into automation (ref, state, trigger_kind, event_type, status, delay_n, delay_unit, opening_hours_only, channels, template_id)
    select 'demo-' || lower(n.place) || '-' || lower(replace(coalesce(n.status, n.event), '_', '-')), 'ACTIVE', 'ON_EVENT', n.event, n.status, n.delay_n, n.delay_unit,
           n.hours, n.channels, t.id
      from demo_notification n join template t on t.name = n.template and not t.deleted
    returning id, ref)
insert into automation_location (automation_id, location_id)
  select made.id, l.id from made join location l on made.ref like 'demo-' || lower(l.code) || '-%';

-- what leads fire is the whole company's
insert into automation (ref, state, trigger_kind, event_type, status, delay_n, delay_unit, channels, template_id, everywhere)
  select n.ref, 'ACTIVE', 'ON_EVENT', n.event, n.status, n.delay_n, n.delay_unit, n.channels, t.id, true
    from (values ('demo-lead-created', 'LEAD_CREATED', null, 0, 'MINUTES', 'SMS', 'Demande reçue'),
                 ('demo-lead-quoted', 'LEAD_STATUS_CHANGED', 'QUOTED', 0, 'MINUTES', 'SMS,EMAIL', 'Soumission envoyée'))
         as n (ref, event, status, delay_n, delay_unit, channels, template) join template t on t.name = n.template and not t.deleted;
