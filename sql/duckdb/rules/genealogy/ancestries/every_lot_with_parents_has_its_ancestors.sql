-- The closure is partial: these lots, and all made from them, have more ancestors than the budget of
-- pairs allows (LOTLINE_CLOSURE_PAIRS_BUDGET). Boards and rules that need every pair don't see them;
-- a trace is answered from the record and is whole.
-- severity: error
-- partial closure: hides no breach

select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type
from raw.lots as lots
where
    lots.lot_id in (select links.child_lot_id from raw.lot_genealogy as links)
    and lots.lot_id not in (
        select ancestries.descendant_lot_id from genealogy.ancestries as ancestries
    )
order by lots.lot_id
