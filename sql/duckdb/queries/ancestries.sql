-- name: find_affected
-- The lots whose links changed and all their descendants; ends on any data. (Asked as a join, DuckDB
-- hashes every link each round; asked with `in`, it hashes the lots reached and scans the links.)
create or replace temp table affected as
with recursive reached (lot_id) as (
    select cast(unnest($changed) as bigint)
    union
    select child_lot_id
    from raw.lot_genealogy
    where parent_lot_id in (select lot_id from reached)
)

select lot_id from reached;

-- name: count_affected
select
    (select count(*) from affected) as affected_count,
    (select count(*) from raw.lots) as lots_count;

-- name: create_closure_note
create table if not exists edition.closure (
    pairs_count bigint,
    pairs_estimated bigint,
    left_out_count bigint,
    left_out_before_count bigint
);

-- name: note_closure
-- What the closure came to, and whether it was partial before; kept beside it.
create or replace table edition.closure as
select
    cast($pairs_count as bigint) as pairs_count,
    cast($pairs_estimated as bigint) as pairs_estimated,
    cast($left_out_count as bigint) as left_out_count,
    coalesce(max(left_out_count), 0)::bigint as left_out_before_count
from edition.closure;

-- name: closure_noted
select
    pairs_count,
    left_out_count
from edition.closure;

-- name: closure_is_whole
-- Whether no lot is left out, and none was before the last walk.
select left_out_count = 0 and left_out_before_count = 0 as is_whole
from edition.closure;

-- name: links_into_affected
select
    parent_lot_id,
    child_lot_id,
    weight
from all_links
where child_lot_id in (select lot_id from affected);

-- name: ancestries_built_upon
-- The lists of lots that are parents of affected ones and not affected themselves.
select
    descendant_lot_id,
    ancestor_lot_ids,
    steps,
    shares
from genealogy.ancestries
where
    descendant_lot_id in (
        select parent_lot_id
        from raw.lot_genealogy
        where child_lot_id in (select lot_id from affected)
    )
    and descendant_lot_id not in (select lot_id from affected);

-- name: count_affected_pairs
select coalesce(sum(len(ancestor_lot_ids)), 0)::bigint
from genealogy.ancestries
where descendant_lot_id in (select lot_id from affected);

-- name: forget_affected
delete from genealogy.ancestries
where descendant_lot_id in (select lot_id from affected);

-- name: lots_to_compare
-- Some lots that have ancestors, others for each seed. (Drawn by id first: sorting whole lists of a
-- large plant to keep a few takes a second.)
with drawn as (
    select descendant_lot_id
    from genealogy.ancestries
    order by hash(descendant_lot_id + $seed)
    limit $lots_count
)

select
    lots.lot_id,
    lots.lot_code,
    ancestries.ancestor_lot_ids,
    ancestries.steps,
    ancestries.shares
from genealogy.ancestries as ancestries
inner join raw.lots as lots on ancestries.descendant_lot_id = lots.lot_id
where ancestries.descendant_lot_id in (select descendant_lot_id from drawn);
