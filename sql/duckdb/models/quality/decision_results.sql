-- What may have been measured by the time of each PASS: the lot's results there of each limit, judged.
--
-- kind: view
-- grain: decision_id, characteristic, unit, is_reading, result_id
-- columns:
--   decision_id     the PASS
--   characteristic  what is measured there
--   unit            in which unit
--   result_id       the reading, or the decision whose temperature it is
--   is_reading      which of the two
--   measured_at     when it was taken
--   measured_by     where that is known by the day or month, its end
--   is_sure         whether it was there for sure
--   result          what it came to
--   breaks          whether it broke the limit; null: its sign leaves that open, or there is none
--
-- A decision's temperature is a result of every limit in °C at its gate. The record judges results so
-- too (`result_within`); a test holds them equal.

with

passes as (
    select
        *,
        coalesce(word, lower_bound::varchar, upper_bound::varchar) is not null as is_limited
    from quality.decision_limits
    where decision = 'PASS'
),

results as (
    select
        lot_id, gate_id, characteristic, unit, happened_at, happened_until, reading_id as result_id,
        true as is_reading, sign, value, word as result_word
    from raw.readings
    union all
    select
        lot_id, gate_id, null, 'C', happened_at, happened_until, decision_id,
        false, null, temperature_c, null
    from raw.qc_decisions
    where temperature_c is not null
)

select
    passes.decision_id,
    passes.characteristic,
    passes.unit,
    results.result_id,
    results.is_reading,
    results.happened_at as measured_at,
    coalesce(results.happened_until, results.happened_at) as measured_by,
    measured_by <= passes.happened_at
    or not results.is_reading and results.result_id = passes.decision_id as is_sure,
    coalesce(results.result_word, concat(results.sign, results.value::double)) as result,
    case
        when not passes.is_limited
            then if(results.result_word in ('detected', 'not ok'), true, null)
        when passes.word is not null or results.result_word is not null
            then results.result_word <> passes.word
        when results.sign is null
            then
                coalesce(results.value < passes.lower_bound, false)
                or coalesce(results.value > passes.upper_bound, false)
        when results.sign in ('<', '≤')
            then
                case
                    when results.value < passes.lower_bound then true
                    when results.sign = '<' and results.value = passes.lower_bound then true
                    when passes.lower_bound is null and results.value <= passes.upper_bound
                        then false
                end
        when results.value > passes.upper_bound then true
        when results.sign = '>' and results.value = passes.upper_bound then true
        when passes.upper_bound is null and results.value >= passes.lower_bound then false
    end as breaks
from passes
inner join results
    on
        passes.lot_id = results.lot_id
        and passes.gate_id = results.gate_id
        and passes.unit = results.unit
        and passes.characteristic = coalesce(results.characteristic, passes.characteristic)
        and (
            results.happened_at <= passes.happened_at
            or results.happened_at < passes.happened_until
        )
