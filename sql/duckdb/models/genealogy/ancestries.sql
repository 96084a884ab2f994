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
-- over C's parents P, weighted by milligrams (sql/domain.md, Shares). A lot on a circle is its own
-- ancestor here, and the rule no_lot_is_its_own_ancestor stops the run on it.

select
    parent_lot_id,
    child_lot_id,
    cast(quantity_kg * 1000000 as bigint) as quantity_mg
from raw.lot_genealogy
