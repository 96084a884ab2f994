-- name: copy_since
-- The snapshot of the last copy, which `written_since_copy` measures rows against. ($1: the copying
-- driver's own way of writing a parameter.)
select set_config('lotline.copied_until', $1, true);

-- name: trail_entry
-- The hash of one entry of the trail: a record that still holds it goes on from where a copy was made.
select encode(hash, 'hex') as hash from audit.entries where entry_id = $1;

-- name: lots_changed
-- New lots, and lots corrected since.
select lot_id from facts.lots where written_since_copy(row_xid)
union
select lot_id from facts.lot_corrections where written_since_copy(row_xid);

-- name: products_changed
-- New products, and products changed since; so of the next two.
select product_id from facts.products where written_since_copy(row_xid)
union
select product_id from facts.product_revisions where written_since_copy(row_xid);

-- name: partners_changed
select partner_id from facts.partners where written_since_copy(row_xid)
union
select partner_id from facts.partner_revisions where written_since_copy(row_xid);

-- name: production_runs_changed
select run_id from facts.production_runs where written_since_copy(row_xid)
union
select run_id from facts.run_revisions where written_since_copy(row_xid);

-- name: places_changed
select place_id from facts.places where written_since_copy(row_xid)
union
select place_id from facts.place_revisions where written_since_copy(row_xid);

-- name: lot_genealogy_gone
-- Links voided since.
select link_id from facts.link_voids where written_since_copy(row_xid);

-- name: shipments_gone
-- Shipment lines voided since.
select shipment_id from facts.shipment_voids where written_since_copy(row_xid);

-- name: movements_gone
-- Movements voided since.
select movement_id from facts.movement_voids where written_since_copy(row_xid);

-- name: productions_gone
-- Productions voided since, and then their parts.
select production_id from facts.production_voids where written_since_copy(row_xid);

-- name: production_inputs_gone
select inputs.input_id
from facts.production_voids as voids
inner join facts.production_inputs as inputs on voids.production_id = inputs.production_id
where written_since_copy(voids.row_xid);

-- name: production_outputs_gone
select outputs.output_id
from facts.production_voids as voids
inner join facts.production_outputs as outputs on voids.production_id = outputs.production_id
where written_since_copy(voids.row_xid);

-- name: packings_gone
-- What was said to be packed or unpacked, and voided since.
select packing_id from facts.packing_voids where written_since_copy(row_xid);

-- name: moves_gone
-- Moves to places voided since.
select move_id from facts.move_voids where written_since_copy(row_xid);

-- name: rows_set_aside_gone
-- Rows of imports that stood aside and do no more.
select row_id from facts.set_aside_ends where written_since_copy(row_xid);

-- name: readings_gone
-- Readings voided since.
select reading_id from facts.reading_voids where written_since_copy(row_xid);

-- name: lots_gone
-- Lots voided since.
select lot_id from facts.lot_voids where written_since_copy(row_xid);

-- name: qc_decisions_gone
-- Decisions withdrawn since.
select decision_id from facts.decision_withdrawals where written_since_copy(row_xid);

-- name: lots_relinked
-- Lots into which links were written or voided since: what their ancestries follow from.
select child_lot_id from facts.lot_genealogy where written_since_copy(row_xid)
union
select links.child_lot_id
from facts.link_voids as voids
inner join facts.lot_genealogy as links on voids.link_id = links.link_id
where written_since_copy(voids.row_xid);

-- name: lots_count
-- What the view counts, without asking of each lot whether it was corrected; one is voided once.
select (select count(*) from facts.lots) - (select count(*) from facts.lot_voids);

-- name: lot_genealogy_count
-- A link is voided once, so the view holds as many less.
select (select count(*) from facts.lot_genealogy) - (select count(*) from facts.link_voids);

-- name: shipments_count
select (select count(*) from facts.shipments) - (select count(*) from facts.shipment_voids);

-- name: movements_count
select (select count(*) from facts.movements) - (select count(*) from facts.movement_voids);

-- name: readings_count
select (select count(*) from facts.readings) - (select count(*) from facts.reading_voids);

-- name: qc_decisions_count
select
    (select count(*) from facts.qc_decisions) - (select count(*) from facts.decision_withdrawals);
