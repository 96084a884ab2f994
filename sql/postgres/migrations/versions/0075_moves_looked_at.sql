-- Rules read where lots were moved (nothing_left_a_place_beyond_what_stood_there), so a move and its
-- void bear on their lot.

-- Whether an entry of the trail may bear on lots: not who signed in, and no partner, product or run
-- that is new, for nothing hangs on these until a fact says so. A production bears on lots by its
-- inputs, outputs and links, which are written with it; so does its void, by the voids of its links.
-- A place bears on them by what went there or left it; what it is called, no rule reads.
create or replace function audit.bears_on_lots(table_name text, action text) returns boolean
language sql immutable parallel safe
return table_name <> all (array[
    'users', 'sign_ins', 'sign_in_failures', 'run_requests', 'dagster_acts', 'import_mappings',
    'decision_signatures', 'finding_settlements', 'productions', 'production_voids',
    'imports', 'places', 'place_revisions'
])
and (action <> 'insert' or table_name <> all (array['products', 'partners', 'production_runs']));

-- Of these lots, those about which checks that saw the trail up to an entry have nothing to say:
-- facts bear on them that came later, or that an answer as of an earlier moment doesn't know. A
-- fact bears on the lots it is about, on lots of the same shipment or pallet (a unit with all that ever
-- stood in it or around it; a correction too, for it may change the product), and on all that lie before and behind these: a rule may name any of them.
-- Where the trail is another, much was written, or
-- something that any lot may hang on, it is all of them. It runs as the owner: the app reads the
-- trail only through this.
create or replace function lots_not_looked_at(looked_until bigint, head text, of_lot_ids bigint [])
returns setof bigint
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
    facts_followed constant integer := 200;
    lots_followed constant integer := 5000;
    named bigint [];
    reached bigint [];
    is_any boolean;
begin
    if looked_until > 0 and not exists (
        select from audit.entries where entry_id = looked_until and hash = decode(head, 'hex')
    ) then
        return query select unnest(of_lot_ids);
        return;
    end if;
    with recursive unseen as materialized (
        (
            select table_name, action, after from audit.entries
            where entry_id > looked_until and recorded_at <= known_until()
            order by entry_id limit facts_followed + 1
        )
        union all
        (
            select table_name, action, after from audit.entries
            where entry_id <= looked_until and recorded_at > known_until()
            order by recorded_at limit facts_followed + 1
        )
    ),

    bearing as materialized (
        select * from unseen
        where audit.bears_on_lots(table_name, action)
    ),

    keys as (
        select
            cast(after ->> 'lot_id' as bigint) as lot_id,
            cast(after ->> 'parent_lot_id' as bigint) as parent_lot_id,
            cast(after ->> 'child_lot_id' as bigint) as child_lot_id,
            cast(after ->> 'link_id' as bigint) as link_id,
            cast(after ->> 'decision_id' as bigint) as decision_id,
            cast(after ->> 'reading_id' as bigint) as reading_id,
            cast(after ->> 'shipment_id' as bigint) as shipment_id,
            cast(after ->> 'movement_id' as bigint) as movement_id,
            cast(after ->> 'packing_id' as bigint) as packing_id,
            cast(after ->> 'move_id' as bigint) as move_id,
            after ? 'correction_id' as is_correction
        from bearing
    ),

    units (sscc) as (
        select packings.sscc
        from keys inner join facts.packings as packings on keys.packing_id = packings.packing_id
        union
        select search_key(shipments.sscc)
        from keys inner join facts.shipments as shipments on keys.shipment_id = shipments.shipment_id
        where shipments.sscc is not null
        union
        select packings.sscc
        from keys inner join facts.packings as packings on keys.lot_id = packings.lot_id
        where keys.is_correction
        union
        select search_key(shipments.sscc)
        from keys inner join facts.shipments as shipments on keys.lot_id = shipments.lot_id
        where keys.is_correction and shipments.sscc is not null
        union
        select beside.sscc
        from units
        cross join lateral (
            select packings.inner_sscc as sscc from facts.packings as packings
            where packings.sscc = units.sscc and packings.inner_sscc is not null
            union all
            select packings.sscc from facts.packings as packings
            where packings.inner_sscc = units.sscc
        ) as beside
    ),

    units_followed as materialized (
        select sscc from units limit lots_followed
    ),

    lots_named as (
        select unnest(array[lot_id, parent_lot_id, child_lot_id]) as lot_id from keys
        union
        select unnest(array[links.parent_lot_id, links.child_lot_id])
        from keys inner join facts.lot_genealogy as links on keys.link_id = links.link_id
        union
        select decisions.lot_id
        from keys inner join facts.qc_decisions as decisions on keys.decision_id = decisions.decision_id
        union
        select readings.lot_id
        from keys inner join facts.readings as readings on keys.reading_id = readings.reading_id
        union
        select movements.lot_id
        from keys inner join facts.movements as movements on keys.movement_id = movements.movement_id
        union
        select moves.lot_id
        from keys inner join facts.moves as moves on keys.move_id = moves.move_id
        union
        select others.lot_id
        from keys
        inner join facts.shipments as shipments on keys.shipment_id = shipments.shipment_id
        inner join facts.shipments as others on shipments.shipment_code = others.shipment_code
        union
        select packings.lot_id
        from units_followed inner join facts.packings as packings on units_followed.sscc = packings.sscc
        union
        select shipments.lot_id
        from units_followed
        inner join facts.shipments as shipments on units_followed.sscc = search_key(shipments.sscc)
    )

    select
        (select array_agg(lot_id) from lots_named where lot_id is not null),
        (select count(*) > facts_followed from unseen)
        or (select count(*) >= lots_followed from units_followed)
        or exists (
            select from bearing
            where not coalesce(after ?| array[
                'lot_id', 'parent_lot_id', 'link_id', 'decision_id', 'reading_id', 'shipment_id',
                'movement_id', 'packing_id', 'move_id'
            ], false)
        )
    into named, is_any;
    if not is_any and named is not null then
        select array_agg(lot_id) into reached
        from (
            select lot_id
            from (
                with recursive before_it (lot_id) as (
                    select unnest(named)
                    union
                    select links.parent_lot_id
                    from before_it inner join lot_genealogy as links on before_it.lot_id = links.child_lot_id
                )
                select lot_id from before_it limit lots_followed
            ) as walked_back
            union all
            select lot_id
            from (
                with recursive behind_it (lot_id) as (
                    select unnest(named)
                    union
                    select links.child_lot_id
                    from behind_it inner join lot_genealogy as links on behind_it.lot_id = links.parent_lot_id
                )
                select lot_id from behind_it limit lots_followed
            ) as walked_on
        ) as walked;
        is_any := cardinality(reached) >= lots_followed;
    end if;
    if is_any then
        return query select unnest(of_lot_ids);
    else
        return query select unnest(of_lot_ids) intersect select unnest(reached);
    end if;
end
$$;
