-- A link dated before its parent was made: a wrong time, or a wrong lot code.
-- severity: warning
--
-- People type minutes, so the minute in which the lot was made is late enough.

select
    parents.lot_code,
    children.lot_code as used_in_lot_code,
    parents.happened_at as made_at,
    links.happened_at as used_at
from raw.lot_genealogy as links
inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
inner join raw.lots as children on links.child_lot_id = children.lot_id
where links.happened_at < date_trunc('minute', parents.happened_at)
order by links.happened_at
