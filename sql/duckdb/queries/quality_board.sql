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
    week,
    lot_type,
    sum(lots_started_count) as lots_started_count,
    sum(passed_first_count) as passed_first_count,
    sum(passed_first_count) / nullif(sum(lots_started_count), 0) as first_pass_ratio
from quality.first_pass_yield
where week > (select max(week) from quality.first_pass_yield) - cast($days as integer)
group by week, lot_type
order by week, lot_type;

-- name: holds_ended
select
    lot_code,
    gate_number,
    held_at,
    ended_at,
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
    hours
from quality.hold_times
where is_open
order by held_at;

-- name: dispositions_by_type
select
    lot_type,
    disposition,
    count(*) as lots_count
from quality.lot_dispositions
group by lot_type, disposition
order by lot_type, disposition;

-- name: quality_figures
-- The tiles; a lot that gave out more than it weighs is over; of one whose weight, or a quantity into
-- it or out of it, is unknown, nobody can say.
select
    (select count(*) from quality.lot_dispositions) as lots_count,
    (select count(*) from quality.lot_dispositions where disposition = 'pending') as pending_count,
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
