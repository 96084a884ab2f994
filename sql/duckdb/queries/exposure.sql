-- name: assess_all
-- Every received lot: one that nothing went into.
create or replace table edition.to_assess as
select lot_id
from raw.lots
where lot_id not in (select child_lot_id from raw.lot_genealogy);

-- name: assess_touched
-- Received lots that reach a lot whose lists or facts changed, now or before the change.
create or replace table edition.to_assess as
with

changed as (
    select unnest($changed::bigint []) as lot_id
),

reaching as (
    select lot_id from touched
    union
    select lot_id from changed
    union
    select unnest(ancestor_lot_ids)
    from genealogy.ancestries
    where descendant_lot_id in (select lot_id from changed)
)

select lot_id
from raw.lots
where
    lot_id in (select lot_id from reaching)
    and lot_id not in (select child_lot_id from raw.lot_genealogy);
