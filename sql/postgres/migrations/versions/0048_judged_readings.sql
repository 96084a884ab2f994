-- Readings with the limit that held for the lot when they were taken. `within` is null without one, or
-- where a sign leaves it open. A reading deviates where it is not within; where no limit says what is
-- wanted, `detected` and `not ok` deviate all the same. It is answered where HOLD or FAIL stood against
-- the lot then or since.
create view judged_readings as
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
                    and later.happened_at <= readings.happened_at
            )
    ) as is_answered
from readings
inner join lots on readings.lot_id = lots.lot_id
left join lateral limits_of(
    readings.gate_id, lots.lot_type, lots.product_id, readings.happened_at, readings.version_id
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

grant select on judged_readings to lotline_app, lotline_pipeline, lotline_auditor;
