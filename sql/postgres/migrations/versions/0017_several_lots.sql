-- A trace of several suspects walks from all of them at once.

-- Every lot made from any of these lots, directly or not, themselves left out unless one is made
-- from another or the record holds a cycle. A set walk: it ends on any data. It follows indexes
-- whatever the planner guesses about a recursion: one step that scans every link is paid once a step.
create function lots_after_any(of_lot_ids bigint []) returns setof bigint
language sql stable set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
    with recursive reached (lot_id) as (
        select child_lot_id from lot_genealogy where parent_lot_id = any(of_lot_ids)
        union
        select lot_genealogy.child_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
    )
    select lot_id from reached
$$;

-- Every lot that went into any of these lots, directly or not.
create function lots_before_any(of_lot_ids bigint []) returns setof bigint
language sql stable set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
    with recursive reached (lot_id) as (
        select parent_lot_id from lot_genealogy where child_lot_id = any(of_lot_ids)
        union
        select lot_genealogy.parent_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.child_lot_id
    )
    select lot_id from reached
$$;

-- The same of one lot.
create or replace function lots_after(of_lot_id bigint) returns setof bigint
language sql stable
return lots_after_any(array[of_lot_id]);

create or replace function lots_before(of_lot_id bigint) returns setof bigint
language sql stable
return lots_before_any(array[of_lot_id]);
