-- What went into a production was kept in kilograms, and in its unit with the links alone; of what came
-- out of it nobody knew the unit but of a new lot. Both sides keep what was said.
alter table facts.production_inputs
add column quantity numeric(18, 6),
add column unit text,
add constraint input_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
add constraint input_counts_more_than_0 check (quantity > 0);

alter table facts.production_outputs
add column quantity numeric(18, 6),
add column unit text,
add constraint output_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
add constraint output_counts_more_than_0 check (quantity > 0);

grant insert (quantity, unit) on facts.production_inputs to lotline_app;
grant insert (quantity, unit) on facts.production_outputs to lotline_app;

create or replace view production_inputs as
select inputs.*
from facts.production_inputs as inputs
where inputs.production_id in (select productions.production_id from productions);

create or replace view production_outputs as
select outputs.*
from facts.production_outputs as outputs
where outputs.production_id in (select productions.production_id from productions);
