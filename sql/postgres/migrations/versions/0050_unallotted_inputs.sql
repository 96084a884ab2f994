-- `unallotted_kg`: where an input of a production is known, but not how much of it went into which
-- output, all of it stands with the input's first link, and 0 with the others. So a sum of
-- coalesce(quantity_kg, unallotted_kg) over a parent's links is what went out of it.
create or replace view lot_genealogy as
select
    links.*,
    case
        when links.quantity_kg is null and links.production_id is not null
            then (
                select
                    inputs.quantity_kg * cast(
                        not exists (
                            select from facts.lot_genealogy as earlier
                            where
                                earlier.production_id = links.production_id
                                and earlier.parent_lot_id = links.parent_lot_id
                                and earlier.link_id < links.link_id
                        ) as integer
                    )
                from facts.production_inputs as inputs
                where
                    inputs.production_id = links.production_id
                    and inputs.lot_id = links.parent_lot_id
            )
    end as unallotted_kg
from facts.lot_genealogy as links
where
    links.recorded_at <= (select known_until())
    and not exists (
        select from facts.link_voids as voids
        where voids.link_id = links.link_id and voids.recorded_at <= (select known_until())
    );

create or replace function movement_sums(of_lot_ids bigint []) returns table (
    lot_id bigint,
    moved_out_kg numeric,
    unknown_moved_out_count bigint,
    returned_kg numeric,
    returned_at_most_kg numeric,
    unknown_returns_count bigint,
    counted_kg numeric,
    since_kg numeric,
    since_at_most_kg numeric,
    unknown_since_count bigint
)
language sql stable parallel safe as $$
    with moved as (
        select
            movements.*,
            movements.kind in ('WASTE', 'SAMPLE', 'DESTROYED', 'SENT_BACK', 'DONATED') as is_out,
            movements.kind = 'RETURNED' as is_back
        from movements
        where movements.lot_id = any(of_lot_ids)
    ),

    counts as (
        select distinct on (moved.lot_id)
            moved.lot_id, moved.quantity_kg, moved.happened_at, moved.recorded_at
        from moved
        where moved.kind = 'COUNTED'
        order by moved.lot_id, moved.happened_at desc, moved.recorded_at desc
    ),

    placed as (
        select
            moved.*,
            counts.lot_id is null
            or (moved.happened_at, moved.recorded_at) > (counts.happened_at, counts.recorded_at)
                as is_since
        from moved
        left join counts on moved.lot_id = counts.lot_id
    ),

    sums as (
        select
            placed.lot_id,
            coalesce(sum(quantity_kg) filter (where is_out), 0) as out_kg,
            count(*) filter (where is_out and quantity_kg is null) as unknown_out_count,
            coalesce(sum(quantity_kg) filter (where is_back), 0) as back_kg,
            count(*) filter (where is_back and quantity_kg is null) as unknown_back_count,
            coalesce(sum(quantity_kg) filter (where is_out and is_since), 0) as out_since_kg,
            coalesce(sum(quantity_kg) filter (where is_back and is_since), 0) as back_since_kg,
            count(*) filter (where (is_out or is_back) and is_since and quantity_kg is null)
                as unknown_since_count
        from placed
        group by placed.lot_id
    ),

    lines as (
        select
            placed.lot_id,
            shipments.quantity_kg as line_kg,
            counts.lot_id is null
            or (shipments.happened_at, shipments.recorded_at) > (counts.happened_at, counts.recorded_at)
                as is_since,
            coalesce(sum(placed.quantity_kg) filter (where placed.is_since), 0) as since_kg,
            coalesce(sum(placed.quantity_kg) filter (where not placed.is_since), 0) as before_kg,
            bool_or(placed.quantity_kg is null and placed.is_since) as is_unknown
        from placed
        left join shipments on placed.shipment_id = shipments.shipment_id
        left join counts on placed.lot_id = counts.lot_id
        where placed.is_back
        group by placed.lot_id, placed.shipment_id, shipments.shipment_id, shipments.quantity_kg,
            shipments.happened_at, shipments.recorded_at, counts.lot_id, counts.happened_at,
            counts.recorded_at
    ),

    came_back as (
        select
            bounds.lot_id,
            case when count(*) = count(bounds.kg) then sum(bounds.kg) end as at_most_kg
        from (
            select
                lines.lot_id,
                case
                    when line_kg is not null and is_unknown then line_kg - before_kg
                    when line_kg is null and is_since then 0
                    when not is_unknown then since_kg
                end as kg
            from lines
        ) as bounds
        group by bounds.lot_id
    ),

    taken as (
        select
            counts.lot_id,
            coalesce(sum(given.quantity_kg), 0) as kg,
            count(given.lot_id) - count(given.quantity_kg) as unknown_count
        from counts
        left join lateral (
            select
                links.parent_lot_id as lot_id,
                coalesce(links.quantity_kg, links.unallotted_kg) as quantity_kg
            from lot_genealogy as links
            where
                links.parent_lot_id = counts.lot_id
                and (links.happened_at, links.recorded_at) > (counts.happened_at, counts.recorded_at)
            union all
            select shipments.lot_id, shipments.quantity_kg
            from shipments
            where
                shipments.lot_id = counts.lot_id
                and (shipments.happened_at, shipments.recorded_at)
                > (counts.happened_at, counts.recorded_at)
        ) as given on true
        group by counts.lot_id
    )

    select
        sums.lot_id,
        sums.out_kg,
        sums.unknown_out_count,
        sums.back_kg,
        case when counts.lot_id is null then coalesce(came_back.at_most_kg, 0) end,
        sums.unknown_back_count,
        counts.quantity_kg,
        sums.back_since_kg - sums.out_since_kg - taken.kg,
        case when came_back.lot_id is null then 0 else came_back.at_most_kg end
        - sums.out_since_kg - taken.kg,
        sums.unknown_since_count + taken.unknown_count
    from sums
    left join counts on sums.lot_id = counts.lot_id
    left join came_back on sums.lot_id = came_back.lot_id
    left join taken on sums.lot_id = taken.lot_id
$$;

create or replace function lot_balance(of_lot_id bigint, of_weight_kg numeric) returns table (
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
language sql stable parallel safe as $$
    select balance.*
    from (
        select
            coalesce(sum(coalesce(quantity_kg, unallotted_kg)), 0) as kg,
            count(*) - count(coalesce(quantity_kg, unallotted_kg)) as unknown_count
        from lot_genealogy
        where parent_lot_id = of_lot_id
    ) as used
    cross join (
        select coalesce(sum(quantity_kg), 0) as kg, count(*) - count(quantity_kg) as unknown_count
        from shipments
        where lot_id = of_lot_id
    ) as shipped
    left join movement_sums(array[of_lot_id]) as moved on true
    cross join lateral balance_of(
        of_weight_kg, used.kg, used.unknown_count, shipped.kg, shipped.unknown_count,
        moved.moved_out_kg, moved.unknown_moved_out_count, moved.returned_kg,
        moved.returned_at_most_kg, moved.unknown_returns_count, moved.counted_kg, moved.since_kg,
        moved.since_at_most_kg, moved.unknown_since_count
    ) as balance
$$;

create or replace function lot_left(
    of_lot_id bigint, of_weight_kg numeric, at timestamptz, recorded timestamptz
) returns table (at_most_kg numeric, is_known boolean)
language plpgsql stable parallel safe as $$
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

create or replace trigger guard_kilograms after insert on facts.lot_genealogy
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'parent_lot_id', 'quantity_kg > 0 or production_id is not null', 'happened_at', 'recorded_at'
);
