-- More came out of a production than went in: an input was forgotten, or something was weighed wrong.
-- severity: error
--
-- Outputs and waste are held against the inputs, where every one of them was weighed; what was lost
-- and not said can't show. A part is allowed for what nobody keeps as a lot, such as water or steam.

with sides as (
    select
        productions.production_id,
        productions.production_code,
        coalesce(productions.waste_kg, 0) as waste_kg,
        inputs.kg as inputs_kg,
        outputs.kg as outputs_kg,
        outputs.lot_ids
    from raw.productions as productions
    inner join (
        select
            production_id,
            sum(quantity_kg) as kg
        from raw.production_inputs
        group by production_id
        having count(*) = count(quantity_kg)
    ) as inputs on productions.production_id = inputs.production_id
    inner join (
        select
            production_id,
            sum(quantity_kg) as kg,
            list(lot_id) as lot_ids
        from raw.production_outputs
        group by production_id
        having count(*) = count(quantity_kg)
    ) as outputs on productions.production_id = outputs.production_id
)

select
    lots.lot_code,
    sides.production_code,
    sides.inputs_kg,
    sides.outputs_kg,
    sides.waste_kg
from sides
inner join raw.lots as lots on list_contains(sides.lot_ids, lots.lot_id)
where sides.outputs_kg + sides.waste_kg > sides.inputs_kg * (1 + getvariable('production_tolerance'))
order by sides.production_code, lots.lot_code
