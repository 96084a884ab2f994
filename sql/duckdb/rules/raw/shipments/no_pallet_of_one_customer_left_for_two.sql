-- A pallet that must be one customer's left for two, by the lines that name it: of one of them goods stand
-- where nobody looks for them, or its code was mistyped.
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
        shipments.customer_id
    from raw.shipments as shipments
    inner join raw.lots as lots on shipments.lot_id = lots.lot_id
    where shipments.sscc is not null and shipments.customer_id is not null
),

mixed as (
    select
        pallet,
        list(lot_type) as lot_types
    from lines
    group by pallet
    having min(customer_id) <> max(customer_id)
),

-- The rule judges what leaves while it holds, by what has left on that pallet by then.
judged as (
    select
        lines.*,
        mixed.lot_types,
        min(customer_id) over so_far <> max(customer_id) over so_far as is_mixed,
        case
            when min(customer_id) over so_far <> customer_id then arg_min(lot_code, customer_id) over so_far
            else arg_max(lot_code, customer_id) over so_far
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
            rules.rule = 'PALLET_OF_ONE_CUSTOMER'
            and not rules.is_retired
            and coalesce(rules.in_force_from <= judged.happened_at, true)
            and coalesce(rules.in_force_until > judged.happened_at, true)
            and (rules.lot_type is null or list_contains(judged.lot_types, rules.lot_type))
    )
order by judged.happened_at, judged.pallet, judged.lot_code
