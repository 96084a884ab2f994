alter table facts.lots
add column quantity numeric(18, 6),
add column unit text,
add constraint lot_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
add constraint lot_counts_0_or_more check (quantity >= 0);

alter table facts.lot_corrections
add column quantity numeric(18, 6),
add column unit text,
add constraint corrected_lot_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
add constraint corrected_lot_counts_0_or_more check (quantity >= 0);

alter table facts.lot_genealogy
add column quantity numeric(18, 6),
add column unit text,
add constraint link_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
add constraint link_counts_more_than_0 check (quantity > 0);

alter table facts.shipments
add column quantity numeric(18, 6),
add column unit text,
add constraint shipment_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
add constraint shipment_counts_more_than_0 check (quantity > 0);

alter table facts.products
add column unit text,
add column kg_per_unit numeric(18, 6),
add constraint product_weighs_more_than_0_kg_a_unit check (kg_per_unit is null or (kg_per_unit > 0 and unit is not null));

alter table facts.product_revisions
add column unit text,
add column kg_per_unit numeric(18, 6),
add constraint revised_product_weighs_more_than_0_kg_a_unit
check (kg_per_unit is null or (kg_per_unit > 0 and unit is not null));

-- Few links have an amount in a unit where kilograms are a plant's habit: a trace asks this index for
-- them, and only where kilograms are unknown.
create index lot_genealogy_in_units on facts.lot_genealogy (child_lot_id)
include (link_id, parent_lot_id, quantity, unit) where quantity is not null;

create or replace view products as
select
    products.product_id,
    products.product_code,
    case when latest.revision_id is null then products.name else latest.name end as name,
    case when latest.revision_id is null then products.gtin else latest.gtin end as gtin,
    products.recorded_at,
    products.row_xid,
    latest.revision_id,
    case when latest.revision_id is null then products.unit else latest.unit end as unit,
    case
        when latest.revision_id is null then products.kg_per_unit else latest.kg_per_unit
    end as kg_per_unit
from facts.products
left join lateral (
    select revisions.*
    from facts.product_revisions as revisions
    where
        revisions.product_id = products.product_id
        and revisions.recorded_at <= (select known_until())
    order by revisions.revision_id desc
    limit 1
) as latest on true
where products.recorded_at <= (select known_until());

create or replace view lots as
select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    case when latest.correction_id is null then lots.product_id else latest.product_id end as product_id,
    lots.run_id,
    lots.phase_id,
    lots.supplier_id,
    lots.supplier_lot_code,
    case when latest.correction_id is null then lots.weight_kg else latest.weight_kg end as weight_kg,
    case
        when latest.correction_id is null then lots.temperature_c else latest.temperature_c
    end as temperature_c,
    case when latest.correction_id is null then lots.expires_on else latest.expires_on end as expires_on,
    lots.metadata,
    lots.operator_id,
    case when latest.correction_id is null then lots.happened_at else latest.happened_at end as happened_at,
    lots.recorded_at,
    lots.row_xid,
    lots.code_skeleton,
    latest.correction_id,
    case when latest.correction_id is null then lots.quantity else latest.quantity end as quantity,
    case when latest.correction_id is null then lots.unit else latest.unit end as unit
from facts.lots
left join (
    select corrections.*
    from facts.lot_corrections as corrections
    where
        corrections.recorded_at <= (select known_until())
        and not exists (
            select from facts.lot_corrections as newer
            where
                newer.lot_id = corrections.lot_id
                and newer.correction_id > corrections.correction_id
                and newer.recorded_at <= (select known_until())
        )
) as latest on lots.lot_id = latest.lot_id
where
    lots.recorded_at <= (select known_until())
    and not exists (
        select from facts.lot_voids as voids
        where voids.lot_id = lots.lot_id and voids.recorded_at <= (select known_until())
    );

create or replace view lot_genealogy as
select links.*
from facts.lot_genealogy as links
where
    links.recorded_at <= (select known_until())
    and not exists (
        select from facts.link_voids as voids
        where voids.link_id = links.link_id and voids.recorded_at <= (select known_until())
    );

create or replace view shipments as
select shipments.*
from facts.shipments
where
    shipments.recorded_at <= (select known_until())
    and not exists (
        select from facts.shipment_voids as voids
        where
            voids.shipment_id = shipments.shipment_id
            and voids.recorded_at <= (select known_until())
    );

-- What is known of a lot's amount in its own unit: what it gave out, and what is on hand. Amounts of
-- another unit, and kilograms alone, are unknown in this one; of what came back, or was counted in
-- kilograms, nobody knows how many it is. A lot without such an amount has no row.
create function unit_balance(of_lot_id bigint, of_quantity numeric, of_unit text) returns table (
    given_out_quantity numeric,
    given_out_at_least_quantity numeric,
    on_hand_quantity numeric,
    on_hand_at_most_quantity numeric,
    overdrawn_quantity numeric
)
language sql stable parallel safe as $$
    select
        case when is_known then known end,
        case when not is_known then known end,
        case when is_known and of_quantity >= known then of_quantity - known end,
        case when not is_known and is_only_less and of_quantity >= known then of_quantity - known end,
        case when is_only_less and of_quantity < known then known - of_quantity end
    from (
        select
            coalesce(sum(quantity) filter (where unit = of_unit), 0) as known,
            coalesce(bool_and(unit is not distinct from of_unit), true) as is_known,
            coalesce(bool_and(is_out), true) as is_only_less
        from (
            select quantity, unit, true as is_out
            from lot_genealogy
            where parent_lot_id = of_lot_id
            union all
            select quantity, unit, true
            from shipments
            where lot_id = of_lot_id
            union all
            select null, null, kind not in ('RETURNED', 'COUNTED')
            from movements
            where lot_id = of_lot_id and kind <> 'DOWNGRADED'
        ) as gone
    ) as added
    where of_quantity is not null
$$;

-- No lot gives out more than it counts, in its own unit.
create function facts.guard_units() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    execute format(
        'select string_agg(distinct l.lot_code, e''\n'')
         from (select distinct %I as lot_id from added where %s) as a
         join lots as l using (lot_id)
         cross join lateral unit_balance(l.lot_id, l.quantity, l.unit) as rest
         where rest.overdrawn_quantity > 0',
        tg_argv[0], tg_argv[1]
    ) into wrong;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'lot_gives_out_at_most_what_it_counts',
            message = 'a lot would give out more than it has', detail = wrong;
    end if;
    return null;
end
$$;

create trigger guard_units after insert on facts.lot_genealogy
referencing new table as added
for each statement execute function facts.guard_units('parent_lot_id', 'quantity is not null');
create trigger guard_units after insert on facts.shipments
referencing new table as added
for each statement execute function facts.guard_units('lot_id', 'quantity is not null');
create trigger guard_units after insert on facts.lot_corrections
referencing new table as added
for each statement execute function facts.guard_units('lot_id', 'quantity is not null');

revoke all on function facts.guard_units from public;
grant insert (unit, kg_per_unit) on facts.products to lotline_app;
grant insert (unit, kg_per_unit) on facts.product_revisions to lotline_app;
grant insert (quantity, unit) on facts.lots to lotline_app;
grant insert (quantity, unit) on facts.lot_corrections to lotline_app;
grant insert (quantity, unit) on facts.lot_genealogy to lotline_app;
grant insert (quantity, unit) on facts.shipments to lotline_app;
