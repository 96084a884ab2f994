-- A pallet that must be of one product left with two on it, by the lines that name it: what the customer
-- was told of it is wrong of a part.
-- severity: error
-- bears on: lots

with

lines as (
    select
        lower(translate(shipments.sscc, ' -.()', '')) as pallet,
        shipments.shipment_id,
        shipments.shipment_code,
        shipments.happened_at,
        lots.lot_code,
        lots.lot_type,
        lots.product_id
    from raw.shipments as shipments
    inner join raw.lots as lots on shipments.lot_id = lots.lot_id
    where shipments.sscc is not null and lots.product_id is not null
),

mixed as (
    select
        pallet,
        list(lot_type) as lot_types
    from lines
    group by pallet
    having min(product_id) <> max(product_id)
),

-- The rule judges what leaves while it holds, by what has left on that pallet by then.
judged as (
    select
        lines.*,
        mixed.lot_types,
        min(product_id) over so_far <> max(product_id) over so_far as is_mixed,
        case
            when min(product_id) over so_far <> product_id then arg_min(lot_code, product_id) over so_far
            else arg_max(lot_code, product_id) over so_far
        end as beside_lot_code
    from lines
    inner join mixed on lines.pallet = mixed.pallet
    window so_far as (partition by lines.pallet order by lines.happened_at, lines.shipment_id)
)

select
    judged.pallet as sscc,
    judged.lot_code,
    judged.beside_lot_code,
    judged.shipment_code,
    judged.happened_at as shipped_at
from judged
where
    judged.is_mixed
    and exists (
        select 1
        from raw.process_rules as rules
        where
            rules.rule = 'PALLET_OF_ONE_PRODUCT'
            and not rules.is_retired
            and coalesce(rules.in_force_from <= judged.happened_at, true)
            and coalesce(rules.in_force_until > judged.happened_at, true)
            and (rules.lot_type is null or list_contains(judged.lot_types, rules.lot_type))
    )
order by judged.happened_at, judged.pallet, judged.lot_code
