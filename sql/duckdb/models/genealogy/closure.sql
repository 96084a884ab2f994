-- Every ancestor of every lot: how near, and which share of the lot came from it.
--
-- grain: ancestor_lot_id, descendant_lot_id
-- columns:
--   ancestor_lot_id    lot whose material went in, directly or through other lots
--   descendant_lot_id  lot that material ended up in
--   steps              fewest links between the two; 1 means direct
--   share              part of the descendant's input mass that came from the ancestor, 0 to 1;
--                      null where a quantity that counts is unknown
--
-- share(A, C) is the mean of share(A, P) over C's parents P, weighted by kilograms (domain §4).
-- One level of lots a round, because a lot can be weighed only after all its parents.

with recursive

inputs as (
    select
        links.parent_lot_id,
        links.child_lot_id,
        levels.level,
        -- One unknown kilogram makes the whole input mass unknown.
        links.quantity_kg / case
            when count(*) over child = count(links.quantity_kg) over child
                then nullif(sum(links.quantity_kg) over child, 0)
        end as fraction
    from raw.lot_genealogy as links
    inner join genealogy.levels as levels on links.child_lot_id = levels.lot_id
    window child as (partition by links.child_lot_id)
),

shares (ancestor_lot_id, descendant_lot_id, level, share)
using key (ancestor_lot_id, descendant_lot_id) as (
    select
        lot_id,
        lot_id,
        0,
        1.0::double
    from genealogy.levels
    where level = 0

    union

    (
        select
            known.ancestor_lot_id,
            inputs.child_lot_id,
            inputs.level,
            case
                when count(*) = count(inputs.fraction * known.share)
                    then sum(inputs.fraction * known.share)
            end
        from (select max(level) + 1 as level from shares) as next
        inner join inputs on next.level = inputs.level
        inner join recurring.shares as known on inputs.parent_lot_id = known.descendant_lot_id
        group by known.ancestor_lot_id, inputs.child_lot_id, inputs.level

        union all

        select
            levels.lot_id,
            levels.lot_id,
            levels.level,
            1.0::double
        from (select max(level) + 1 as level from shares) as next
        inner join genealogy.levels as levels on next.level = levels.level
    )
)

select
    steps.ancestor_lot_id,
    steps.descendant_lot_id,
    steps.steps,
    shares.share
from genealogy.steps as steps
left join shares
    on
        steps.ancestor_lot_id = shares.ancestor_lot_id
        and steps.descendant_lot_id = shares.descendant_lot_id
