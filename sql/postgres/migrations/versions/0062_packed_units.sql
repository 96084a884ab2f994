-- What was packed in pieces, trays or litres keeps its number: a whole unit that left said kilograms
-- alone, and with that nobody knew any more how many pieces of its lots were left.
alter table facts.packings
add column quantity numeric(18, 6),
add column unit text,
add constraint packing_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
add constraint packing_counts_more_than_0 check (quantity > 0),
add constraint counted_packing_is_weighed check (quantity is null or quantity_kg is not null);

grant insert (quantity, unit) on facts.packings to lotline_app;

create or replace view packings as
select packings.*
from facts.packings
where
    packings.recorded_at <= (select known_until())
    and not exists (
        select from facts.packing_voids as voids
        where
            voids.packing_id = packings.packing_id
            and voids.recorded_at <= (select known_until())
    );

create or replace view packed as
select
    packings.sscc,
    packings.lot_id,
    packings.inner_sscc,
    case
        when count(*) = count(packings.quantity_kg)
            then sum(case packings.kind when 'PACKED' then 1 else -1 end * packings.quantity_kg)
    end as quantity_kg,
    max(packings.happened_at) filter (where packings.kind = 'PACKED') as packed_at,
    case
        when count(*) = count(packings.quantity) and count(distinct packings.unit) = 1
            then sum(case packings.kind when 'PACKED' then 1 else -1 end * packings.quantity)
    end as quantity,
    case
        when count(*) = count(packings.quantity) and count(distinct packings.unit) = 1
            then min(packings.unit)
    end as unit
from packings
where
    not exists (
        select from packings as emptied
        where
            emptied.sscc = packings.sscc
            and emptied.lot_id is not distinct from packings.lot_id
            and emptied.inner_sscc is not distinct from packings.inner_sscc
            and emptied.kind = 'UNPACKED'
            and emptied.quantity_kg is null
            and emptied.packing_id >= packings.packing_id
    )
group by packings.sscc, packings.lot_id, packings.inner_sscc
having
    count(*) > count(packings.quantity_kg)
    or sum(case packings.kind when 'PACKED' then 1 else -1 end * packings.quantity_kg) > 0;

drop function lots_of_unit;

create function lots_of_unit(asked text)
returns table (sscc text, lot_id bigint, quantity_kg numeric, quantity numeric, unit text)
language sql stable
begin atomic
    with recursive units as (
        select asked as sscc
        union
        select inside.inner_sscc
        from units
        cross join lateral (
            select packed.inner_sscc from packed
            where packed.sscc = units.sscc and packed.inner_sscc is not null
            offset 0
        ) as inside
    )

    select inside.sscc, inside.lot_id, inside.quantity_kg, inside.quantity, inside.unit
    from units
    cross join lateral (
        select packed.sscc, packed.lot_id, packed.quantity_kg, packed.quantity, packed.unit
        from packed
        where packed.sscc = units.sscc and packed.lot_id is not null
        offset 0
    ) as inside;
end;
