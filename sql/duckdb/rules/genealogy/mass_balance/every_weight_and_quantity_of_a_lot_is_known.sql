-- Nobody wrote down what the lot weighs, or how much of it went into another, to a customer, or into
-- it, in kilograms or in its unit: of such a lot no rule of kilograms can say that it holds.
-- severity: warning
-- bears on: lots

select
    balance.lot_code,
    balance.lot_type,
    balance.weight_kg,
    balance.unknown_quantities_count as unknown_out_count,
    coalesce(taken.unknown_count, 0) as unknown_in_count
from genealogy.mass_balance as balance
left join (
    select
        child_lot_id,
        count(*) as unknown_count
    from raw.lot_genealogy
    where quantity_kg is null and quantity is null
    group by child_lot_id
) as taken on balance.lot_id = taken.child_lot_id
left join genealogy.unit_balance as counted
    on balance.lot_id = counted.lot_id and counted.given_out_quantity is not null
where
    (
        counted.lot_id is null
        and (balance.weight_kg is null or balance.unknown_quantities_count > 0)
    )
    or taken.unknown_count > 0
order by balance.lot_code
