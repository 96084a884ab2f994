-- Which gates a lot must pass was worked out three times a statement, and once more for each type: a
-- third of what a trace's states cost. It is worked out once.
create or replace view gates_by_type as
with passes as materialized (
    select
        coalesce(gates_to_pass.lot_type, '') as lot_type,
        gates_to_pass.made_from,
        gates_to_pass.gate_id
    from gates_to_pass
),

stretches as (
    select
        began.lot_type,
        began.made_from,
        lead(began.made_from) over (
            partition by began.lot_type order by began.made_from nulls first
        ) as made_until
    from (select distinct lot_type, made_from from passes) as began
)

select
    stretches.lot_type,
    stretches.made_from,
    stretches.made_until,
    array_agg(passes.gate_id) as gate_ids
from stretches
inner join passes
    on
        stretches.lot_type = passes.lot_type
        and coalesce(passes.made_from <= stretches.made_from, passes.made_from is null)
group by stretches.lot_type, stretches.made_from, stretches.made_until;
