-- Something went into a lot and nobody wrote down its lot code: behind it no trace leads on.
-- severity: warning
--
-- Imports keep such an input as a lot of its own, so that no share says more than is known.

select
    children.lot_code,
    parents.lot_code as input_lot_code,
    links.quantity_kg,
    links.happened_at
from raw.lot_genealogy as links
inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
inner join raw.lots as children on links.child_lot_id = children.lot_id
where json_extract_string(parents.metadata, '$.untracked') = 'true'
order by children.lot_code, parents.lot_code
