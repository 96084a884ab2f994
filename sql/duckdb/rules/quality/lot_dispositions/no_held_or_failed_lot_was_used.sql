-- Material went on into production while quality had said no, and nobody signed for a rework.
-- severity: error
-- bears on: lots
--
-- Of what is known by the day or month, nobody is blamed for what may have been in order.

select
    parents.lot_code,
    children.lot_code as used_in_lot_code,
    links.quantity_kg,
    links.happened_at as used_at,
    periods.decision,
    periods.decided_at
from raw.lot_genealogy as links
inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
inner join raw.lots as children on links.child_lot_id = children.lot_id
inner join quality.hold_and_fail_periods as periods on links.parent_lot_id = periods.lot_id
where
    coalesce(periods.decided_until, periods.decided_at) <= links.happened_at
    and coalesce(periods.ended_at >= links.happened_until, periods.ended_at > links.happened_at, true)
    and links.rework_reason is null
order by links.happened_at
