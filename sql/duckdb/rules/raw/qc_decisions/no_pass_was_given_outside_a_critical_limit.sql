-- A lot passed a critical control point although its temperature broke the limit.
-- severity: error
-- bears on: lots

select
    lots.lot_code,
    gates.gate_number,
    decisions.temperature_c,
    limits.lower_bound as coldest_c,
    limits.upper_bound as warmest_c,
    decisions.happened_at as decided_at
from raw.qc_decisions as decisions
inner join raw.qc_gates as gates on decisions.gate_id = gates.gate_id
inner join raw.gate_limits as limits on gates.gate_id = limits.gate_id and limits.unit = 'C'
inner join raw.lots as lots on decisions.lot_id = lots.lot_id
where
    gates.is_ccp
    and decisions.decision = 'PASS'
    and not (
        decisions.temperature_c >= coalesce(limits.lower_bound, -50)
        and decisions.temperature_c <= coalesce(limits.upper_bound, 100)
    )
order by decisions.happened_at
