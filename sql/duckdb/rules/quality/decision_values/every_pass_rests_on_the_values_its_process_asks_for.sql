-- The plant lets a lot pass only with a value for each limit of the gate, and this one had none by then.
-- severity: warning
-- bears on: lots
--
-- A PASS is held to what the process asked for at its time. Critical gates have rules of their own.

select
    lots.lot_code,
    gates.gate_number,
    found.characteristic,
    found.result,
    found.unit,
    found.lower_bound,
    found.upper_bound,
    found.wanted_word,
    found.decided_at
from quality.decision_values as found
inner join quality.decision_gates as gates on found.decision_id = gates.decision_id
inner join raw.lots as lots on found.lot_id = lots.lot_id
where
    not gates.is_ccp
    and found.is_limited
    and not found.is_outside
    and not found.is_kept
    and exists (
        select 1
        from raw.process_rules as rules
        where
            rules.rule = 'PASS_NEEDS_VALUES'
            and not rules.is_retired
            and coalesce(rules.in_force_from <= found.decided_at, true)
            and coalesce(rules.in_force_until >= found.decided_until, rules.in_force_until > found.decided_at, true)
            and coalesce(rules.lot_type = lots.lot_type, rules.lot_type is null)
    )
order by found.decided_at, lots.lot_code, found.characteristic
