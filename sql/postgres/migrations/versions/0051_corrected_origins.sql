-- A supplier's code typed wrong could not be put right. A correction restates it with the lot's other
-- values; those written before this one say nothing of it: `restates_origin` is null there.
alter table facts.lot_corrections
add column supplier_id bigint references facts.partners,
add column supplier_lot_code text,
add column run_id bigint references facts.production_runs,
add column restates_origin boolean,
add constraint corrected_origin_is_restated_whole
check (coalesce(restates_origin, false) or num_nonnulls(supplier_id, supplier_lot_code, run_id) = 0);

create index corrections_by_supplier_lot_key on facts.lot_corrections (search_key(supplier_lot_code))
where supplier_lot_code is not null;
create index corrections_with_damaged_code on facts.lot_corrections (lot_id)
where identifier_damage('code', supplier_lot_code) is not null;

create or replace view lots as
select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    case when latest.correction_id is null then lots.product_id else latest.product_id end as product_id,
    case when latest.restates_origin then latest.run_id else lots.run_id end as run_id,
    lots.phase_id,
    case when latest.restates_origin then latest.supplier_id else lots.supplier_id end as supplier_id,
    case
        when latest.restates_origin then latest.supplier_lot_code else lots.supplier_lot_code
    end as supplier_lot_code,
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
    case when latest.correction_id is null then lots.unit else latest.unit end as unit,
    lots.beyond_reason
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

-- The lots whose supplier's code is or was one of these keys, or like a part: found by index, whatever
-- was corrected since. Whoever asks holds against them what reads now.
create function lots_by_supplier_lot(keys text []) returns setof bigint
language sql stable parallel safe as $$
    select lot_id from facts.lots
    where supplier_lot_code is not null and search_key(supplier_lot_code) = any(keys)
    union
    select lot_id from facts.lot_corrections
    where supplier_lot_code is not null and search_key(supplier_lot_code) = any(keys)
$$;

create function lots_by_part_of_supplier_lot(part text) returns setof bigint
language sql stable parallel safe as $$
    select lot_id from facts.lots
    where supplier_lot_code is not null and search_key(supplier_lot_code) like part
    union
    select lot_id from facts.lot_corrections
    where supplier_lot_code is not null and search_key(supplier_lot_code) like part
$$;

grant insert (supplier_id, supplier_lot_code, run_id, restates_origin)
on facts.lot_corrections to lotline_app;
