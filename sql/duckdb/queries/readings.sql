-- name: characteristics_measured
-- What was measured, each in one unit: how many results, and the newest; the most measured first.
select
    characteristic,
    unit,
    count(*) as results_count,
    max(happened_at) as newest_at
from raw.readings
group by characteristic, unit
order by results_count desc, characteristic, unit;

-- name: results_measured
-- Results of a characteristic in one unit, in the order in which they were taken: those of the days
-- given, counted back from its newest.
select
    results.reading_id,
    lots.lot_code,
    lots.lot_type,
    products.product_code,
    products.name as product_name,
    gates.gate_number,
    gates.name_en as gate_name,
    suppliers.name as supplier_name,
    results.characteristic,
    results.happened_at,
    results.happened_until,
    results.value::double as value,
    results.sign,
    results.word,
    coalesce(results.word, concat(results.sign, results.value::double)) as result,
    results.unit,
    results.lower_bound::double as lower_bound,
    results.upper_bound::double as upper_bound,
    results.wanted_word,
    results.breaks
from quality.reading_results as results
inner join raw.lots as lots on results.lot_id = lots.lot_id
left join raw.products as products on lots.product_id = products.product_id
left join raw.partners as suppliers on lots.supplier_id = suppliers.partner_id
left join raw.qc_gates as gates on results.gate_id = gates.gate_id
where
    results.characteristic = $characteristic
    and results.unit = $unit
    and results.happened_at > (
        select max(newest.happened_at)
        from raw.readings as newest
        where newest.characteristic = $characteristic and newest.unit = $unit
    ) - to_days(cast($days as integer))
order by results.happened_at, results.reading_id;
