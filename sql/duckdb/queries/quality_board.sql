-- name: gate_decisions_by_day
-- Decisions a gate and day, the days given and newer, counted back from the newest day there is.
select
    gate_number,
    coalesce(format('{:g} ', gate_number::double), '') || gate_name as gate,
    day,
    decision,
    decisions_count
from quality.gate_daily
where day > (select max(day) from quality.gate_daily) - cast($days as integer)
order by day, gate_number, decision;

-- name: first_pass_by_week
-- Share of the lots started in a week that passed first time, a lot type each.
select
    yields.week,
    yields.lot_type,
    any_value(types.position) as type_position,
    any_value(types.colour) as type_colour,
    sum(yields.lots_started_count) as lots_started_count,
    sum(yields.passed_first_count) as passed_first_count,
    sum(yields.passed_first_count) / nullif(sum(yields.lots_started_count), 0) as first_pass_ratio
from quality.first_pass_yield as yields
left join raw.lot_types as types on yields.lot_type = types.lot_type
where yields.week > (select max(week) from quality.first_pass_yield) - cast($days as integer)
group by yields.week, yields.lot_type
order by yields.week, type_position, yields.lot_type;

-- name: holds_ended
select
    lot_code,
    gate_number,
    held_at,
    held_until,
    ended_at,
    ended_until,
    ended_by,
    hours
from quality.hold_times
where not is_open
order by held_at;

-- name: holds_open
-- Holds nobody ended, longest first; hours run to the edition's time.
select
    lot_code,
    gate_number,
    held_at,
    held_until,
    hours
from quality.hold_times
where is_open
order by held_at;

-- name: dispositions_by_type
select
    states.lot_type,
    any_value(types.position) as type_position,
    states.disposition,
    count(*) as lots_count
from quality.lot_dispositions as states
left join raw.lot_types as types on states.lot_type = types.lot_type
group by states.lot_type, states.disposition
order by type_position, states.lot_type, states.disposition;

-- name: quality_figures
-- The tiles; a lot that gave out more than it weighs is over; of one whose weight, or a quantity into
-- it or out of it, is unknown, nobody can say.
select
    (select count(*) from quality.lot_dispositions) as lots_count,
    (select count(*) from quality.lot_dispositions where disposition = 'pending') as pending_count,
    (select count(*) from quality.lot_dispositions where disposition = 'released')
        as released_count,
    (select count(*) from quality.lot_dispositions where disposition = 'hold') as hold_count,
    (select count(*) from quality.lot_dispositions where disposition = 'stopped') as stopped_count,
    (select count(*) from quality.lot_dispositions where disposition = 'expired') as expired_count,
    (select count(*) from quality.lot_dispositions where disposition = 'rejected')
        as rejected_count,
    (
        select sum(passed_first_count) / nullif(sum(lots_started_count), 0)
        from quality.first_pass_yield
    ) as first_pass_ratio,
    (
        select count(*) from genealogy.mass_balance
        where coalesce(overdrawn_kg, overdrawn_at_least_kg) is not null
    ) as over_count,
    (
        select count(*)
        from genealogy.mass_balance
        where
            weight_kg is null
            or unknown_quantities_count > 0
            or lot_id in (
                select child_lot_id from raw.lot_genealogy where quantity_kg is null
            )
    ) as unknown_count;

-- name: times_left_open
-- What the charts can't place: decisions of no known day, first decisions of no known week, and holds
-- that ended whose hours nobody can tell. Their times are known by the day or month only.
select
    (select coalesce(sum(decisions_count), 0) from quality.gate_daily where day is null)
        as decisions_count,
    (select coalesce(sum(lots_started_count), 0) from quality.first_pass_yield where week is null)
        as lots_started_count,
    (select count(*) from quality.hold_times where not is_open and hours is null) as holds_count;

-- name: lots_of_disposition
-- The lots behind a tile, the newest first, in one state or in any; the first 500 of them.
select
    states.lot_code,
    states.lot_type,
    states.disposition,
    lots.happened_at,
    lots.happened_until,
    states.decided_at,
    states.decided_until,
    count(*) over () as found_count
from quality.lot_dispositions as states
inner join raw.lots as lots on states.lot_id = lots.lot_id
where cast($disposition as text) is null or states.disposition = $disposition
order by lots.happened_at desc, states.lot_code
limit 500;

-- name: lots_not_passed_first
-- Lots that came to a gate and did not pass it first time, a gate each, the newest first; the first
-- 500 of them. What the first-pass yield lacks of the whole.
select
    lots.lot_code,
    lots.lot_type,
    gates.gate_number,
    firsts.decision,
    firsts.decided_at,
    firsts.decided_until,
    count(*) over () as found_count
from quality.first_decisions as firsts
inner join raw.lots as lots on firsts.lot_id = lots.lot_id
inner join raw.qc_gates as gates on firsts.gate_id = gates.gate_id
where firsts.decision <> 'PASS'
order by firsts.decided_at desc, lots.lot_code, gates.gate_number
limit 500;
