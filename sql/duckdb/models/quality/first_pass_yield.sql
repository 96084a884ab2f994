-- Which part of the lots that came to a gate passed it the first time.
--
-- grain: week, lot_type, gate_number
-- columns:
--   week                the Monday of the week, in the site's zone, of the first decision; null: it
--                       is known by the month only
--   lot_type            type of the lots
--   gate_number         the gate
--   lots_started_count  lots that came to the gate
--   passed_first_count  of them, those whose first decision there was PASS
--   first_pass_ratio    passed_first_count of lots_started_count

select
    if(
        firsts.decided_until is null
        or date_trunc('week', timezone(getvariable('site_zone'), firsts.decided_at))
        = date_trunc(
            'week',
            timezone(getvariable('site_zone'), firsts.decided_until - interval 1 microsecond)
        ),
        date_trunc('week', timezone(getvariable('site_zone'), firsts.decided_at))::date,
        null
    ) as week,
    lots.lot_type,
    gates.gate_number,
    count(*) as lots_started_count,
    count(*) filter (firsts.decision = 'PASS') as passed_first_count,
    (count(*) filter (firsts.decision = 'PASS') / count(*))::double as first_pass_ratio
from quality.first_decisions as firsts
inner join raw.lots as lots on firsts.lot_id = lots.lot_id
inner join raw.qc_gates as gates on firsts.gate_id = gates.gate_id
group by all
