-- Each decision's gate as the process said when the decision was judged, with its bounds in °C.
--
-- kind: view
-- grain: decision_id
-- columns:
--   decision_id          the decision; one about a lot as such has no row
--   gate_number          where it was made
--   lot_types            what the gate served then; none: whatever came
--   is_ccp               whether it was a critical control point then
--   has_temperature      whether a temperature of the lot is measured there: a limit for it is in °C
--   carries_temperature  whether one was given: with the decision, or as a reading of its moment
--   coldest_c            the lot had to be at least so warm; null: no such bound
--   warmest_c            and at most so warm

with

judged as (
    select
        decisions.decision_id,
        decisions.temperature_c,
        stated.gate_number,
        stated.lot_types,
        stated.is_ccp
    from raw.qc_decisions as decisions
    inner join raw.gates_stated as stated
        on
            decisions.gate_id = stated.gate_id
            and stated.version_id <= coalesce(decisions.version_id, 1)
    qualify row_number() over (
        partition by decisions.decision_id order by stated.version_id desc
    ) = 1
),

bounds as (
    select
        decision_id,
        max(lower_bound) as coldest_c,
        min(upper_bound) as warmest_c
    from quality.decision_limits
    where unit = 'C'
    group by decision_id
),

read_then as (
    select distinct decisions.decision_id
    from raw.qc_decisions as decisions
    inner join raw.readings as readings
        on
            decisions.lot_id = readings.lot_id
            and decisions.gate_id = readings.gate_id
            and decisions.happened_at = readings.happened_at
    where readings.unit = 'C'
)

select
    judged.decision_id,
    judged.gate_number,
    judged.lot_types,
    judged.is_ccp,
    bounds.decision_id is not null as has_temperature,
    judged.temperature_c is not null or read_then.decision_id is not null as carries_temperature,
    bounds.coldest_c,
    bounds.warmest_c
from judged
left join bounds on judged.decision_id = bounds.decision_id
left join read_then on judged.decision_id = read_then.decision_id
