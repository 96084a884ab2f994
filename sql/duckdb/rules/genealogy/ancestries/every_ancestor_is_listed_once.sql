-- An ancestor that stands twice in a list counts its kilograms twice. Looked for in the lists that
-- this run made; where those are more than 100,000, lengths are compared in every one, and repeats
-- are looked for in one of 50.
-- severity: blocks
-- partial closure: hides no breach

select
    descendant_lot_id,
    len(ancestor_lot_ids) as listed_count,
    len(steps) as steps_count,
    len(shares) as shares_count
from genealogy.ancestries
where
    true
    -- and descendant_lot_id was made anew
    and (
        len(ancestor_lot_ids) <> len(steps)
        or len(ancestor_lot_ids) <> len(shares)
        or case
            when
                hash(descendant_lot_id) % 50 = 0
                or (
                    select count(*)
                    from genealogy.ancestries
                    -- where descendant_lot_id was made anew
                ) <= 100000
                then len(ancestor_lot_ids) <> list_unique(ancestor_lot_ids)
            else false
        end
    )
