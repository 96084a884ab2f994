-- A circle in the genealogy makes every trace through it meaningless.
-- severity: blocks

select
    lots.lot_code,
    closure.steps
from genealogy.closure as closure
inner join raw.lots as lots on closure.ancestor_lot_id = lots.lot_id
where closure.ancestor_lot_id = closure.descendant_lot_id
