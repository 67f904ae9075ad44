-- Rules on a window of time ("closed 180 to 174 days ago") read the window only. Closed orders alone are indexed by closing, so that opening an order
-- and moving it along cost one more entry each, not three.
create index work_order_by_opening on work_order (opened_at);
create index work_order_by_closing on work_order (closed_at) where closed_at is not null;
create index work_order_by_customer_and_closing on work_order (customer_id, closed_at) where closed_at is not null;
