-- The place that something left, or that it came back to: what stands there follows.
alter table facts.shipments add column from_place_id bigint references facts.places;
alter table facts.movements
add column place_id bigint references facts.places,
add constraint movement_place_is_where_it_left_or_came
check (place_id is null or kind not in ('COUNTED', 'DOWNGRADED'));

create or replace view shipments as
select shipments.*
from facts.shipments
where
    shipments.recorded_at <= (select known_until())
    and not exists (
        select from facts.shipment_voids as voids
        where
            voids.shipment_id = shipments.shipment_id
            and voids.recorded_at <= (select known_until())
    );

create or replace view movements as
select movements.*
from facts.movements
where
    movements.recorded_at <= (select known_until())
    and not exists (
        select from facts.movement_voids as voids
        where
            voids.movement_id = movements.movement_id
            and voids.recorded_at <= (select known_until())
    );

grant insert (from_place_id) on facts.shipments to lotline_app;
grant insert (place_id) on facts.movements to lotline_app;
