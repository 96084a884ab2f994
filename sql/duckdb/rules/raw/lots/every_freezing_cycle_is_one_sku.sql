-- Two SKUs in one freezing cycle: weights and labels can't be told apart afterwards.
-- severity: error
-- bears on: lots

select
    lots.lot_code,
    string_agg(distinct products.product_code, ', ' order by products.product_code) as skus
from raw.lot_genealogy as links
inner join raw.lots as lots on links.child_lot_id = lots.lot_id
inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
inner join raw.products as products on parents.product_id = products.product_id
where
    lots.lot_type = 'FRZ'
    and parents.lot_type = 'SKW'
group by lots.lot_code
having count(distinct products.product_code) > 1
order by lots.lot_code
