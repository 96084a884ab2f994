-- Stretches of production days that carry-over ties together, from one clean break to the next.
--
-- kind: view
-- grain: first_day
-- columns:
--   first_day            first production day of the stretch, in the site's zone
--   last_day             last one
--   days_count           production days in it; 1: nothing was carried into or out of the day
--   lots_count           lots made on these days
--   links_count          links that carry over
--   carried_kg           their kilograms; null: not all of them are known
--   carried_at_least_kg  then, those that are known
--   lot_types            types of the lots carried into, in the order of the plant's stages
--
-- Carry-over is a link from a lot of an earlier day into one of the same stage or of an earlier
-- stage: what flows on to a later stage is the plant's normal way, however long it waits. A clean
-- break lies between two production days that no such link spans. Lots without a type are left out.

with

made as (
    select
        lots.lot_id,
        lots.lot_type,
        types.position as stage,
        timezone(getvariable('site_zone'), lots.happened_at)::date as made_on
    from raw.lots as lots
    inner join raw.lot_types as types on lots.lot_type = types.lot_type
),

carried as (
    select
        parents.made_on as from_day,
        children.made_on as into_day,
        children.lot_type,
        children.stage,
        links.quantity_kg
    from raw.lot_genealogy as links
    inner join made as parents on links.parent_lot_id = parents.lot_id
    inner join made as children on links.child_lot_id = children.lot_id
    where parents.stage >= children.stage and parents.made_on < children.made_on
),

producing as (
    select
        made_on as day,
        count(*) as lots_count
    from made
    where lot_id in (select child_lot_id from raw.lot_genealogy)
    group by made_on
),

days as (
    from producing
    union
    select
        from_day,
        0
    from carried
    where from_day not in (select day from producing)
),

reaching as (
    select
        days.day,
        days.lots_count,
        max(carried.into_day) as reached_day
    from days
    left join carried on days.day = carried.from_day
    group by days.day, days.lots_count
),

begun as (
    select
        day,
        lots_count,
        coalesce(max(reached_day) over before < day, true) as is_first
    from reaching
    window before as (order by day rows between unbounded preceding and 1 preceding)
),

numbered as (
    select
        day,
        lots_count,
        sum(is_first::integer) over (order by day) as stretch
    from begun
),

carried_into as (
    select
        into_day,
        count(*) as links_count,
        coalesce(sum(quantity_kg), 0) as carried_kg,
        count(*) - count(quantity_kg) as unknown_count,
        list(distinct {'stage': stage, 'lot_type': lot_type}) as types
    from carried
    group by into_day
)

select
    min(numbered.day) as first_day,
    max(numbered.day) as last_day,
    count(*) as days_count,
    sum(numbered.lots_count)::bigint as lots_count,
    coalesce(sum(carried_into.links_count), 0)::bigint as links_count,
    case
        when coalesce(sum(carried_into.unknown_count), 0) = 0
            then coalesce(sum(carried_into.carried_kg), 0)
    end as carried_kg,
    case
        when sum(carried_into.unknown_count) > 0 then sum(carried_into.carried_kg)
    end as carried_at_least_kg,
    coalesce(
        array_to_string(
            list_transform(
                list_sort(list_distinct(flatten(list(carried_into.types) filter (
                    carried_into.types is not null
                )))),
                lambda kind: kind.lot_type
            ),
            ', '
        ),
        ''
    ) as lot_types
from numbered
left join carried_into on numbered.day = carried_into.into_day
group by numbered.stretch
