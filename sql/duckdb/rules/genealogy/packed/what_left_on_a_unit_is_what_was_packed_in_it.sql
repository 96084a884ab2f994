-- A unit left with more or less of a lot than was packed in it: whoever finds the pallet finds something
-- else than its shipment says. What was not weighed is no breach.
-- severity: warning
-- bears on: lots

with

packed as (
    select
        left_on_sscc as sscc,
        lot_id,
        sum(quantity_kg) as kg,
        count(*) - count(quantity_kg) as unknown_count
    from genealogy.packed
    where shipment_id is not null
    group by all
),

shipped as (
    select
        regexp_replace(sscc, '[^0-9]', '', 'g') as unit_sscc,
        lot_id,
        sum(quantity_kg) as kg,
        count(*) - count(quantity_kg) as unknown_count,
        string_agg(distinct shipment_code, ', ' order by shipment_code) as shipment_codes
    from raw.shipments
    where unit_sscc in (select packed.sscc from packed)
    group by all
)

select
    lots.lot_code,
    coalesce(packed.sscc, shipped.unit_sscc) as sscc,
    shipped.shipment_codes,
    coalesce(packed.kg, 0) as packed_kg,
    coalesce(shipped.kg, 0) as shipped_kg
from packed
full join shipped on packed.sscc = shipped.unit_sscc and packed.lot_id = shipped.lot_id
inner join raw.lots as lots on coalesce(packed.lot_id, shipped.lot_id) = lots.lot_id
where
    coalesce(packed.unknown_count, 0) = 0
    and coalesce(shipped.unknown_count, 0) = 0
    and packed_kg <> shipped_kg
order by lots.lot_code, sscc
