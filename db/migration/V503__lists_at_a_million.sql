-- Lists of one location at a million customers: the narrow questions are answered from an index alone.
create index work_order_by_customer_and_location on work_order (customer_id, location_id);   -- who is visible by an order
drop index work_order_by_customer;                                                           -- its prefix
create index work_order_by_group on work_order (location_id, status_group, id desc);         -- tabs of the list and their counts
