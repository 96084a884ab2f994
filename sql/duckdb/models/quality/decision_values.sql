-- The result that each PASS rested on: of each limit at its gate the lot's latest there by then.
--
-- grain: decision_id, characteristic, unit
-- columns:
--   decision_id     the PASS
--   lot_id          the lot
--   decided_at      when it was made
--   decided_until   where that is known by the day or month, its end
--   characteristic  what is measured there
--   unit            in which unit
--   lower_bound     at least; null: no such bound
--   upper_bound     at most
--   wanted_word     what a result that is a word must be
--   is_limited      whether there is a bound or a word
--   result          the latest result that was there for sure; null: none
--   measured_at     when it was taken
--   is_reading      whether it is a reading; not: the temperature of a decision
--   is_outside      whether it broke the limit, and no other one may have been there since that didn't
--   is_kept         whether a result that may have been the latest keeps the limit
--
-- Of results of one moment the one outside counts: the worst probe. A sign may leave both open. Of what
-- is known by the day or month, nobody is blamed for what may have been in order. As `values_at_gate`
-- says of the record.

with

passes as (
    select
        *,
        coalesce(word, lower_bound::varchar, upper_bound::varchar) is not null as is_limited
    from quality.decision_limits
    where decision = 'PASS'
),

latest as (
    select *
    from quality.decision_results
    where is_sure
    qualify row_number() over (
        partition by decision_id, characteristic, unit
        order by measured_at desc, coalesce(breaks, false) desc, is_reading desc, result_id desc
    ) = 1
),

beside as (
    select
        results.decision_id,
        results.characteristic,
        results.unit,
        bool_or(results.measured_by > latest.measured_at and not coalesce(results.breaks, false))
        as may_be_followed,
        bool_or(not results.breaks) as is_kept
    from quality.decision_results as results
    left join latest
        on
            results.decision_id = latest.decision_id
            and results.characteristic = latest.characteristic
            and results.unit = latest.unit
    where coalesce(results.measured_by >= latest.measured_at, true)
    group by results.decision_id, results.characteristic, results.unit
)

select
    passes.decision_id,
    passes.lot_id,
    passes.happened_at as decided_at,
    passes.happened_until as decided_until,
    passes.characteristic,
    passes.unit,
    passes.lower_bound,
    passes.upper_bound,
    passes.word as wanted_word,
    passes.is_limited,
    latest.result,
    latest.measured_at,
    latest.is_reading,
    coalesce(latest.breaks and not beside.may_be_followed, false) as is_outside,
    coalesce(beside.is_kept, false) as is_kept
from passes
left join latest
    on
        passes.decision_id = latest.decision_id
        and passes.characteristic = latest.characteristic
        and passes.unit = latest.unit
left join beside
    on
        passes.decision_id = beside.decision_id
        and passes.characteristic = beside.characteristic
        and passes.unit = beside.unit
