-- A lot is dated as gone to a customer with no PASS by then at a gate that blocks shipping: a wrong
-- time, or goods that nobody had released.
-- severity: error
-- bears on: lots
--
-- A lot without a type must pass every blocking gate. What was held or rejected when it left has a
-- rule of its own. Where a time is known by the day or month, a PASS that may have come first is
-- enough.

select
    lots.lot_code,
    shipments.shipment_code,
    partners.name as customer_name,
    shipments.quantity_kg,
    shipments.happened_at as shipped_at,
    gates.gate_number,
    min(decisions.happened_at) as passed_at
from raw.shipments as shipments
inner join raw.lots as lots on shipments.lot_id = lots.lot_id
inner join raw.partners as partners on shipments.customer_id = partners.partner_id
inner join raw.gates_to_pass as passes
    on
        coalesce(lots.lot_type, '') = coalesce(passes.lot_type, '')
        and coalesce(lots.happened_at >= passes.made_from, true)
inner join raw.qc_gates as gates on passes.gate_id = gates.gate_id and gates.gate_type = 'BLOCKING'
left join raw.qc_decisions as decisions
    on
        lots.lot_id = decisions.lot_id
        and gates.gate_id = decisions.gate_id
        and decisions.decision = 'PASS'
group by all
having
    coalesce(
        date_trunc('minute', min(decisions.happened_at)) >= shipments.happened_until,
        date_trunc('minute', min(decisions.happened_at)) > shipments.happened_at,
        true
    )
order by shipments.happened_at, lots.lot_code
