-- What guards a write is planned once a connection, not at every write; and stops are looked up by the
-- ancestors of a lot, not every stop of the record held against each of them.
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
    from standing_stops as stops
    where stops.lot_id = any(array(select before.lot_id from lots_before(of_lot_id) as before (lot_id)))
$$;

create or replace function lot_left(
    of_lot_id bigint, of_weight_kg numeric, at timestamptz, recorded timestamptz
) returns table (at_most_kg numeric, is_known boolean)
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
declare
    counted record;
    ending record;
begin
    select quantity_kg, happened_at, recorded_at into ending
    from movements
    where
        lot_id = of_lot_id and kind = 'COUNTED' and (happened_at, recorded_at) > (at, recorded)
    order by happened_at, recorded_at limit 1;
    if not found then
        return query
        select
            coalesce(on_hand_kg, on_hand_at_most_kg, -overdrawn_kg, -overdrawn_at_least_kg),
            num_nonnulls(on_hand_kg, overdrawn_kg) > 0
        from lot_balance(of_lot_id, of_weight_kg);
        return;
    end if;
    select quantity_kg, happened_at, recorded_at into counted
    from movements
    where
        lot_id = of_lot_id and kind = 'COUNTED' and (happened_at, recorded_at) <= (at, recorded)
    order by happened_at desc, recorded_at desc limit 1;
    return query
    select
        case when counted.happened_at is null then of_weight_kg else counted.quantity_kg end
        + case
            when bool_or(flows.sign = 1 and flows.quantity_kg is null) then null
            else coalesce(sum(flows.sign * flows.quantity_kg), 0)
        end,
        count(*) = count(flows.quantity_kg)
    from (
        select
            -1 as sign, coalesce(quantity_kg, unallotted_kg) as quantity_kg, happened_at, recorded_at
        from lot_genealogy
        where parent_lot_id = of_lot_id
        union all
        select -1, quantity_kg, happened_at, recorded_at
        from shipments
        where lot_id = of_lot_id
        union all
        select case kind when 'RETURNED' then 1 else -1 end, quantity_kg, happened_at, recorded_at
        from movements
        where lot_id = of_lot_id and kind not in ('COUNTED', 'DOWNGRADED')
    ) as flows
    where
        (flows.happened_at, flows.recorded_at) < (ending.happened_at, ending.recorded_at)
        and (
            counted.happened_at is null
            or (flows.happened_at, flows.recorded_at) > (counted.happened_at, counted.recorded_at)
        );
end
$$;

create or replace function facts.guard_kilograms() returns trigger
language plpgsql set plan_cache_mode = force_generic_plan
set search_path = pg_catalog, public, pg_temp as $$
declare
    lot_ids bigint [];
    happened timestamptz [];
    recorded timestamptz [];
    wrong text;
begin
    -- An import takes history as it was; too much given out becomes a finding.
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    execute format(
        'select array_agg(lot_id), array_agg(happened), array_agg(recorded)
         from (select distinct %I as lot_id, %s as happened, %s as recorded from added where %s) as a',
        tg_argv[0], tg_argv[2], tg_argv[3], tg_argv[1]
    ) into lot_ids, happened, recorded;
    select string_agg(distinct lots.lot_code, e'\n') into wrong
    from unnest(lot_ids, happened, recorded) as asked (lot_id, happened_at, recorded_at)
    inner join lots on asked.lot_id = lots.lot_id
    cross join lateral lot_left(
        lots.lot_id, lots.weight_kg, asked.happened_at, asked.recorded_at
    ) as rest
    where rest.at_most_kg < 0;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'lot_gives_out_at_most_what_it_weighs',
            message = 'a lot would give out more than it has', detail = wrong;
    end if;
    return null;
end
$$;

create or replace function facts.guard_units() returns trigger
language plpgsql set plan_cache_mode = force_generic_plan
set search_path = pg_catalog, public, pg_temp as $$
declare
    lot_ids bigint [];
    wrong text;
begin
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    execute format(
        'select array_agg(distinct %I) from added where %s', tg_argv[0], tg_argv[1]
    ) into lot_ids;
    if lot_ids is null then
        return null;
    end if;
    select string_agg(distinct lots.lot_code, e'\n') into wrong
    from unnest(lot_ids) as asked (lot_id)
    inner join lots on asked.lot_id = lots.lot_id
    cross join lateral unit_balance(lots.lot_id, lots.quantity, lots.unit) as rest
    where rest.overdrawn_quantity > 0;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'lot_gives_out_at_most_what_it_counts',
            message = 'a lot would give out more than it has', detail = wrong;
    end if;
    return null;
end
$$;

create or replace function facts.guard_order_of_counts() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    -- What is known to the minute stands before or after a count.
    if tg_table_name <> 'movements' and not exists (
        select from added where happened_until is not null
    ) then
        return null;
    end if;
    execute format(
        'select lots.lot_code
         from added
         inner join movements as counts on added.%1$I = counts.lot_id and counts.kind = ''COUNTED''
         inner join facts.lots on counts.lot_id = lots.lot_id
         where
             added.happened_until > counts.happened_at
             and added.happened_at <= counts.happened_at
             and added.recorded_at > counts.happened_at
         limit 1', tg_argv[0]
    ) into wrong;
    if wrong is null and tg_table_name = 'movements' then
        execute '
            select lots.lot_code
            from added
            cross join lateral (
                select happened_at, happened_until, recorded_at
                from lot_genealogy where parent_lot_id = added.lot_id
                union all
                select happened_at, happened_until, recorded_at
                from shipments where shipments.lot_id = added.lot_id
                union all
                select happened_at, happened_until, recorded_at
                from movements where movements.lot_id = added.lot_id
            ) as left_it
            inner join facts.lots on added.lot_id = lots.lot_id
            where
                added.kind = ''COUNTED''
                and left_it.happened_until > added.happened_at
                and left_it.happened_at <= added.happened_at
                and left_it.recorded_at > added.happened_at
            limit 1' into wrong;
    end if;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'order_of_counts_is_known',
            message = format('whether it left lot %s before the count is not known', wrong),
            detail = wrong;
    end if;
    return null;
end
$$;
