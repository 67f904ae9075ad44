-- CANCEL in answer to a text about an appointment cancels that, and stops nothing (LAW-11).
alter table inbound_message drop constraint inbound_reading,
  add constraint inbound_reading check (reading in ('OPT_OUT', 'OPT_OUT_CANCEL', 'CANCEL_APPOINTMENT', 'OPT_IN', 'HELP', 'TEXT', 'TEXT_STOP'));
