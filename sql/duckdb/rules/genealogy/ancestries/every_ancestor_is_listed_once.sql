-- An ancestor that stands twice in a list counts its kilograms twice. Looked for in the lists that
-- this run made; where those are more than 100,000, lengths are compared in every one, and repeats
-- are looked for in one of 50.
-- severity: blocks

select
    descendant_lot_id,
    listed_count,
    steps_count,
    shares_count
from (
    select
        descendant_lot_id,
        ancestor_lot_ids,
        len(ancestor_lot_ids) as listed_count,
        len(steps) as steps_count,
        len(shares) as shares_count,
        hash(descendant_lot_id) % 50 = 0 or looked_at.lists_count <= 100000 as is_drawn
    from genealogy.ancestries
    cross join (
        select count(*) as lists_count
        from genealogy.ancestries
        -- where descendant_lot_id was made anew
    ) as looked_at
    -- where descendant_lot_id was made anew
)
where
    listed_count <> steps_count
    or listed_count <> shares_count
    or case when is_drawn then listed_count <> list_unique(ancestor_lot_ids) else false end
