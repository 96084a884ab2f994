-- Movements and counts kept kilograms alone: of 40 pieces written off nobody knew that they were pieces,
-- and a lot in pieces that was counted had an unknown number of them from then on. What is entered in a
-- unit is kept beside the kilograms, and a lot's balance in its own unit reckons with it.
alter table facts.movements
add column quantity numeric(18, 6),
add column unit text,
add constraint movement_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
add constraint movement_counts_more_than_0 check (quantity > 0 or quantity = 0 and kind = 'COUNTED'),
drop constraint count_says_what_was_found,
add constraint count_says_what_was_found
check (num_nonnulls(quantity_kg, quantity) > 0 or kind <> 'COUNTED');

grant insert (quantity, unit) on facts.movements to lotline_app;

create or replace view movements as
select movements.*
from facts.movements
where
    movements.recorded_at <= (select known_until())
    and not exists (
        select from facts.movement_voids as voids
        where
            voids.movement_id = movements.movement_id
            and voids.recorded_at <= (select known_until())
    );

create or replace function balance_of(
    weight_kg numeric,
    known_into_children_kg numeric,
    unknown_links_count bigint,
    known_shipped_kg numeric,
    unknown_shipments_count bigint,
    known_moved_out_kg numeric,
    unknown_moved_out_count bigint,
    known_returned_kg numeric,
    returned_at_most_kg numeric,
    unknown_returns_count bigint,
    counted_kg numeric,
    since_kg numeric,
    since_at_most_kg numeric,
    unknown_since_count bigint
) returns table (
    into_children_kg numeric,
    into_children_at_least_kg numeric,
    shipped_kg numeric,
    shipped_at_least_kg numeric,
    moved_out_kg numeric,
    moved_out_at_least_kg numeric,
    returned_kg numeric,
    returned_at_least_kg numeric,
    away_kg numeric,
    away_at_least_kg numeric,
    given_out_kg numeric,
    given_out_at_least_kg numeric,
    on_hand_kg numeric,
    on_hand_at_most_kg numeric,
    overdrawn_kg numeric,
    overdrawn_at_least_kg numeric,
    is_counted boolean,
    counted_difference_kg numeric,
    accounted_ratio double precision
)
language sql immutable parallel safe as $$
    select
        case when unknown_links_count = 0 then known_into_children_kg end,
        case when unknown_links_count > 0 then known_into_children_kg end,
        case when unknown_shipments_count = 0 then known_shipped_kg end,
        case when unknown_shipments_count > 0 then known_shipped_kg end,
        case when unknown_out_count = 0 then out_kg end,
        case when unknown_out_count > 0 then out_kg end,
        case when unknown_back_count = 0 then back_kg end,
        case when unknown_back_count > 0 then back_kg end,
        case when is_away_known then known_shipped_kg - back_kg end,
        case when not is_away_known then known_away_kg end,
        case when is_all_known then gone_kg end,
        case when not is_all_known then known_into_children_kg + out_kg + known_away_kg end,
        case when is_known and left_kg >= 0 then left_kg end,
        case when not is_known and left_at_most_kg >= 0 then left_at_most_kg end,
        case when is_known and left_kg < 0 then -left_kg end,
        case when not is_known and left_at_most_kg < 0 then -left_at_most_kg end,
        unknown_since_count is not null,
        case
            when unknown_since_count is not null and is_known and is_all_known
                then left_kg - (weight_kg - gone_kg)
        end,
        case
            when is_all_known and is_known
                then cast(
                    (gone_kg + case when unknown_since_count is null then 0 else left_kg end)
                    / nullif(weight_kg, 0) as double precision
                )
        end
    from (
        select
            coalesce(known_moved_out_kg, 0) as out_kg,
            coalesce(unknown_moved_out_count, 0) as unknown_out_count,
            coalesce(known_returned_kg, 0) as back_kg,
            coalesce(unknown_returns_count, 0) as unknown_back_count
    ) as moved
    cross join lateral (
        select
            known_into_children_kg + known_shipped_kg + out_kg - back_kg as gone_kg,
            unknown_links_count + unknown_shipments_count + unknown_out_count + unknown_back_count = 0
                as is_all_known,
            unknown_shipments_count + unknown_back_count = 0 as is_away_known,
            case when unknown_back_count > 0 then 0 else greatest(known_shipped_kg - back_kg, 0) end
                as known_away_kg
    ) as given_out
    cross join lateral (
        select
            case
                when unknown_since_count is null then weight_kg - gone_kg
                else counted_kg + since_kg
            end as left_kg,
            case
                when unknown_since_count is null
                    then weight_kg - gone_kg - back_kg + coalesce(returned_at_most_kg, 0)
                else counted_kg + since_at_most_kg
            end as left_at_most_kg,
            case
                when unknown_since_count is null then is_all_known
                else unknown_since_count = 0 and counted_kg is not null
            end as is_known
    ) as rest
$$;

create or replace function unit_balance(of_lot_id bigint, of_quantity numeric, of_unit text) returns table (
    given_out_quantity numeric,
    given_out_at_least_quantity numeric,
    on_hand_quantity numeric,
    on_hand_at_most_quantity numeric,
    overdrawn_quantity numeric
)
language sql stable parallel safe as $$
    select
        case when is_known then used + shipped - returned end,
        case
            when not is_known
                then used + case when is_back_known then greatest(shipped - returned, 0) else 0 end
        end,
        case when is_left_known and left_quantity >= 0 then left_quantity end,
        case when not is_left_known and is_only_less and left_quantity >= 0 then left_quantity end,
        case when is_only_less and left_quantity < 0 then -left_quantity end
    from (
        select
            coalesce(sum(gone.quantity) filter (where way = 'used' and gone.unit = of_unit), 0) as used,
            coalesce(sum(gone.quantity) filter (where way = 'shipped' and gone.unit = of_unit), 0)
                as shipped,
            coalesce(sum(gone.quantity) filter (where way = 'returned' and gone.unit = of_unit), 0)
                as returned,
            coalesce(
                bool_and(gone.unit is not distinct from of_unit) filter (where way is not null), true
            ) as is_known,
            coalesce(
                bool_and(gone.unit is not distinct from of_unit) filter (where way = 'returned'), true
            ) as is_back_known,
            coalesce(bool_and(gone.unit is not distinct from of_unit) filter (where is_since), true)
                as is_left_known,
            coalesce(
                bool_and(gone.unit is not distinct from of_unit)
                filter (where is_since and way = 'returned'),
                true
            ) as is_only_less,
            min(start.quantity) + coalesce(
                sum(case way when 'returned' then gone.quantity else -gone.quantity end)
                filter (where is_since and gone.unit = of_unit),
                0
            ) as left_quantity
        from (select 1) as one
        left join lateral (
            select movements.quantity, movements.unit, movements.happened_at, movements.recorded_at
            from movements
            where movements.lot_id = of_lot_id and movements.kind = 'COUNTED'
            order by movements.happened_at desc, movements.recorded_at desc
            limit 1
        ) as counted on true
        cross join lateral (
            select
                case
                    when counted.happened_at is null then of_quantity
                    when counted.unit = of_unit then counted.quantity
                end as quantity
        ) as start
        left join lateral (
            select
                flows.*,
                counted.happened_at is null
                or (flows.happened_at, flows.recorded_at) > (counted.happened_at, counted.recorded_at)
                    as is_since
            from (
                select 'used' as way, quantity, unit, happened_at, recorded_at
                from lot_genealogy
                where parent_lot_id = of_lot_id
                union all
                select 'shipped', quantity, unit, happened_at, recorded_at
                from shipments
                where lot_id = of_lot_id
                union all
                select
                    case kind when 'RETURNED' then 'returned' else 'used' end,
                    quantity, unit, happened_at, recorded_at
                from movements
                where lot_id = of_lot_id and kind not in ('COUNTED', 'DOWNGRADED')
            ) as flows
        ) as gone on true
    ) as added
    where of_quantity is not null
$$;

-- What a lot had left in its own unit between the counts around a moment, as `lot_left` tells it in
-- kilograms: at most so many; negative: more left it than were there; null: nobody knows.
create function units_left(
    of_lot_id bigint, of_quantity numeric, of_unit text, at timestamptz, recorded timestamptz
) returns table (at_most_quantity numeric, is_known boolean)
language sql stable parallel safe as $$
    select
        case
            when coalesce(
                bool_and(flows.unit is not distinct from of_unit) filter (where flows.sign = 1), true
            )
                then min(start.quantity)
                + coalesce(sum(flows.sign * flows.quantity) filter (where flows.unit = of_unit), 0)
        end,
        coalesce(
            bool_and(flows.unit is not distinct from of_unit) filter (where flows.sign is not null), true
        )
    from (select 1) as one
    left join lateral (
        select quantity, unit, happened_at, recorded_at
        from movements
        where lot_id = of_lot_id and kind = 'COUNTED' and (happened_at, recorded_at) <= (at, recorded)
        order by happened_at desc, recorded_at desc
        limit 1
    ) as counted on true
    left join lateral (
        select happened_at, recorded_at
        from movements
        where lot_id = of_lot_id and kind = 'COUNTED' and (happened_at, recorded_at) > (at, recorded)
        order by happened_at, recorded_at
        limit 1
    ) as ending on true
    cross join lateral (
        select
            case
                when counted.happened_at is null then of_quantity
                when counted.unit = of_unit then counted.quantity
            end as quantity
    ) as start
    left join lateral (
        select gone.*
        from (
            select -1 as sign, quantity, unit, happened_at, recorded_at
            from lot_genealogy
            where parent_lot_id = of_lot_id
            union all
            select -1, quantity, unit, happened_at, recorded_at
            from shipments
            where lot_id = of_lot_id
            union all
            select
                case kind when 'RETURNED' then 1 else -1 end,
                quantity, unit, happened_at, recorded_at
            from movements
            where lot_id = of_lot_id and kind not in ('COUNTED', 'DOWNGRADED')
        ) as gone
        where
            (
                counted.happened_at is null
                or (gone.happened_at, gone.recorded_at) > (counted.happened_at, counted.recorded_at)
            )
            and (
                ending.happened_at is null
                or (gone.happened_at, gone.recorded_at) < (ending.happened_at, ending.recorded_at)
            )
    ) as flows on true
    where of_quantity is not null
$$;

create or replace function facts.guard_returns() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    select lots.lot_code into wrong
    from added
    inner join facts.lots on added.lot_id = lots.lot_id
    left join shipments on added.shipment_id = shipments.shipment_id
    where added.kind = 'RETURNED' and shipments.lot_id is distinct from added.lot_id
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'return_is_of_its_lots_shipment',
            message = format('what came back of lot %s was not shipped of it', wrong), detail = wrong;
    end if;
    -- An import takes history as it was; too much that came back becomes a finding.
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    select shipments.shipment_code into wrong
    from (select distinct shipment_id from added where kind = 'RETURNED') as lines
    inner join shipments on lines.shipment_id = shipments.shipment_id
    where
        shipments.quantity_kg < (
            select sum(movements.quantity_kg) from movements
            where movements.shipment_id = lines.shipment_id
        )
        or shipments.quantity < (
            select sum(movements.quantity) from movements
            where
                movements.shipment_id = lines.shipment_id
                and movements.unit = shipments.unit
        )
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'return_is_at_most_what_was_shipped',
            message = format('more of shipment %s would come back than left', wrong), detail = wrong;
    end if;
    return null;
end
$$;

create or replace function facts.guard_movement_void() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    select lots.lot_code into wrong
    from added
    inner join facts.movements as voided on added.movement_id = voided.movement_id
    inner join lots on voided.lot_id = lots.lot_id
    cross join lateral
        lot_left(lots.lot_id, lots.weight_kg, voided.happened_at, voided.recorded_at) as rest
    left join lateral
        units_left(lots.lot_id, lots.quantity, lots.unit, voided.happened_at, voided.recorded_at)
            as counted on true
    where
        voided.kind in ('RETURNED', 'COUNTED')
        and (rest.at_most_kg < 0 or counted.at_most_quantity < 0)
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'lot_gives_out_at_most_what_it_weighs',
            message = 'a lot would have given out more than it had', detail = wrong;
    end if;
    return null;
end
$$;

create trigger guard_units after insert on facts.movements
referencing new table as added
for each statement execute function facts.guard_units('lot_id', 'quantity is not null');
