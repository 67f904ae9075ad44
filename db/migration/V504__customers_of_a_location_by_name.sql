-- The customers of one location, in the order of their list: of a location with few, all others would be passed over.
create index customer_by_location_and_name on customer (location_id, name, id);
drop index customer_by_location;
