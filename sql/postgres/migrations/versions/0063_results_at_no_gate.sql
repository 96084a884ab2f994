-- A result that was taken at no gate was judged by no limit, though the gates of its lot's type have one.
-- The limits that a result taken at no gate must keep: those of the gates that serve the lot's type by
-- name. Where they differ, what none of them allows is outside: the mildest bound of each side counts.
create function limits_at_no_gate(
    of_lot_type text, of_product_id bigint, at_moment timestamptz, under_version bigint
) returns table (
    characteristic text, unit text, lower_bound numeric, upper_bound numeric, word text
)
language sql stable parallel safe as $$
    select
        limits.characteristic,
        limits.unit,
        case when count(*) = count(limits.lower_bound) then min(limits.lower_bound) end,
        case when count(*) = count(limits.upper_bound) then max(limits.upper_bound) end,
        case
            when count(*) = count(limits.word) and min(limits.word) = max(limits.word)
                then min(limits.word)
        end
    from (
        select distinct on (gates_stated.gate_id) gates_stated.*
        from gates_stated
        where gates_stated.version_id <= coalesce(under_version, 1)
        order by gates_stated.gate_id, gates_stated.version_id desc
    ) as gates
    cross join lateral limits_of(
        gates.gate_id, of_lot_type, of_product_id, at_moment, under_version
    ) as limits
    where of_lot_type = any(gates.lot_types) and not gates.is_retired
    group by limits.characteristic, limits.unit
$$;

create or replace view judged_readings as
select
    readings.reading_id,
    readings.lot_id,
    readings.gate_id,
    readings.happened_at,
    readings.characteristic,
    result_words(readings.sign, readings.value, readings.word) as result,
    readings.unit,
    bounds.lower_bound,
    bounds.upper_bound,
    bounds.word as wanted_word,
    judged.is_limited,
    judged.within,
    coalesce(
        case
            when judged.is_limited then not judged.within
            else readings.word in ('detected', 'not ok')
        end,
        false
    ) as deviates,
    exists (
        select
        from qc_decisions as stops
        where
            stops.lot_id = readings.lot_id
            and stops.decision in ('HOLD', 'FAIL')
            and not exists (
                select
                from qc_decisions as later
                where
                    later.lot_id = stops.lot_id
                    and later.gate_id is not distinct from stops.gate_id
                    and (later.happened_at, later.decision_id) > (stops.happened_at, stops.decision_id)
                    and coalesce(later.happened_until, later.happened_at) <= readings.happened_at
            )
    ) as is_answered,
    readings.happened_until
from readings
inner join lots on readings.lot_id = lots.lot_id
left join lateral (
    select
        at_gate.characteristic, at_gate.unit, at_gate.lower_bound, at_gate.upper_bound, at_gate.word
    from limits_of(
        readings.gate_id, lots.lot_type, lots.product_id, readings.happened_at, readings.version_id
    ) as at_gate
    where readings.gate_id is not null
    union all
    select at_none.*
    from limits_at_no_gate(
        lots.lot_type, lots.product_id, readings.happened_at, readings.version_id
    ) as at_none
    where readings.gate_id is null
) as bounds
    on bounds.characteristic = readings.characteristic and bounds.unit = readings.unit
cross join lateral (
    select
        num_nonnulls(bounds.lower_bound, bounds.upper_bound, bounds.word) > 0 as is_limited,
        case
            when num_nonnulls(bounds.lower_bound, bounds.upper_bound, bounds.word) > 0
                then
                    result_within(
                        readings.sign, readings.value, readings.word,
                        bounds.lower_bound, bounds.upper_bound, bounds.word
                    )
        end as within
) as judged;
