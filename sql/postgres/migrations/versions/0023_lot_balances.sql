-- What is known of a lot's kilograms, of its weight and what left it, known and of unknown quantity.
--
-- A column of kilograms is filled only where they are known exactly. Where they aren't, one beside it
-- says the bound that is known: at least so many left, so at most so many are here. A lot that gave
-- out more than it weighed has no stock to tell, only by how much it is overdrawn. Lists, lot pages,
-- guards and traces read it here; `genealogy.mass_balance` says the same of an edition.
create function balance_of(
    weight_kg numeric,
    known_into_children_kg numeric,
    unknown_links_count bigint,
    known_shipped_kg numeric,
    unknown_shipments_count bigint
) returns table (
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
language sql immutable parallel safe as $$
    select
        case when unknown_links_count = 0 then known_into_children_kg end,
        case when unknown_links_count > 0 then known_into_children_kg end,
        case when unknown_shipments_count = 0 then known_shipped_kg end,
        case when unknown_shipments_count > 0 then known_shipped_kg end,
        case when is_known then known_kg end,
        case when not is_known then known_kg end,
        case when is_known and weight_kg >= known_kg then weight_kg - known_kg end,
        case when not is_known and weight_kg >= known_kg then weight_kg - known_kg end,
        case when is_known and weight_kg < known_kg then known_kg - weight_kg end,
        case when not is_known and weight_kg < known_kg then known_kg - weight_kg end,
        case when is_known then cast(known_kg / nullif(weight_kg, 0) as double precision) end
    from (
        select
            known_into_children_kg + known_shipped_kg as known_kg,
            unknown_links_count + unknown_shipments_count = 0 as is_known
    ) as given_out
$$;

-- The same of one lot, where a page shows few.
create function lot_balance(of_lot_id bigint) returns table (
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
    from lots
    cross join lateral (
        select coalesce(sum(quantity_kg), 0) as kg, count(*) - count(quantity_kg) as unknown_count
        from lot_genealogy
        where parent_lot_id = of_lot_id
    ) as used
    cross join lateral (
        select coalesce(sum(quantity_kg), 0) as kg, count(*) - count(quantity_kg) as unknown_count
        from shipments
        where lot_id = of_lot_id
    ) as shipped
    cross join lateral balance_of(
        lots.weight_kg, used.kg, used.unknown_count, shipped.kg, shipped.unknown_count
    ) as balance
    where lots.lot_id = of_lot_id
$$;
