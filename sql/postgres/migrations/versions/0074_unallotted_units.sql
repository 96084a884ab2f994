-- What went into a production in its unit, and nobody could allot to its outputs, left an unknown number of it:
-- the links said nothing, though the input did. All of it stands with the input's first link, as kilograms do.
create or replace view lot_genealogy as
select
    links.link_id,
    links.parent_lot_id,
    links.child_lot_id,
    links.quantity_kg,
    links.operator_id,
    links.happened_at,
    links.recorded_at,
    links.row_xid,
    links.source_key,
    links.expiry_reason,
    links.production_id,
    links.quantity,
    links.unit,
    links.rework_reason,
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
    end as unallotted_kg,
    links.happened_until,
    case
        when links.quantity is null and links.production_id is not null
            then (
                select
                    inputs.quantity * cast(
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
    end as unallotted_quantity,
    case
        when links.quantity is null and links.production_id is not null
            then (
                select
                    inputs.unit
                from facts.production_inputs as inputs
                where
                    inputs.production_id = links.production_id
                    and inputs.lot_id = links.parent_lot_id
            )
    end as unallotted_unit
from facts.lot_genealogy as links
where
    links.recorded_at <= (select known_until())
    and not exists (
        select from facts.link_voids as voids
        where voids.link_id = links.link_id and voids.recorded_at <= (select known_until())
    );

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
                select
                    'used' as way,
                    coalesce(quantity, unallotted_quantity) as quantity,
                    coalesce(unit, unallotted_unit) as unit,
                    happened_at,
                    recorded_at
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

create or replace function units_left(
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
            select
                -1 as sign,
                coalesce(quantity, unallotted_quantity) as quantity,
                coalesce(unit, unallotted_unit) as unit,
                happened_at,
                recorded_at
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
