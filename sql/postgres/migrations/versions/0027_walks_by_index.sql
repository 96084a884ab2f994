-- A function with settings of its own is planned anew at every call, which cost three times what the
-- walk did; and the kilograms of one lot were looked for among all lots.

-- Every lot made from a lot, directly or not, itself left out unless the record holds a cycle. A set
-- walk: it ends on any data.
create or replace function lots_after(of_lot_id bigint) returns setof bigint
language sql stable as $$
    with recursive reached (lot_id) as (
        select child_lot_id
        from lot_genealogy
        where parent_lot_id = of_lot_id
        union
        select lot_genealogy.child_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
    )
    select lot_id from reached
$$;

-- Every lot that went into a lot, directly or not.
create or replace function lots_before(of_lot_id bigint) returns setof bigint
language sql stable as $$
    with recursive reached (lot_id) as (
        select parent_lot_id
        from lot_genealogy
        where child_lot_id = of_lot_id
        union
        select lot_genealogy.parent_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.child_lot_id
    )
    select lot_id from reached
$$;

drop function lots_after_any(bigint []);

drop function lots_before_any(bigint []);

-- The stops that stand against a lot by its origin: every HOLD and FAIL of an ancestor, each with the
-- assessment that covers it; none: the lot may be neither used nor shipped for it. An assessment
-- covers the very decisions it names: one that came later is another, and so is one that a link
-- brought.
create or replace function origin_stops(of_lot_id bigint) returns table (
    lot_id bigint, gate_id bigint, decision text, happened_at timestamptz, decision_id bigint,
    assessment_id bigint
)
language sql stable as $$
    select
        stops.lot_id,
        stops.gate_id,
        stops.decision,
        stops.happened_at,
        stops.decision_id,
        (
            select max(assessments.assessment_id)
            from origin_assessments as assessments
            where
                assessments.lot_id = of_lot_id
                and stops.decision_id = any(assessments.decision_ids)
        )
    from lots_before(of_lot_id) as before (lot_id)
    inner join standing_stops as stops on before.lot_id = stops.lot_id
$$;

-- Which of these lots are stopped by origin: back to every ancestor of any, then from those that
-- stand on HOLD or FAIL down to the lots asked about. Few lots were ever assessed; they alone are
-- asked stop by stop. How many are asked about is hidden from the planner (`select among`): it then
-- follows links by their index, where a guess of many would have it read every link at every step.
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
        from behind
        inner join standing_stops on behind.lot_id = standing_stops.lot_id
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

drop function lot_balance(bigint);

-- The same of one lot, where a page shows few; its weight is given, for whoever asks has it.
create function lot_balance(of_lot_id bigint, of_weight_kg numeric) returns table (
    into_children_kg numeric,
    into_children_at_least_kg numeric,
    shipped_kg numeric,
    shipped_at_least_kg numeric,
    given_out_kg numeric,
    given_out_at_least_kg numeric,
    on_hand_kg numeric,
    on_hand_at_most_kg numeric,
    overdrawn_kg numeric,
    overdrawn_at_least_kg numeric,
    accounted_ratio double precision
)
language sql stable parallel safe as $$
    select balance.*
    from (
        select coalesce(sum(quantity_kg), 0) as kg, count(*) - count(quantity_kg) as unknown_count
        from lot_genealogy
        where parent_lot_id = of_lot_id
    ) as used
    cross join (
        select coalesce(sum(quantity_kg), 0) as kg, count(*) - count(quantity_kg) as unknown_count
        from shipments
        where lot_id = of_lot_id
    ) as shipped
    cross join lateral balance_of(
        of_weight_kg, used.kg, used.unknown_count, shipped.kg, shipped.unknown_count
    ) as balance
$$;
