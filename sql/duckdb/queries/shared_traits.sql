-- name: shared_traits
-- What the lots asked about have in their history, themselves included; traits that the very same
-- lots have are one row, nearest first. Left out is what says nothing about a cause: a lot as such
-- that went into no other lot asked about, and what a gate decided about a lot asked about itself.
with

asked as (
    select
        unnest($lot_ids::bigint []) as lot_id,
        unnest($are_bad::boolean []) as is_bad
),

history as (
    select
        lot_id,
        lot_id as source_lot_id,
        0 as steps,
        is_bad
    from asked
    union all
    select
        closure.descendant_lot_id,
        closure.ancestor_lot_id,
        closure.steps,
        asked.is_bad
    from genealogy.closure as closure
    inner join asked on closure.descendant_lot_id = asked.lot_id
),

traits as (
    select
        kind,
        trait_key,
        code,
        detail,
        lot_id
    from genealogy.lot_traits
    where lot_id in (select source_lot_id from history)
),

had as (
    select
        traits.kind,
        traits.trait_key,
        history.lot_id,
        any_value(history.is_bad) as is_bad,
        any_value(traits.code) as code,
        any_value(traits.detail) as detail,
        min(history.steps) as steps
    from history
    inner join traits on history.source_lot_id = traits.lot_id
    where traits.kind <> 'gate_stop' or history.steps > 0
    group by traits.kind, traits.trait_key, history.lot_id
),

by_trait as (
    select
        kind,
        trait_key,
        any_value(code) as code,
        any_value(detail) as detail,
        min(steps) as steps,
        list(lot_id order by lot_id) as lot_ids,
        count(*) filter (is_bad) as bad_with_count,
        count(*) filter (not is_bad) as good_with_count
    from had
    group by kind, trait_key
    having kind <> 'lot' or max(steps) > 0
)

select
    list(
        {'kind': kind, 'trait_key': trait_key, 'code': code, 'detail': detail, 'steps': steps}
        order by
            steps,
            list_position(
                ['lot', 'supplier_lot', 'run', 'gate_stop', 'gate_day', 'supplier', 'product'], kind
            ),
            code
    ) as traits,
    any_value(bad_with_count) as bad_with_count,
    any_value(good_with_count) as good_with_count
from by_trait
group by lot_ids;
