-- Lists of orders and leads go by these numbers, the newest first. In blocks of fifty a node that had been idle would number a new order below older ones.
alter sequence work_order_id_seq increment by 1;
alter sequence lead_id_seq increment by 1;
