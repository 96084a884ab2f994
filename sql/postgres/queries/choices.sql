-- name: products_known
select product_code, name, unit, kg_per_unit from products
where not is_retired
order by product_code;

-- name: suppliers_known
select partner_code, name from partners
where delivers(role) and not is_retired
order by name, partner_code;

-- name: customers_known
select partner_code, name from partners
where receives(role) and not is_retired
order by name, partner_code;

-- name: partners_known
select partner_code, name from partners where not is_retired order by name, partner_code;

-- name: runs_known
-- Runs that go on, newest first.
select run_code from production_runs
where status = 'ACTIVE'
order by run_id desc;

-- name: gate_names
select
    gate_id,
    trim_scale(gate_number) as gate_number,
    name_en
from qc_gates
where not is_retired
order by gate_number;
