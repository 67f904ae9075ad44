-- Nodes of a build before V509 take numbers of orders and leads in blocks of fifty, which overlapped as soon as the sequences went by one (REL-28). In
-- steps of fifty a node that takes single numbers still numbers a newer order higher; it leaves gaps, which nobody sees.
alter sequence work_order_id_seq increment by 50;
alter sequence lead_id_seq increment by 50;
