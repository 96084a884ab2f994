-- name: lots_found
-- Lots that match what was typed or scanned, the surest first: why each matched, and how many do.
with matches as (
    select lot_id, 1 as place, 'lot_code' as matched_by
    from lots
    where lot_code = any(cast(:lot_codes as text []))
    union all
    select lot_id, 2 as place, 'lot_code_alike' as matched_by
    from lots
    where code_skeleton = lot_code_skeleton(:typed)
    union all
    select lot_id, 3 as place, 'supplier_lot_code' as matched_by
    from lots
    where supplier_lot_code = any(cast(:lot_codes as text []))
    union all
    select lot_id, 4 as place, 'sscc' as matched_by
    from shipments
    where sscc = :sscc
    union all
    select lot_id, 5 as place, 'document' as matched_by
    from shipments
    where document = :typed
    union all
    select lot_id, 5 as place, 'shipment_code' as matched_by
    from shipments
    where shipment_code = :typed
    union all
    select lot_id, 6 as place, 'gtin' as matched_by
    from lots
    where
        product_id in (
            select product_id from products
            where lpad(gtin, 14, '0') = cast(:gtin as text)
        )
    union all
    select lot_id, 7 as place, 'product' as matched_by
    from lots
    where
        product_id in (
            select product_id from products
            where product_code ilike :part or name ilike :part
        )
    union all
    select lot_id, 8 as place, 'part_of_lot_code' as matched_by
    from lots
    where lot_code ilike :part
    union all
    select lot_id, 9 as place, 'part_of_supplier_lot_code' as matched_by
    from lots
    where supplier_lot_code ilike :part
    union all
    select lot_id, 10 as place, 'part_of_document' as matched_by
    from shipments
    where document ilike :part or shipment_code ilike :part or sscc ilike :part
),

best as (
    select distinct on (lot_id) lot_id, place, matched_by
    from matches
    order by lot_id, place
),

-- A GTIN with a lot: the lots of that product stand before the same codes of others.
page as (
    select
        best.place,
        best.matched_by,
        lots.*,
        count(*) over () as found_count,
        coalesce(
            cast(:gtin as text) = (
                select lpad(gtin, 14, '0') from products
                where products.product_id = lots.product_id
            ),
            false
        ) as is_of_gtin
    from best
    inner join lots on best.lot_id = lots.lot_id
    order by best.place, is_of_gtin desc, lots.happened_at desc, lots.lot_id desc
    limit :most
)

select
    page.lot_code,
    page.matched_by,
    page.is_of_gtin,
    page.lot_type,
    products.product_code,
    products.name as product_name,
    partners.name as supplier_name,
    page.supplier_lot_code,
    states.disposition,
    page.happened_at,
    page.found_count
from page
inner join lot_states(array(select lot_id from page)) as states on page.lot_id = states.lot_id
left join products on page.product_id = products.product_id
left join partners on page.supplier_id = partners.partner_id
order by page.place, page.is_of_gtin desc, page.happened_at desc, page.lot_id desc;
