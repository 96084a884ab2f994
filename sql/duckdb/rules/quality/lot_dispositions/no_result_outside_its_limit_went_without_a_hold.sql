-- A result broke its limit, and neither HOLD nor FAIL stood against the lot then or since: decide.
-- severity: error
-- bears on: lots
--
-- As on the lot's page, the newest limit of the result's gate, characteristic and unit counts, and a
-- sign stands for all numbers on its side. Where no limit says what is wanted, `detected` and `not ok`
-- are asked about all the same: who knows that they are fine explains the finding.

with

limits as (
    select
        gate_id,
        characteristic,
        unit,
        arg_max(struct_pack(lower_bound, upper_bound, word), limit_id) as bounds
    from raw.gate_limits
    group by all
)

select
    lots.lot_code,
    readings.characteristic,
    coalesce(readings.word, concat(readings.sign, readings.value::double)) as result,
    readings.unit,
    limits.bounds.lower_bound,
    limits.bounds.upper_bound,
    limits.bounds.word as wanted_word,
    readings.happened_at as measured_at
from raw.readings as readings
inner join raw.lots as lots on readings.lot_id = lots.lot_id
left join limits
    on
        readings.gate_id = limits.gate_id
        and readings.characteristic = limits.characteristic
        and readings.unit = limits.unit
where
    (
        readings.word <> limits.bounds.word
        or limits.bounds is null and readings.word in ('detected', 'not ok')
        or coalesce(readings.sign, '') not in ('>', '≥') and readings.value < limits.bounds.lower_bound
        or readings.sign = '<' and readings.value = limits.bounds.lower_bound
        or coalesce(readings.sign, '') not in ('<', '≤') and readings.value > limits.bounds.upper_bound
        or readings.sign = '>' and readings.value = limits.bounds.upper_bound
    )
    and not exists (
        select 1
        from quality.hold_and_fail_periods as periods
        where
            periods.lot_id = readings.lot_id
            and coalesce(periods.ended_at > readings.happened_at, true)
    )
order by readings.happened_at, lots.lot_code
