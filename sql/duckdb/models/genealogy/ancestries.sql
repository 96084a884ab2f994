-- The ancestry of every lot that has one, as lists: all pairs in a form that stores and reads fast.
--
-- kind: walk
-- made with: sql/genealogy/ancestries.py, sql/genealogy/walk.py, sql/genealogy/kernel.py
-- made with: sql/genealogy/link_arrays.py, sql/genealogy/found_pairs.py
-- made with: sql/genealogy/pairs_estimate.py
-- grain: descendant_lot_id
-- columns:
--   descendant_lot_id  lot that material ended up in
--   ancestor_lot_ids   every lot whose material went in, directly or through other lots, each once;
--                      integers as wide as the plant's ids need
--   steps              for each of those, fewest links between; 1 means direct
--   shares             for each of those, part of the descendant's input mass that came from it, 0 to
--                      1; null where a quantity that counts is unknown
--
-- The select gives the links; `sql/genealogy/walk.py` walks them once, parents before children,
-- because a lot can be weighed only after all its parents. share(A, C) is the mean of share(A, P)
-- over C's parents P, weighted by mass; where a kilogram is unknown, a lot of one parent has that
-- parent's share, and one whose inputs are all in one unit is shared by that unit (sql/domain.md,
-- Shares). A lot on a circle is its own ancestor here, and the rule no_lot_is_its_own_ancestor stops
-- the run on it.

with

unweighed as (
    select
        child_lot_id,
        count(distinct parent_lot_id) = 1 as has_one_parent,
        count(quantity) = count(*) and count(distinct unit) = 1 as is_in_one_unit
    from raw.lot_genealogy
    where child_lot_id in (select child_lot_id from raw.lot_genealogy where quantity_kg is null)
    group by child_lot_id
)

select
    links.parent_lot_id,
    links.child_lot_id,
    case
        when unweighed.child_lot_id is null then cast(links.quantity_kg * 1000000 as bigint)
        when unweighed.has_one_parent then 1
        when unweighed.is_in_one_unit then cast(links.quantity * 1000000 as bigint)
    end as weight
from raw.lot_genealogy as links
left join unweighed on links.child_lot_id = unweighed.child_lot_id
