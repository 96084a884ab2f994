-- A circle in the genealogy makes every trace through it meaningless.
-- severity: blocks

select
    lots.lot_code,
    ancestries.steps[list_position(ancestries.ancestor_lot_ids, ancestries.descendant_lot_id)] as steps
from genealogy.ancestries as ancestries
inner join raw.lots as lots on ancestries.descendant_lot_id = lots.lot_id
where list_contains(ancestries.ancestor_lot_ids, ancestries.descendant_lot_id)
