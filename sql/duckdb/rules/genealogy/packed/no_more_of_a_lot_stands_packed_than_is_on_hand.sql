-- More of a lot stands packed than is on hand: what is on a pallet by the record was used or shipped
-- loose, or isn't there.
-- severity: error
-- bears on: lots

select
    balance.lot_code,
    packed.packed_kg,
    packed.unweighed_count as unweighed_units_count,
    coalesce(
        balance.on_hand_kg,
        balance.on_hand_at_most_kg,
        if(coalesce(balance.overdrawn_kg, balance.overdrawn_at_least_kg) is null, null, 0)
    ) as left_at_most_kg,
    packed.ssccs
from (
    select
        lot_id,
        coalesce(sum(quantity_kg), 0) as packed_kg,
        count(*) - count(quantity_kg) as unweighed_count,
        string_agg(sscc, ', ' order by sscc) as ssccs
    from genealogy.packed
    where shipment_id is null
    group by lot_id
) as packed
inner join genealogy.mass_balance as balance on packed.lot_id = balance.lot_id
where
    packed.packed_kg > left_at_most_kg
    or packed.unweighed_count > 0 and left_at_most_kg = 0
order by balance.lot_code
