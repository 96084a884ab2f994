-- A result broke its limit, and neither HOLD nor FAIL stood against the lot then or since: decide.
-- severity: error
-- bears on: lots
--
-- As on the lot's page, the limit counts that held for the lot when the result was taken, and a sign
-- stands for all numbers on its side. Where no limit says what is wanted, `detected` and `not ok`
-- are asked about all the same: who knows that they are fine explains the finding.

select
    lots.lot_code,
    results.characteristic,
    coalesce(results.word, concat(results.sign, results.value::double)) as result,
    results.unit,
    results.lower_bound,
    results.upper_bound,
    results.wanted_word,
    results.happened_at as measured_at
from quality.reading_results as results
inner join raw.lots as lots on results.lot_id = lots.lot_id
where
    results.breaks
    and not exists (
        select 1
        from quality.hold_and_fail_periods as periods
        where
            periods.lot_id = results.lot_id
            and coalesce(coalesce(periods.ended_until, periods.ended_at) > results.happened_at, true)
    )
order by results.happened_at, lots.lot_code
