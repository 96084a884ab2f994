-- name: lots_by_code
-- The lots with these codes; upper and lower case are alike where no code is meant exactly. A lot
-- left out has parents, but its ancestors are not in a partial closure.
with

wanted as (
    select distinct unnest($codes::varchar []) as typed
),

matched as (
    select
        wanted.typed,
        lots.lot_id,
        lots.lot_code,
        lots.lot_code = wanted.typed as is_exact
    from wanted
    inner join raw.lots as lots on lower(wanted.typed) = lower(lots.lot_code)
)

select
    typed,
    lot_id,
    lot_code,
    lot_id in (select child_lot_id from raw.lot_genealogy)
    and lot_id not in (select descendant_lot_id from genealogy.ancestries) as is_left_out
from matched
qualify is_exact or not bool_or(is_exact) over (partition by typed)
order by lot_code;

-- name: rejected_lots
-- What stands rejected now, newest first.
select lot_code
from quality.lot_dispositions
where disposition = 'rejected'
order by decided_at desc, lot_code;

-- name: lots_made_alongside
-- All other lots of the same products and types, made on the days these were made on.
with

these as (
    select
        lot_type,
        product_id,
        timezone(getvariable('site_zone'), happened_at)::date as made_on
    from raw.lots
    where lot_id in (select unnest($lot_ids::bigint []))
)

select
    lots.lot_id,
    lots.lot_code,
    lots.lot_id in (select child_lot_id from raw.lot_genealogy)
    and lots.lot_id not in (select descendant_lot_id from genealogy.ancestries) as is_left_out
from raw.lots as lots
where
    timezone(getvariable('site_zone'), lots.happened_at)::date in (select made_on from these)
    and (coalesce(lots.lot_type, ''), coalesce(lots.product_id, 0)) in (
        select (coalesce(lot_type, ''), coalesce(product_id, 0)) from these
    )
    and lots.lot_id not in (select unnest($lot_ids::bigint []))
order by lots.lot_code;

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

-- name: carriers
-- Which suspects lots carry that weren't asked about: a lot that is one, or has one among its
-- ancestors. Of all lots that carry the same, the one of which most is on hand; `held_numbers` are
-- the suspects' numbers.
with

wanted as (
    select
        unnest($numbers::integer []) as number,
        unnest($kinds::varchar []) as kind,
        unnest($trait_keys::varchar []) as trait_key
),

sources as (
    select distinct
        wanted.number,
        traits.lot_id
    from genealogy.lot_traits as traits
    inner join wanted on traits.kind = wanted.kind and traits.trait_key = wanted.trait_key
),

reached as (
    select
        descendant_lot_id,
        ancestor_lot_id
    from genealogy.closure
    where ancestor_lot_id in (select lot_id from sources)
),

carried as (
    select
        lot_id,
        number
    from sources
    union
    select
        reached.descendant_lot_id,
        sources.number
    from reached
    inner join sources on reached.ancestor_lot_id = sources.lot_id
),

carriers as (
    select
        lot_id,
        list(number order by number) as held_numbers
    from carried
    where lot_id not in (select unnest($tested_ids::bigint []))
    group by lot_id
)

select
    carriers.held_numbers,
    count(*) as lots_count,
    arg_max(
        {'lot_code': lot_code, 'lot_type': lot_type, 'on_hand_kg': on_hand_kg},
        (coalesce(on_hand_kg, 0), carriers.lot_id)
    ) as lot
from carriers
inner join genealogy.mass_balance as balance on carriers.lot_id = balance.lot_id
group by carriers.held_numbers;
