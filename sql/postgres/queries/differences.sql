-- name: changes_since
-- What was written after a moment about these lots and the links at either end of them, oldest first;
-- their readings where asked for.
with changes as (
    select
        recorded_at, 1 as place, 'lot added' as change, lot_id, null as other,
        weight_kg as quantity_kg, quantity, unit, null as reason, operator_id
    from facts.lots
    where lot_id = any(cast(:lot_ids as bigint [])) and recorded_at > :since
    union all
    select
        recorded_at, 2, 'lot corrected', lot_id, null, weight_kg, quantity, unit, reason,
        operator_id
    from facts.lot_corrections
    where lot_id = any(cast(:lot_ids as bigint [])) and recorded_at > :since
    union all
    select
        links.recorded_at, 3, 'link added', links.parent_lot_id, children.lot_code,
        links.quantity_kg, links.quantity, links.unit, null, links.operator_id
    from facts.lot_genealogy as links
    inner join facts.lots as children on links.child_lot_id = children.lot_id
    where
        links.recorded_at > :since
        and (
            links.parent_lot_id = any(cast(:lot_ids as bigint []))
            or links.child_lot_id = any(cast(:lot_ids as bigint []))
        )
    union all
    select
        voids.recorded_at, 4, 'link voided', links.parent_lot_id, children.lot_code,
        links.quantity_kg, links.quantity, links.unit, voids.reason, voids.operator_id
    from facts.link_voids as voids
    inner join facts.lot_genealogy as links on voids.link_id = links.link_id
    inner join facts.lots as children on links.child_lot_id = children.lot_id
    where
        voids.recorded_at > :since
        and (
            links.parent_lot_id = any(cast(:lot_ids as bigint []))
            or links.child_lot_id = any(cast(:lot_ids as bigint []))
        )
    union all
    select
        recorded_at, 5, 'reading added', lot_id,
        characteristic || ' ' || result_words(sign, value, word) || ' ' || unit, null, null, null, null,
        operator_id
    from facts.readings
    where
        :with_readings and lot_id = any(cast(:lot_ids as bigint []))
        and recorded_at > :since
    union all
    select
        recorded_at, 6, 'decision added', lot_id, decision, null, null, null, notes, operator_id
    from facts.qc_decisions
    where lot_id = any(cast(:lot_ids as bigint [])) and recorded_at > :since
    union all
    select
        withdrawals.recorded_at, 7, 'decision withdrawn', decisions.lot_id, decisions.decision,
        null, null, null, withdrawals.reason, withdrawals.operator_id
    from facts.decision_withdrawals as withdrawals
    inner join facts.qc_decisions as decisions
        on withdrawals.decision_id = decisions.decision_id
    where
        decisions.lot_id = any(cast(:lot_ids as bigint []))
        and withdrawals.recorded_at > :since
    union all
    select
        shipments.recorded_at, 8, 'shipment added', shipments.lot_id, partners.name,
        shipments.quantity_kg, shipments.quantity, shipments.unit, null, shipments.operator_id
    from facts.shipments
    inner join partners on shipments.customer_id = partners.partner_id
    where
        shipments.lot_id = any(cast(:lot_ids as bigint []))
        and shipments.recorded_at > :since
    union all
    select
        voids.recorded_at, 9, 'shipment voided', shipments.lot_id, partners.name,
        shipments.quantity_kg, shipments.quantity, shipments.unit, voids.reason, voids.operator_id
    from facts.shipment_voids as voids
    inner join facts.shipments on voids.shipment_id = shipments.shipment_id
    inner join partners on shipments.customer_id = partners.partner_id
    where
        shipments.lot_id = any(cast(:lot_ids as bigint []))
        and voids.recorded_at > :since
    union all
    select
        voids.recorded_at, 10, 'reading voided', readings.lot_id, readings.characteristic,
        null, null, null, voids.reason, voids.operator_id
    from facts.reading_voids as voids
    inner join facts.readings on voids.reading_id = readings.reading_id
    where
        :with_readings and readings.lot_id = any(cast(:lot_ids as bigint []))
        and voids.recorded_at > :since
    union all
    select
        recorded_at, 12, 'movement added', lot_id, kind, quantity_kg, quantity, unit, reason,
        operator_id
    from facts.movements
    where lot_id = any(cast(:lot_ids as bigint [])) and recorded_at > :since
    union all
    select
        voids.recorded_at, 13, 'movement voided', movements.lot_id, movements.kind,
        movements.quantity_kg, movements.quantity, movements.unit, voids.reason, voids.operator_id
    from facts.movement_voids as voids
    inner join facts.movements on voids.movement_id = movements.movement_id
    where movements.lot_id = any(cast(:lot_ids as bigint [])) and voids.recorded_at > :since
    union all
    select
        voids.recorded_at, 11, 'lot voided', voids.lot_id, null,
        null, null, null, voids.reason, voids.operator_id
    from facts.lot_voids as voids
    where voids.lot_id = any(cast(:lot_ids as bigint [])) and voids.recorded_at > :since
    union all
    select
        recorded_at, 12, 'origin assessed', lot_id, null, null, null, null, reason, operator_id
    from facts.origin_assessments
    where lot_id = any(cast(:lot_ids as bigint [])) and recorded_at > :since
)

select
    changes.recorded_at,
    changes.change,
    lots.lot_code,
    changes.other,
    changes.quantity_kg,
    changes.quantity,
    changes.unit,
    changes.reason,
    users.full_name as written_by
from changes
inner join facts.lots on changes.lot_id = lots.lot_id
left join users on changes.operator_id = users.user_id
order by changes.recorded_at, changes.place;
