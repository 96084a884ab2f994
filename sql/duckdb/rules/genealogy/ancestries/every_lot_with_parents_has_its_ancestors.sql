-- The closure is partial: these lots, and all made from them, have more ancestors than the budget of
-- pairs allows (LOTLINE_CLOSURE_PAIRS_BUDGET). Boards and rules that need every pair don't see them;
-- a trace is answered from the record and is whole.
-- severity: error
-- partial closure: hides no breach

with

-- These are few, and every link is asked about them alone.
without_list as materialized (
    select
        lots.lot_id,
        lots.lot_code,
        lots.lot_type
    from raw.lots as lots
    where
        lots.lot_id not in (
            select ancestries.descendant_lot_id from genealogy.ancestries as ancestries
        )
)

select distinct
    without_list.lot_id,
    without_list.lot_code,
    without_list.lot_type
from without_list
inner join raw.lot_genealogy as links on without_list.lot_id = links.child_lot_id
order by without_list.lot_id
