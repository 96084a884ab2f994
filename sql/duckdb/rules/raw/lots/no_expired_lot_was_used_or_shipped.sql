-- A lot went on or left after its last day of use, and no manager said why.
-- severity: error
-- bears on: lots

with

gone as (
    select
        links.parent_lot_id as lot_id,
        'used' as what,
        children.lot_code as into_or_shipment,
        links.quantity_kg,
        links.happened_at
    from raw.lot_genealogy as links
    inner join raw.lots as children on links.child_lot_id = children.lot_id
    where links.expiry_reason is null
    union all
    select
        lot_id,
        'shipped' as what,
        shipment_code as into_or_shipment,
        quantity_kg,
        happened_at
    from raw.shipments
    where expiry_reason is null
    union all
    select
        lot_id,
        'given away' as what,
        kind as into_or_shipment,
        quantity_kg,
        happened_at
    from raw.movements
    where kind = 'DONATED' and reason is null
)

select
    lots.lot_code,
    lots.expires_on,
    gone.what,
    gone.into_or_shipment,
    gone.quantity_kg,
    gone.happened_at
from gone
inner join raw.lots as lots on gone.lot_id = lots.lot_id
where timezone(getvariable('site_zone'), gone.happened_at)::date > lots.expires_on
order by gone.happened_at, lots.lot_code
