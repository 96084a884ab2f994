-- What is printed on a lot's label may repeat: a supplier's date for a code, a short code of the day on
-- several lots. It is kept beside the lot's own code, which names one lot; a correction restates it with
-- what it says of the lot's origin.
alter table facts.lots
add column printed_code text,  -- what its label says, beside its own code; others may say the same
add constraint printed_code_has_1_to_250_characters check (char_length(printed_code) between 1 and 250);
create index lots_by_printed_key on facts.lots (search_key(printed_code))
where printed_code is not null;

alter table facts.lot_corrections
add column printed_code text,
add constraint corrected_printed_code_has_1_to_250_characters check (char_length(printed_code) between 1 and 250),
drop constraint corrected_origin_is_restated_whole,
add constraint corrected_origin_is_restated_whole check (
        coalesce(restates_origin, false)
        or num_nonnulls(supplier_id, supplier_lot_code, run_id, printed_code) = 0
    );
create index corrections_by_printed_key on facts.lot_corrections (search_key(printed_code))
where printed_code is not null;

create or replace view lots as
select
    lots.lot_id,
    lots.lot_code,
    case when latest.restates_kind then latest.lot_type else lots.lot_type end as lot_type,
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
    case when latest.restates_kind then latest.metadata else lots.metadata end as metadata,
    lots.operator_id,
    case when latest.correction_id is null then lots.happened_at else latest.happened_at end as happened_at,
    lots.recorded_at,
    lots.row_xid,
    lots.code_skeleton,
    latest.correction_id,
    case when latest.correction_id is null then lots.quantity else latest.quantity end as quantity,
    case when latest.correction_id is null then lots.unit else latest.unit end as unit,
    lots.beyond_reason,
    lots.source_key,
    case
        when latest.correction_id is null then lots.happened_until else latest.happened_until
    end as happened_until,
    case when latest.restates_origin then latest.printed_code else lots.printed_code end as printed_code
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

-- Likewise by what is or was printed on their labels.
create function lots_by_printed_code(keys text []) returns setof bigint
language sql stable parallel safe as $$
    select lot_id from facts.lots
    where printed_code is not null and search_key(printed_code) = any(keys)
    union
    select lot_id from facts.lot_corrections
    where printed_code is not null and search_key(printed_code) = any(keys)
$$;

create function lots_by_part_of_printed_code(part text) returns setof bigint
language sql stable parallel safe as $$
    select lot_id from facts.lots
    where printed_code is not null and search_key(printed_code) like part
    union
    select lot_id from facts.lot_corrections
    where printed_code is not null and search_key(printed_code) like part
$$;

grant insert (printed_code) on facts.lots, facts.lot_corrections to lotline_app;
