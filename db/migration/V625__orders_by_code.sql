-- Rules that wait for a status, such as KI-R03, are asked every few minutes of all orders (PERF-10): as they compare, for ours and for the shop system's code.
create index work_order_by_status on work_order (fold(status));
create index work_order_by_status_code on work_order (fold(nullif(status_code, '')));
