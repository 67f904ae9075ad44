-- The list of automations counts the answers of the last days.
create index inbound_answers_by_time on inbound_message (received_at) where about_id is not null;
