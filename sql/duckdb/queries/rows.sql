-- name: lots_changed
-- Lots about which these tables say something else than before.
select distinct lot_id
from touched_lots
where table_name in (select unnest($tables::varchar []));

-- name: lots_reaching_changed
-- Those, and every lot that reaches one of them now. No other can have reached one before: on a way
-- that is gone, the first link that changed begins at a lot that is named here, and is reached still.
with

changed as (
    select distinct lot_id
    from touched_lots
    where table_name in (select unnest($tables::varchar []))
)

select lot_id from changed
union
select unnest(ancestor_lot_ids)
from genealogy.ancestries
where descendant_lot_id in (select lot_id from changed);
