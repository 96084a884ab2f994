-- name: sites_known
-- The plant itself: one row a site.
select
    partner_code as site_code,
    name as site_name,
    address
from partners
where 'SITE' = any(string_to_array(role, ';'))
order by partner_code;

-- name: partners_reached
-- How to reach these partners.
select
    partner_code,
    name,
    phone,
    email
from partners
where partner_code = any(cast(:partner_codes as text []));

-- name: places_of
-- What the record knows of where these lots lie and how far they are: the place that came with the
-- lot, else the phase it was registered in; whether anything of it was put somewhere since (`flows_of_lots`); whether it was made here, by its links or its type, and whether its type is one
-- that a blocking gate releases.
select
    lots.lot_id,
    coalesce(
        nullif(btrim(lots.metadata ->> 'place'), ''),
        'phase ' || phases.phase_id || ' ' || phases.name_en
    ) as place,
    exists (select from moves where moves.lot_id = lots.lot_id)
    or exists (
        select from movements
        where
            movements.lot_id = lots.lot_id
            and movements.kind = 'RETURNED'
            and movements.place_id is not null
    ) as is_moved,
    exists (
        select from lot_genealogy where lot_genealogy.child_lot_id = lots.lot_id
    ) or exists (
        select from lot_types
        where lot_types.lot_type = lots.lot_type and lot_types.origin <> 'RECEIVED'
    ) as is_made_here,
    exists (
        select from qc_gates
        where qc_gates.gate_type = 'BLOCKING' and lots.lot_type = any(qc_gates.lot_types)
    ) as is_finished
from lots
left join phases on lots.phase_id = phases.phase_id
where lots.lot_id = any(cast(:lot_ids as bigint []));
