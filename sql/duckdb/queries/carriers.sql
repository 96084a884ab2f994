-- name: carriers
-- Which suspects lots carry that weren't asked about: a lot that is one, or has one among its
-- ancestors. Of all lots that carry the same, the one of which most is or may be here; `held_numbers` are
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
        {
            'lot_code': lot_code,
            'lot_type': lot_type,
            'on_hand_kg': on_hand_kg,
            'on_hand_at_most_kg': on_hand_at_most_kg
        },
        (coalesce(on_hand_kg, on_hand_at_most_kg, 0), carriers.lot_id)
    ) as lot
from carriers
inner join genealogy.mass_balance as balance on carriers.lot_id = balance.lot_id
group by carriers.held_numbers;
