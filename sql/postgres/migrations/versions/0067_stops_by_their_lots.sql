-- Stops are looked up by the lots of an answer and what they were made from: the stops of the whole
-- record were read for each trace.
create or replace function lots_stopped(among bigint []) returns setof bigint
language sql stable as $$
    with recursive asked as (
        select unnest((select among)) as lot_id
    ),

    behind (lot_id) as (
        select lot_id from asked
        union
        select lot_genealogy.parent_lot_id
        from behind
        inner join lot_genealogy on behind.lot_id = lot_genealogy.child_lot_id
    ),

    stops as materialized (
        select distinct standing_stops.lot_id
        from standing_stops
        where standing_stops.lot_id = any(array(select behind.lot_id from behind))
    ),

    reached (lot_id) as (
        select lot_genealogy.child_lot_id
        from stops
        inner join lot_genealogy on stops.lot_id = lot_genealogy.parent_lot_id
        where lot_genealogy.child_lot_id in (select lot_id from behind)
        union
        select lot_genealogy.child_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
        where lot_genealogy.child_lot_id in (select lot_id from behind)
    )

    select lot_id
    from reached
    where
        lot_id in (select lot_id from asked)
        and (
            not exists (
                select from origin_assessments
                where origin_assessments.lot_id = reached.lot_id
            )
            or is_stopped(lot_id)
        )
$$;
