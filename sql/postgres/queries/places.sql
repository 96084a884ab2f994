-- name: write_place
insert into facts.places (place_code, name, kind, partner_id, operator_id)
values (:place_code, :name, :kind, :partner_id, :operator_id)
returning place_id;

-- name: places_known
-- Every place, with the site it belongs to; none: the plant itself.
select
    places.place_id,
    places.place_code,
    places.name,
    places.label,
    places.kind,
    places.kind as place_kind,
    partners.partner_code as site_code,
    partners.name as site_name,
    places.revision_id,
    places.is_retired
from places
left join partners on places.partner_id = partners.partner_id
order by partners.name nulls first, places.place_code;

-- name: place_named
select place_id, place_code, label, name, kind, is_retired, revision_id
from places
where place_code = :place_code;

-- name: revise_place
insert into facts.place_revisions (place_id, name, kind, is_retired, reason, operator_id)
values (:place_id, :name, :kind, :is_retired, :reason, :operator_id)
returning revision_id;

-- name: history_of_place
-- What was known of a place, first to last.
select
    versions.recorded_at,
    versions.name,
    versions.kind as place_kind,
    versions.is_retired,
    versions.reason,
    users.full_name as written_by
from (
    select 0 as version, place_id, recorded_at, name, kind, false as is_retired, null as reason, operator_id
    from facts.places
    union all
    select revision_id, place_id, recorded_at, name, kind, is_retired, reason, operator_id
    from facts.place_revisions
) as versions
left join users on versions.operator_id = users.user_id
where
    versions.place_id = :place_id
    and versions.recorded_at <= (select known_until())
order by versions.version;

-- name: write_move
insert into facts.moves (
    lot_id, place_id, from_place_id, quantity_kg, quantity, unit, reason, operator_id, happened_at,
    happened_until
)
values (
    :lot_id, :place_id, :from_place_id, :quantity_kg, :quantity, :unit, :reason, :operator_id, :happened_at,
    :happened_until
)
returning
    move_id, lot_id, place_id, from_place_id, quantity_kg, quantity, unit, reason, operator_id,
    happened_at, happened_until, recorded_at;

-- name: write_receipt
-- All of a lot, where it came to be.
insert into facts.moves (lot_id, place_id, operator_id, happened_at, happened_until)
values (:lot_id, :place_id, :operator_id, :happened_at, :happened_until);

-- name: moves_of_lot
-- Where a lot was moved, latest first.
select
    moves.move_id,
    moves.happened_at,
    moves.happened_until,
    case
        when
            moves.operator_id is not null
            and not exists (
                select from facts.lot_voids as renames
                where renames.renamed_id = moves.lot_id and renames.row_xid = moves.row_xid
            )
            then moves.recorded_at
    end as entered_at,
    origins.label as from_place,
    places.label as to_place,
    moves.quantity_kg,
    moves.quantity,
    moves.unit,
    moves.reason,
    users.full_name as recorded_by
from moves
inner join places on moves.place_id = places.place_id
left join places as origins on moves.from_place_id = origins.place_id
left join users on moves.operator_id = users.user_id
where moves.lot_id = :lot_id
order by moves.happened_at desc, moves.move_id desc;

-- name: lots_brought_to
-- Lots of which anything was brought to a place and may be there still. Left out is what is surely not:
-- a lot that all went to another place later, and one that is used up whatever the order was.
with brought as (
    select
        lot_id,
        max(happened_at) as last_at,
        max(coalesce(happened_until, happened_at)) as last_by
    from (
        select lot_id, place_id, happened_at, happened_until from moves
        union all
        select lot_id, place_id, happened_at, happened_until from movements
        where kind = 'RETURNED'
    ) as came
    where place_id = (select place_id from places where place_code = :place_code)
    group by lot_id
),

went_on as (
    select lot_id, max(happened_at) as last_at
    from moves
    where
        place_id <> (select place_id from places where place_code = :place_code)
        and from_place_id is null
        and quantity_kg is null
        and quantity is null
        and happened_until is null
    group by lot_id
),

staying as (
    select brought.lot_id
    from brought
    left join went_on
        on
            brought.lot_id = went_on.lot_id
            and brought.last_at < went_on.last_at
            and brought.last_by <= went_on.last_at
    where went_on.lot_id is null
),

gone as (
    select lot_id, sum(kg) as kg, bool_or(is_back) as is_back
    from (
        select parent_lot_id as lot_id, coalesce(quantity_kg, unallotted_kg) as kg, false as is_back
        from lot_genealogy
        union all
        select lot_id, quantity_kg, false from shipments
        union all
        select lot_id, quantity_kg, kind in ('RETURNED', 'COUNTED') from movements
        where kind <> 'DOWNGRADED'
    ) as left_them
    group by lot_id
)

select staying.lot_id
from staying
inner join lots on staying.lot_id = lots.lot_id
left join gone on staying.lot_id = gone.lot_id
where gone.lot_id is null or gone.is_back or coalesce(gone.kg < lots.weight_kg, true);

-- name: lot_that_stood
select
    lot_id,
    lot_code,
    weight_kg,
    quantity,
    unit,
    happened_at
from lots
where lot_code = :lot_code;

-- name: flows_of_lots
-- All that came to lots, left them and was moved of them, in order: what says where they stand. What
-- was put into a production for several lots left once, as so many kilograms.
select
    flows.lot_id,
    flows.move_id,
    flows.movement_id,
    lots.weight_kg,
    lots.quantity as lot_quantity,
    lots.unit as lot_unit,
    flows.what,
    flows.quantity_kg,
    flows.quantity,
    flows.unit,
    origins.place_code as from_place_code,
    origins.label as from_place,
    places.place_code as to_place_code,
    places.label as to_place,
    flows.happened_at,
    flows.happened_until
from (
    select
        lot_id, move_id, null::bigint as movement_id, 'MOVED' as what, quantity_kg, quantity, unit,
        from_place_id, place_id, happened_at, happened_until, recorded_at, 0 as first_to_last
    from moves
    where lot_id = any(cast(:lot_ids as bigint []))
    union all
    select
        parent_lot_id, null, null, 'LEFT', coalesce(quantity_kg, unallotted_kg),
        coalesce(quantity, unallotted_quantity), coalesce(unit, unallotted_unit), null, null, happened_at,
        happened_until, recorded_at, 1
    from lot_genealogy
    where parent_lot_id = any(cast(:lot_ids as bigint []))
    union all
    select
        lot_id, null, null, 'LEFT', quantity_kg, quantity, unit, from_place_id, null, happened_at,
        happened_until, recorded_at, 1
    from shipments
    where lot_id = any(cast(:lot_ids as bigint []))
    union all
    select
        lot_id,
        null,
        movement_id,
        case kind when 'RETURNED' then 'CAME' when 'COUNTED' then 'COUNTED' else 'LEFT' end,
        quantity_kg,
        quantity,
        unit,
        case when kind <> 'RETURNED' then place_id end,
        case when kind = 'RETURNED' then place_id end,
        happened_at, happened_until, recorded_at, 1
    from movements
    where lot_id = any(cast(:lot_ids as bigint [])) and kind <> 'DOWNGRADED'
) as flows
inner join lots on flows.lot_id = lots.lot_id
left join places on flows.place_id = places.place_id
left join places as origins on flows.from_place_id = origins.place_id
order by flows.lot_id, flows.happened_at, flows.recorded_at, flows.first_to_last;

-- name: codes_of_lots
select lot_code from lots where lot_id = any(:lot_ids) order by lot_code;
