-- Each received lot's exposure beside what people know the lot by.
--
-- kind: view
-- grain: lot_id
-- columns:
--   lot_id                       the lot
--   lot_code                     its code
--   received_on                  its day, in the site's zone
--   product_code                 its product; may be null
--   product_name                 and that one's name
--   supplier_name                who it came from; may be null
--   supplier_lot_code            the supplier's own code for it
--   is_in_use                    whether some of it is or may be on hand, and may touch more lots
--   lots_count                   see genealogy.exposure, as for all that follows
--   steps_furthest               fewest steps to the furthest lot
--   days_spread                  days to the last lot made from it
--   customers_count              customers reached
--   on_hand_kg                   kilograms to hold; null: unknown
--   on_hand_at_least_kg          then, at least so many
--   shipped_kg                   kilograms to recall; null: unknown
--   shipped_at_least_kg          then, at least so many
--   suspect_on_hand_kg           of those on hand, what came from the lot; null: unknown
--   suspect_on_hand_at_least_kg  then, at least so many
--   suspect_shipped_kg           of those shipped, what came from the lot; null: unknown
--   suspect_shipped_at_least_kg  then, at least so many
--   unknown_count                lots with unknown kilograms among those touched
--   measures                     by name, what boards may rank lots by: at least so much
--   are_least                    by the same names, whether it may be more than that

select
    exposure.lot_id,
    exposure.lot_code,
    exposure.received_on,
    products.product_code,
    products.name as product_name,
    partners.name as supplier_name,
    lots.supplier_lot_code,
    coalesce(counted.on_hand_quantity, balance.on_hand_kg, balance.on_hand_at_most_kg, 1) > 0
        as is_in_use,
    exposure.lots_count,
    exposure.steps_furthest,
    exposure.days_spread,
    exposure.customers_count,
    exposure.on_hand_kg,
    exposure.on_hand_at_least_kg,
    exposure.shipped_kg,
    exposure.shipped_at_least_kg,
    exposure.suspect_on_hand_kg,
    exposure.suspect_on_hand_at_least_kg,
    exposure.suspect_shipped_kg,
    exposure.suspect_shipped_at_least_kg,
    exposure.unknown_count,
    map {
        'lots_count': exposure.lots_count::double,
        'customers_count': exposure.customers_count::double,
        'shipped_kg': coalesce(exposure.shipped_kg, exposure.shipped_at_least_kg)::double,
        'on_hand_kg': coalesce(exposure.on_hand_kg, exposure.on_hand_at_least_kg)::double
    } as measures,
    map {
        'lots_count': false,
        'customers_count': false,
        'shipped_kg': exposure.shipped_kg is null,
        'on_hand_kg': exposure.on_hand_kg is null
    } as are_least
from genealogy.exposure as exposure
inner join raw.lots as lots on exposure.lot_id = lots.lot_id
inner join genealogy.mass_balance as balance on exposure.lot_id = balance.lot_id
left join genealogy.unit_balance as counted on exposure.lot_id = counted.lot_id
left join raw.products as products on lots.product_id = products.product_id
left join raw.partners as partners on lots.supplier_id = partners.partner_id
