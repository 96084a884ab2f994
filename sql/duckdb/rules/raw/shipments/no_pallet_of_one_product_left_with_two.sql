-- A pallet that must be of one product left with two on it, by the lines that name it: what the customer
-- was told of it is wrong of a part.
-- severity: error
-- bears on: lots

with

-- Only an SSCC names one pallet for ever: a plant's own pallets, numbered as it likes, come back.
mixed as (
    select translate(shipments.sscc, ' -.', '') as pallet
    from raw.shipments as shipments
    inner join raw.lots as lots on shipments.lot_id = lots.lot_id
    where regexp_full_match(translate(shipments.sscc, ' -.', ''), '[0-9]{18}')
    group by all
    having min(lots.product_id) <> max(lots.product_id)
),

lines as (
    select
        mixed.pallet,
        shipments.shipment_id,
        shipments.shipment_code,
        shipments.happened_at,
        shipments.happened_until,
        lots.lot_code,
        lots.product_id,
        list(distinct lots.lot_type) over (partition by mixed.pallet) as lot_types
    from raw.shipments as shipments
    inner join mixed on mixed.pallet = translate(shipments.sscc, ' -.', '')
    inner join raw.lots as lots on shipments.lot_id = lots.lot_id
),

-- The rule judges what leaves while it holds, by what has left on that pallet by then.
judged as (
    select
        lines.*,
        min(product_id) over so_far <> max(product_id) over so_far as is_mixed,
        case
            when min(product_id) over so_far <> product_id then arg_min(lot_code, product_id) over so_far
            else arg_max(lot_code, product_id) over so_far
        end as beside_lot_code
    from lines
    window so_far as (partition by pallet order by happened_at, shipment_id)
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
    and judged.product_id is not null
    and exists (
        select 1
        from raw.process_rules as rules
        where
            rules.rule = 'PALLET_OF_ONE_PRODUCT'
            and not rules.is_retired
            and coalesce(rules.in_force_from <= judged.happened_at, true)
            and coalesce(rules.in_force_until >= judged.happened_until, rules.in_force_until > judged.happened_at, true)
            and (rules.lot_type is null or list_contains(judged.lot_types, rules.lot_type))
    )
order by judged.happened_at, judged.pallet, judged.lot_code
