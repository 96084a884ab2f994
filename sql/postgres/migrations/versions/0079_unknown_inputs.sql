-- What a production took of a lot and nobody weighed is refused no more: the lot may have given out
-- too much by what an import brought, and an unknown quantity makes that no worse. A plain link of
-- unknown kilograms was never refused for it.

drop trigger guard_kilograms on facts.lot_genealogy;
create trigger guard_kilograms after insert on facts.lot_genealogy
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'parent_lot_id',
    'quantity_kg > 0 or exists (
        select from facts.production_inputs as inputs
        where
            inputs.production_id = added.production_id
            and inputs.lot_id = added.parent_lot_id
            and inputs.quantity_kg > 0
    )',
    'happened_at', 'recorded_at'
);
