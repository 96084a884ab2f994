-- What each lot may have brought along: the lot itself, its run, supplier, product and gates.
--
-- kind: view
-- grain: lot_id, kind, trait_key
-- columns:
--   lot_id     the lot
--   kind       lot, run, supplier, supplier_lot, product, gate_day (came to the gate on that day) or
--              gate_stop (was held or failed there)
--   trait_key  tells the traits of a kind apart
--   code       the code or number people know it by
--   detail     what tells more: the type of a lot, a name, a day, HOLD or FAIL; may be null
--
-- What bad lots share is looked for among the traits of their ancestors. A lot comes to a gate with
-- a decision or a reading there; days are the site's, and what is known by its month came on none.

with

at_gates as (
    select
        lot_id,
        gate_id,
        happened_at,
        happened_until,
        decision
    from raw.qc_decisions
    union all
    select
        lot_id,
        gate_id,
        happened_at,
        happened_until,
        null as decision
    from raw.readings
)

select
    lot_id,
    'lot' as kind,
    lot_id::varchar as trait_key,
    lot_code as code,
    lot_type as detail
from raw.lots

union all

select
    lots.lot_id,
    'run',
    lots.run_id::varchar,
    runs.run_code,
    null
from raw.lots as lots
inner join raw.production_runs as runs on lots.run_id = runs.run_id

union all

select
    lots.lot_id,
    'supplier',
    lots.supplier_id::varchar,
    partners.partner_code,
    partners.name
from raw.lots as lots
inner join raw.partners as partners on lots.supplier_id = partners.partner_id

union all

select
    lots.lot_id,
    'supplier_lot',
    concat(lots.supplier_id, ' ', lots.supplier_lot_code),
    lots.supplier_lot_code,
    partners.name
from raw.lots as lots
left join raw.partners as partners on lots.supplier_id = partners.partner_id
where lots.supplier_lot_code is not null

union all

select
    lots.lot_id,
    'product',
    lots.product_id::varchar,
    products.product_code,
    products.name
from raw.lots as lots
inner join raw.products as products on lots.product_id = products.product_id

union all

select distinct
    at_gates.lot_id,
    'gate_day',
    concat(
        at_gates.gate_id, ' ', timezone(getvariable('site_zone'), at_gates.happened_at)::date
    ),
    format('{:g}', gates.gate_number::double),
    (timezone(getvariable('site_zone'), at_gates.happened_at)::date)::varchar
from at_gates
inner join raw.qc_gates as gates on at_gates.gate_id = gates.gate_id
where
    at_gates.happened_until is null
    or timezone(getvariable('site_zone'), at_gates.happened_at)::date
    = timezone(getvariable('site_zone'), at_gates.happened_until - interval 1 microsecond)::date

union all

select distinct
    at_gates.lot_id,
    'gate_stop',
    concat(at_gates.gate_id, ' ', at_gates.decision),
    format('{:g}', gates.gate_number::double),
    at_gates.decision
from at_gates
inner join raw.qc_gates as gates on at_gates.gate_id = gates.gate_id
where at_gates.decision in ('HOLD', 'FAIL')
