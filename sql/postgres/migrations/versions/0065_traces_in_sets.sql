-- What a trace asks of its lots is found in sets, however many they are, and what no lot of it has is
-- not looked for.
create index lot_genealogy_unallotted on facts.lot_genealogy (parent_lot_id)
where quantity_kg is null and production_id is not null;

create function each_lot(of_lot_ids bigint []) returns setof bigint
language plpgsql immutable strict parallel safe rows 60 as $$
begin
    return query select unnest(of_lot_ids);
end
$$;

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
language plpgsql stable parallel safe as $$
#variable_conflict use_column
begin
    if not exists (select from movements where movements.lot_id = any(of_lot_ids)) then
        return;
    end if;
    return query
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
    left join taken on sums.lot_id = taken.lot_id;
end
$$;
