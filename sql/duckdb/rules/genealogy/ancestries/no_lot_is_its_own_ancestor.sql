-- A circle in the genealogy makes every trace through it meaningless. Looked for in the lists that
-- this run made; a plant with a circle is walked whole by each run.
-- severity: blocks

select
    lots.lot_code,
    ancestries.steps[list_position(ancestries.ancestor_lot_ids, ancestries.descendant_lot_id)] as steps
from genealogy.ancestries as ancestries
inner join raw.lots as lots on ancestries.descendant_lot_id = lots.lot_id
where
    list_contains(ancestries.ancestor_lot_ids, ancestries.descendant_lot_id)
    -- and ancestries.descendant_lot_id was made anew
