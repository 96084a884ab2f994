-- How many decisions of each kind each gate made on each day.
--
-- grain: gate_number, day, decision
-- columns:
--   gate_number      the gate; null: decided about the lot as such
--   gate_name        its name in English
--   day              day in the site's zone; null: known by the month only
--   decision         PASS, HOLD or FAIL
--   decisions_count  how many

select
    gates.gate_number,
    coalesce(gates.name_en, 'No gate') as gate_name,
    if(
        decisions.happened_until is null
        or timezone(getvariable('site_zone'), decisions.happened_at)::date
        = timezone(getvariable('site_zone'), decisions.happened_until - interval 1 microsecond)::date,
        timezone(getvariable('site_zone'), decisions.happened_at)::date,
        null
    ) as day,
    decisions.decision,
    count(*) as decisions_count
from raw.qc_decisions as decisions
left join raw.qc_gates as gates on decisions.gate_id = gates.gate_id
group by all
