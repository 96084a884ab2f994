-- Every result as it was measured, with the limit that it had to keep and whether it broke it.
--
-- kind: view
-- grain: reading_id
-- columns:
--   reading_id      the result
--   lot_id          of which lot
--   gate_id         at which gate; null: at none
--   characteristic  what was measured
--   unit            in which unit
--   value           the number; of a result with a sign, the number behind it
--   sign            less or more than the value; null: the value itself
--   word            a result that is a word, such as `detected`
--   happened_at     when it was taken
--   happened_until  where that is known by the day or month only, its end
--   lower_bound     it had to be at least this; null: no such bound
--   upper_bound     at most this
--   wanted_word     the word it had to be
--   breaks          whether it broke its limit; null: its sign leaves that open, or there is none
--
-- A sign stands for all numbers on its side. Where no limit says what is wanted, `detected` and
-- `not ok` count as breaking all the same.

select
    readings.reading_id,
    readings.lot_id,
    readings.gate_id,
    readings.characteristic,
    readings.unit,
    readings.value,
    readings.sign,
    readings.word,
    readings.happened_at,
    readings.happened_until,
    limits.lower_bound,
    limits.upper_bound,
    limits.word as wanted_word,
    case
        when coalesce(limits.word, limits.lower_bound::varchar, limits.upper_bound::varchar) is null
            then if(readings.word in ('detected', 'not ok'), true, null)
        when limits.word is not null or readings.word is not null
            then readings.word <> limits.word
        when readings.sign is null
            then
                coalesce(readings.value < limits.lower_bound, false)
                or coalesce(readings.value > limits.upper_bound, false)
        when readings.sign in ('<', '≤')
            then
                case
                    when readings.value < limits.lower_bound then true
                    when readings.sign = '<' and readings.value = limits.lower_bound then true
                    when limits.lower_bound is null and readings.value <= limits.upper_bound
                        then false
                end
        when readings.value > limits.upper_bound then true
        when readings.sign = '>' and readings.value = limits.upper_bound then true
        when limits.upper_bound is null and readings.value >= limits.lower_bound then false
    end as breaks
from raw.readings as readings
left join quality.reading_limits as limits on readings.reading_id = limits.reading_id
