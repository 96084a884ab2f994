-- The lots that wait, each with every gate that it waits for; null: its type has no gate, and it
-- waits for any decision. They are those that `lot_states` calls pending, asked gate by gate, since a
-- queue needs no word about every other lot; a test holds the two equal. With no stop on it, a lot
-- has passed each gate where somebody decided about it.
create or replace view waiting_lots as
select
    lots.lot_id,
    gates_to_pass.gate_id
from lots
inner join gates_to_pass on coalesce(lots.lot_type, '') = coalesce(gates_to_pass.lot_type, '')
where
    not exists (
        select from qc_decisions
        where
            qc_decisions.lot_id = lots.lot_id and qc_decisions.gate_id = gates_to_pass.gate_id
    )
    and (lots.expires_on >= (select site_date()) or lots.expires_on is null)
    and lots.lot_id not in (select standing_stops.lot_id from standing_stops)
    and lots.lot_id not in (select stopped.lot_id from stopped_lots() as stopped (lot_id))
union all
select
    lots.lot_id,
    null as gate_id
from lots
where
    coalesce(lots.lot_type, '') not in (select gates_by_type.lot_type from gates_by_type)
    and not exists (
        select from qc_decisions
        where qc_decisions.lot_id = lots.lot_id
    )
    and (lots.expires_on >= (select site_date()) or lots.expires_on is null)
    and lots.lot_id not in (select stopped.lot_id from stopped_lots() as stopped (lot_id));
