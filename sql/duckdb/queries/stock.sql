-- name: stock_by_place
-- What is on hand at each place; at no known one last.
select *
from genealogy.on_hand_by_place
order by place_id is null, place, place_code;

-- name: stock_of_place
-- The lots that are or may be at a place (null: at no known one), or at any; most kilograms first.
select
    standing.lot_code,
    lots.lot_type,
    products.product_code,
    products.name as product_name,
    standing.place_code,
    standing.place,
    standing.on_hand_kg,
    standing.on_hand_at_most_kg,
    standing.on_hand_at_least_kg,
    lots.expires_on,
    count(*) over () as found_count
from genealogy.standing as standing
inner join raw.lots as lots on standing.lot_id = lots.lot_id
left join raw.products as products on lots.product_id = products.product_id
where $is_everywhere or standing.place_id is not distinct from $place_id
order by
    standing.place_id is null,
    standing.place,
    standing.place_code,
    coalesce(standing.on_hand_kg, standing.on_hand_at_most_kg) desc nulls first,
    standing.lot_code
limit $most;
