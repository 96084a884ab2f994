-- name: production_standing
-- The production that stands under a code.
select
    productions.production_id,
    productions.production_code,
    productions.happened_at,
    productions.happened_until,
    users.full_name as recorded_by
from productions
left join users on productions.operator_id = users.user_id
where productions.production_code = :production_code
order by productions.production_id
limit 1;

-- name: run_id
select run_id from production_runs where run_code = :code;

-- name: write_production
insert into facts.productions (
    production_code, run_id, place, waste_kg, operator_id, happened_at
) values (
    :production_code, :run_id, :place, :waste_kg, :operator_id, :happened_at
)
returning production_id;

-- name: write_production_input
insert into facts.production_inputs (production_id, lot_id, quantity_kg, quantity, unit, expiry_reason)
values (:production_id, :lot_id, :quantity_kg, :quantity, :unit, :expiry_reason)
returning input_id;

-- name: write_production_output
insert into facts.production_outputs (production_id, lot_id, quantity_kg, quantity, unit, kind)
values (:production_id, :lot_id, :quantity_kg, :quantity, :unit, :kind)
returning output_id;

-- name: write_production_links
-- Each input goes into every output, by the outputs' mass: input × output ÷ all outputs, in whole
-- milligrams that add up to the input exactly. One output takes all. Where the mass of one of several
-- is unknown, or an input's is, so are the links' kilograms. Where a part would round to nothing, every
-- output gets a milligram first. What was typed of a lot in its own unit is shared so too.
with outputs as (
    select
        production_id,
        lot_id,
        quantity_kg,
        count(*) over whole as outputs_count,
        count(quantity_kg) over whole = count(*) over whole as are_weighed,
        sum(quantity_kg) over whole as all_kg,
        sum(quantity_kg) over (whole order by output_id) as until_kg,
        sum(quantity_kg) over (whole order by output_id) - quantity_kg as before_kg
    from facts.production_outputs
    where production_id = any(:production_ids)
    window whole as (partition by production_id)
),

parts as (
    select
        inputs.production_id,
        inputs.input_id,
        inputs.lot_id as parent_lot_id,
        inputs.quantity_kg as input_kg,
        inputs.expiry_reason,
        outputs.lot_id as child_lot_id,
        outputs.outputs_count,
        outputs.are_weighed,
        round(inputs.quantity_kg * outputs.until_kg / outputs.all_kg, 6)
        - round(inputs.quantity_kg * outputs.before_kg / outputs.all_kg, 6) as part_kg,
        inputs.quantity_kg - 0.000001 * outputs.outputs_count as spare_kg,
        outputs.until_kg / outputs.all_kg as until_ratio,
        outputs.before_kg / outputs.all_kg as before_ratio,
        case
            when outputs.outputs_count = 1 then inputs.quantity
            else
                round(inputs.quantity * outputs.until_kg / outputs.all_kg, 6)
                - round(inputs.quantity * outputs.before_kg / outputs.all_kg, 6)
        end as part_quantity,
        inputs.unit
    from facts.production_inputs as inputs
    inner join outputs on inputs.production_id = outputs.production_id
),

allotted as (
    select
        *,
        min(part_kg) over (partition by input_id) as least_kg,
        min(part_quantity) over (partition by input_id) > 0
        and (outputs_count = 1 or are_weighed) as is_counted
    from parts
)

insert into facts.lot_genealogy (
    parent_lot_id, child_lot_id, quantity_kg, operator_id, happened_at, happened_until,
    expiry_reason, production_id, quantity, unit
)
select
    allotted.parent_lot_id,
    allotted.child_lot_id,
    case
        when allotted.outputs_count = 1 then allotted.input_kg
        when not allotted.are_weighed then null
        when allotted.least_kg > 0 then allotted.part_kg
        when allotted.spare_kg >= 0
            then
                0.000001 + round(allotted.spare_kg * allotted.until_ratio, 6)
                - round(allotted.spare_kg * allotted.before_ratio, 6)
    end,
    productions.operator_id,
    productions.happened_at,
    productions.happened_until,
    allotted.expiry_reason,
    allotted.production_id,
    case when allotted.is_counted then allotted.part_quantity end,
    case when allotted.is_counted then allotted.unit end
from allotted
inner join facts.productions on allotted.production_id = productions.production_id
order by allotted.production_id, allotted.input_id, allotted.child_lot_id
returning link_id;

-- name: void_links_of_production
insert into facts.link_voids (link_id, reason, operator_id, happened_at)
select link_id, :reason, :operator_id, :happened_at
from lot_genealogy
where production_id = :production_id;

-- name: production_shown
-- A production with what it took, gave and lost, as known at the moment asked for.
select
    productions.production_id,
    productions.production_code,
    production_runs.run_code,
    productions.place,
    productions.waste_kg,
    productions.happened_at,
    productions.happened_until,
    productions.recorded_at,
    users.full_name as recorded_by,
    (
        select case when count(*) = count(quantity_kg) then sum(quantity_kg) end
        from production_inputs
        where production_inputs.production_id = productions.production_id
    ) as inputs_kg,
    (
        select case when count(*) = count(quantity_kg) then sum(quantity_kg) end
        from production_outputs
        where production_outputs.production_id = productions.production_id
    ) as outputs_kg
from productions
left join production_runs on productions.run_id = production_runs.run_id
left join users on productions.operator_id = users.user_id
where productions.production_code = :production_code;

-- name: production_parts
-- The lots of a production, inputs first, each as it was entered. What went in before inputs kept their
-- unit has it with its links.
select
    parts.kind,
    lots.lot_code,
    lots.lot_type,
    products.product_code,
    parts.quantity_kg,
    coalesce(parts.quantity, linked.quantity) as quantity,
    coalesce(parts.unit, linked.unit) as unit
from (
    select 0 as side, 'INPUT' as kind, input_id as part_id, lot_id, quantity_kg, quantity, unit
    from production_inputs
    where production_id = :production_id
    union all
    select 1, kind, output_id, lot_id, quantity_kg, quantity, unit
    from production_outputs
    where production_id = :production_id
) as parts
left join (
    select parent_lot_id, sum(quantity) as quantity, min(unit) as unit
    from facts.lot_genealogy
    where production_id = :production_id and quantity is not null
    group by parent_lot_id
    having min(unit) = max(unit)
) as linked on parts.lot_id = linked.parent_lot_id and parts.side = 0
inner join lots on parts.lot_id = lots.lot_id
left join products on lots.product_id = products.product_id
order by parts.side, parts.part_id;

-- name: productions_newest
-- The newest productions, each with what went in and what came out, for a list to open one from.
select
    productions.production_code,
    productions.happened_at,
    productions.happened_until,
    production_runs.run_code,
    productions.place,
    sides.inputs_count,
    sides.inputs_kg,
    sides.outputs_count,
    sides.outputs_kg,
    productions.waste_kg
from (
    select * from productions
    where
        cast(:search as text) is null
        or position(search_key(:search) in search_key(production_code)) > 0
    order by happened_at desc, production_id desc
    limit :newest
) as productions
left join production_runs on productions.run_id = production_runs.run_id
cross join lateral (
    select
        inputs.parts_count as inputs_count,
        inputs.kg as inputs_kg,
        outputs.parts_count as outputs_count,
        outputs.kg as outputs_kg
    from (
        select
            count(*) as parts_count,
            case when count(*) = count(quantity_kg) then sum(quantity_kg) end as kg
        from facts.production_inputs
        where production_id = productions.production_id
    ) as inputs
    cross join (
        select
            count(*) as parts_count,
            case when count(*) = count(quantity_kg) then sum(quantity_kg) end as kg
        from facts.production_outputs
        where production_id = productions.production_id
    ) as outputs
) as sides
order by productions.happened_at desc, productions.production_id desc;

-- name: known_productions
-- Of each code the production that stands; else the one voided last.
select distinct on (productions.production_code)
    productions.production_id as id,
    productions.production_code,
    production_runs.run_code,
    productions.place,
    productions.waste_kg,
    productions.happened_at,
    productions.happened_until,
    productions.source_key,
    voids.void_id is not null as is_voided,
    coalesce(voids.happened_at, voids.recorded_at) as voided_at,
    voids.reason as void_reason
from facts.productions
left join production_runs on productions.run_id = production_runs.run_id
left join facts.production_voids as voids on productions.production_id = voids.production_id
where productions.production_code = any(:codes)
order by productions.production_code, voids.void_id desc nulls first;

-- name: held_production_parts
-- What productions took and gave, as an import's files have it.
select
    parts.side,
    productions.production_code,
    lots.lot_code,
    parts.quantity_kg,
    coalesce(parts.quantity, linked.quantity) as quantity,
    coalesce(parts.unit, linked.unit) as unit,
    parts.kind
from (
    select 'production_inputs' as side, production_id, lot_id, quantity_kg, quantity, unit, null as kind
    from facts.production_inputs
    union all
    select 'production_outputs', production_id, lot_id, quantity_kg, quantity, unit, kind
    from facts.production_outputs
) as parts
left join (
    select production_id, parent_lot_id, sum(quantity) as quantity, min(unit) as unit
    from facts.lot_genealogy
    where production_id = any(:production_ids) and quantity is not null
    group by production_id, parent_lot_id
    having min(unit) = max(unit)
) as linked
    on
        parts.production_id = linked.production_id
        and parts.lot_id = linked.parent_lot_id
        and parts.side = 'production_inputs'
inner join facts.productions on parts.production_id = productions.production_id
inner join facts.lots on parts.lot_id = lots.lot_id
where parts.production_id = any(:production_ids);
