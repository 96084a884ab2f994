-- Renames as known: the code that a lot had, and what it was registered as again. That may have been
-- renamed since, too.
create view renamed_lots as
select
    voids.void_id,
    registered.lot_code as former_code,
    voids.lot_id as was_lot_id,
    voids.renamed_id,
    coalesce(voids.happened_at, voids.recorded_at) as renamed_at,
    voids.reason,
    voids.operator_id,
    voids.recorded_at,
    voids.row_xid
from facts.lot_voids as voids
inner join facts.lots as registered on voids.lot_id = registered.lot_id
where voids.renamed_id is not null and voids.recorded_at <= (select known_until());

grant select on renamed_lots to lotline_app, lotline_pipeline, lotline_auditor;
