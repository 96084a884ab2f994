-- A lot passed a critical control point although its temperature broke the limit.
-- severity: error
-- bears on: lots

select
    lots.lot_code,
    gates.gate_number,
    decisions.temperature_c,
    gates.coldest_c,
    gates.warmest_c,
    decisions.happened_at as decided_at
from raw.qc_decisions as decisions
inner join quality.decision_gates as gates on decisions.decision_id = gates.decision_id
inner join raw.lots as lots on decisions.lot_id = lots.lot_id
where
    gates.is_ccp
    and decisions.decision = 'PASS'
    and (
        decisions.temperature_c < gates.coldest_c
        or decisions.temperature_c > gates.warmest_c
    )
order by decisions.happened_at
