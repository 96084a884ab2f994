-- name: make_all
create or replace table edition.to_make as
select lot_id from raw.lots;

-- name: make_changed
-- Lots about which these tables say something else than before.
create or replace table edition.to_make as
select distinct lot_id
from changed_lots
where table_name in (select unnest($tables::varchar []));

-- name: make_reaching
-- Those, and every lot that reaches one of them now. No other can have reached one before: on a way
-- that is gone, the first link that changed begins at a lot that is named here, and is reached still.
create or replace table edition.to_make as
with

changed as (
    select distinct lot_id
    from changed_lots
    where table_name in (select unnest($tables::varchar []))
)

select lot_id from changed
union
select unnest(ancestor_lot_ids)
from genealogy.ancestries
where descendant_lot_id in (select lot_id from changed);
