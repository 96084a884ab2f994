-- A pallet holds two products where the process says that it is of one: a customer gets what was not
-- ordered, and a label says less than is on it.
-- severity: warning
-- bears on: lots

with

standing as (
    select
        packed.outermost_sscc,
        packed.lot_id,
        lots.lot_code,
        products.product_code,
        coalesce(lots.product_id, 0) as product_id,
        exists (
            select 1 from raw.process_rules as rules
            where
                rules.rule = 'PALLET_OF_ONE_PRODUCT'
                and not rules.is_retired
                and (rules.lot_type is null or rules.lot_type = lots.lot_type)
        ) as is_of_one
    from genealogy.packed as packed
    inner join raw.lots as lots on packed.lot_id = lots.lot_id
    left join raw.products as products on lots.product_id = products.product_id
)

select
    lot_code,
    outermost_sscc as sscc,
    product_code
from standing
qualify
    bool_or(is_of_one) over (partition by outermost_sscc)
    and min(product_id) over (partition by outermost_sscc)
    < max(product_id) over (partition by outermost_sscc)
order by sscc, lot_code
