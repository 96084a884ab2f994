-- A result broke its limit, and neither HOLD nor FAIL stood against the lot then or since: decide.
-- severity: error
-- bears on: lots
--
-- As on the lot's page, the limit counts that held for the lot when the result was taken, and a sign
-- stands for all numbers on its side. Where no limit says what is wanted, `detected` and `not ok`
-- are asked about all the same: who knows that they are fine explains the finding.

select
    lots.lot_code,
    readings.characteristic,
    coalesce(readings.word, concat(readings.sign, readings.value::double)) as result,
    readings.unit,
    limits.lower_bound,
    limits.upper_bound,
    limits.word as wanted_word,
    readings.happened_at as measured_at
from raw.readings as readings
inner join raw.lots as lots on readings.lot_id = lots.lot_id
left join quality.reading_limits as limits on readings.reading_id = limits.reading_id
where
    (
        readings.word <> limits.word
        or coalesce(limits.word, limits.lower_bound::varchar, limits.upper_bound::varchar) is null and readings.word in ('detected', 'not ok')
        or coalesce(readings.sign, '') not in ('>', '≥') and readings.value < limits.lower_bound
        or readings.sign = '<' and readings.value = limits.lower_bound
        or coalesce(readings.sign, '') not in ('<', '≤') and readings.value > limits.upper_bound
        or readings.sign = '>' and readings.value = limits.upper_bound
    )
    and not exists (
        select 1
        from quality.hold_and_fail_periods as periods
        where
            periods.lot_id = readings.lot_id
            and coalesce(coalesce(periods.ended_until, periods.ended_at) > readings.happened_at, true)
    )
order by readings.happened_at, lots.lot_code
