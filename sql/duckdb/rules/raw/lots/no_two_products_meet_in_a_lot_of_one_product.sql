-- Two products went into a lot that must be of one, such as a freezing cycle: weights and labels can't
-- be told apart afterwards.
-- severity: error
-- bears on: lots

select
    lots.lot_code,
    lots.lot_type,
    string_agg(distinct products.product_code, ', ' order by products.product_code) as skus
from raw.lot_genealogy as links
inner join raw.lots as lots on links.child_lot_id = lots.lot_id
inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
inner join raw.products as products on parents.product_id = products.product_id
where exists (
    select 1
    from raw.process_rules as rules
    where
        rules.rule = 'ONE_PRODUCT'
        and not rules.is_retired
        and coalesce(rules.lot_type = lots.lot_type, rules.lot_type is null)
        and coalesce(rules.input_lot_type = parents.lot_type, rules.input_lot_type is null)
)
group by lots.lot_code, lots.lot_type
having count(distinct products.product_code) > 1
order by lots.lot_code
