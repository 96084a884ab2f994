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
