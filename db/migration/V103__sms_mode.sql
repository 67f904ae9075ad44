-- What a location accepts to change in a text so that it stays in GSM-7 (MSG-02).
alter table location add column sms_mode text not null default 'TYPO',
  add constraint location_sms_mode check (sms_mode in ('KEEP', 'TYPO', 'FOLD'));
