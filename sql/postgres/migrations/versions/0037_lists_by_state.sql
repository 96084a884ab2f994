-- Lots that are stopped by origin are few, and looked up by each lot: joined, every lot was hashed to
-- be joined with them. What lists sort and narrow by stands beside the state, so that none reads the
-- lots a second time.
create or replace view all_lot_states as
select
    lots.lot_id,
    disposition_of(
        decided.has_fail, decided.has_hold, decided.has_pass, decided.passed_gate_ids,
        gates_by_type.gate_ids,
        lots.lot_id in (select stopped.lot_id from stopped_lots() as stopped (lot_id)),
        lots.expires_on < (select site_date())
    ) as disposition,
    decided.passed_gate_ids,
    lots.lot_type,
    lots.product_id,
    lots.happened_at
from lots
left join decided_lots as decided on lots.lot_id = decided.lot_id
left join gates_by_type on coalesce(lots.lot_type, '') = gates_by_type.lot_type;
