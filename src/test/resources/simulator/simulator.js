'use strict';
const TEXTS = {
  fr: {
    skip: 'Aller au contenu', title: 'simulateur', heading: 'Les téléphones et les boîtes aux lettres des clients',
    lead: 'Ce que l’application envoie arrive ici, par les vrais protocoles. Répondez comme le ferait le client.',
    people: 'Numéros', nobody: 'Aucun SMS pour l’instant. Le premier message envoyé par l’atelier apparaîtra ici.',
    phone: 'Téléphone', answer: 'Répondre comme le client', send: 'Envoyer', mailbox: 'Courriels', noMail: 'Aucun courriel pour l’instant.',
    clock: 'Horloge de l’application', tenMinutes: '+ 10 minutes', oneHour: '+ 1 heure', oneDay: '+ 1 jour',
    clockHint: 'Avance seulement. Les horloges de tous les nœuds suivent.', noClock: 'Aucune base de données reliée.',
    up: n => n > 1 ? `${n} connexions SMPP` : 'SMPP connecté', down: 'SMPP : personne n’est connecté', gone: 'Le simulateur ne répond plus',
    segments: n => n > 1 ? `${n} segments` : '1 segment', incomplete: 'segments manquants', doubled: n => `${n} en double`, to: 'À', from: 'De', other: 'English'
  },
  en: {
    skip: 'Skip to content', title: 'simulator', heading: 'The customers’ phones and mailboxes',
    lead: 'What the application sends arrives here, over the real protocols. Answer as the customer would.',
    people: 'Numbers', nobody: 'No text yet. The first message from the shop will appear here.',
    phone: 'Phone', answer: 'Answer as the customer', send: 'Send', mailbox: 'Emails', noMail: 'No email yet.',
    clock: 'Application clock', tenMinutes: '+ 10 minutes', oneHour: '+ 1 hour', oneDay: '+ 1 day',
    clockHint: 'Forwards only. The clocks of all nodes follow.', noClock: 'No database is connected.',
    up: n => n > 1 ? `${n} SMPP connections` : 'SMPP connected', down: 'SMPP: nobody is connected', gone: 'The simulator does not answer',
    segments: n => n > 1 ? `${n} segments` : '1 segment', incomplete: 'segments missing', doubled: n => `${n} doubled`, to: 'To', from: 'From', other: 'Français'
  }
};
const byId = id => document.getElementById(id);
let language = navigator.language.startsWith('fr') ? 'fr' : 'en';
let chosen = null;
let drawn = '';
let clockless = false;
const say = key => TEXTS[language][key];

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) { made.className = className; }
  if (text !== undefined) { made.textContent = text; }
  return made;
}

function translate() {
  document.documentElement.lang = language;
  document.title = `Carillon – ${say('title')}`;
  document.querySelectorAll('[data-text]').forEach(one => { one.textContent = say(one.dataset.text); });
  byId('language').textContent = say('other');
  byId('language').lang = language === 'fr' ? 'en' : 'fr';
  if (clockless) { byId('now').textContent = say('noClock'); }
  drawn = '';
}

const customer = sms => sms.fromShop ? sms.to : sms.from;
const hour = instant => new Date(instant).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

function drawPeople(all) {
  const last = new Map();
  all.forEach(sms => { const who = customer(sms); last.delete(who); last.set(who, sms); });
  if (!chosen && last.size) { chosen = [...last.keys()].at(-1); }
  byId('nobody').hidden = last.size > 0;
  byId('people').replaceChildren(...[...last].reverse().map(([who, sms]) => {
    const button = element('button');
    button.type = 'button';
    button.dataset.number = who;
    button.setAttribute('aria-current', String(who === chosen));
    button.append(element('span', '', who), element('small', '', sms.text));
    const item = element('li');
    item.append(button);
    return item;
  }));
}

function drawPhone(all) {
  const mine = all.filter(sms => customer(sms) === chosen);
  const shop = mine.filter(sms => sms.fromShop).at(-1);
  byId('caller').textContent = shop ? shop.from : chosen || '';
  byId('answer').querySelector('button').disabled = !shop;
  byId('text').disabled = !shop;
  byId('bubbles').replaceChildren(...mine.map(sms => {
    const item = element('li', sms.fromShop ? '' : 'mine');
    item.dataset.number = sms.number;
    const facts = [hour(sms.receivedAt), say('segments')(sms.segments)];
    if (sms.parts.length) { facts.push(sms.parts[0].protocol); }
    if (!sms.complete) { facts.push(say('incomplete')); }
    if (sms.doubles) { facts.push(say('doubled')(sms.doubles)); }
    item.append(element('div', 'bubble', sms.text), element('div', 'facts', facts.join(' · ')));
    return item;
  }));
  byId('bubbles').scrollTop = byId('bubbles').scrollHeight;
}

function drawMail(mails) {
  byId('no-mail').hidden = mails.length > 0;
  byId('mails').replaceChildren(...[...mails].reverse().map(mail => {
    const item = element('li');
    item.append(element('h3', '', mail.subject), element('p', 'facts', `${say('from')} ${mail.from} · ${say('to')} ${mail.to.join(', ')} · ${hour(mail.receivedAt)}`),
      element('pre', '', mail.text));
    return item;
  }));
}

async function read(path) { return (await fetch(path)).json(); }

async function post(path, body) {
  return fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

async function drawClock() {
  if (clockless) { return; }
  const answer = await fetch('/clock');
  clockless = !answer.ok;
  const clock = byId('now');
  clock.textContent = answer.ok ? new Date((await answer.json()).now).toLocaleString(language, { dateStyle: 'full', timeStyle: 'medium' }) : say('noClock');
  document.querySelectorAll('[data-by]').forEach(button => { button.disabled = !answer.ok; });
}

async function refresh() {
  const line = byId('line');
  try {
    const [status, sms, mails] = await Promise.all([read('/status'), read('/sms?all=1&last=300'), read('/mail?last=50')]);
    line.className = status.binds ? 'line up' : 'line';
    const words = status.binds ? say('up')(status.binds) : say('down');
    if (line.textContent !== words) { line.textContent = words; }
    const seen = JSON.stringify([language, chosen, sms.map(one => [one.number, one.segments, one.parts.length]), mails.map(one => one.number)]);
    if (seen !== drawn) {
      drawn = seen;
      const focused = document.activeElement?.dataset?.number;
      drawPeople(sms);
      drawPhone(sms);
      drawMail(mails);
      if (focused) { document.querySelector(`#people [data-number="${focused}"]`)?.focus(); }
    }
    await drawClock();
  } catch (e) {
    line.className = 'line';
    line.textContent = say('gone');
  }
}

byId('language').addEventListener('click', () => { language = language === 'fr' ? 'en' : 'fr'; translate(); refresh(); });
byId('people').addEventListener('click', event => {
  const button = event.target.closest('button');
  if (button) { chosen = button.dataset.number; refresh(); }
});
byId('answer').addEventListener('submit', async event => {
  event.preventDefault();
  await post('/sms', { from: chosen, text: byId('text').value });
  byId('text').value = '';
  refresh();
});
byId('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); byId('answer').requestSubmit(); }
});
document.querySelectorAll('[data-by]').forEach(button => button.addEventListener('click', async () => { await post('/clock', { by: button.dataset.by }); refresh(); }));
translate();
refresh();
setInterval(refresh, 1000);
