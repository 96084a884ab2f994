-- What decisions, origin and age make of each lot.
--
-- kind: view
-- grain: lot_id
-- columns:
--   lot_id           the lot
--   lot_code         its code
--   lot_type         its type
--   disposition      the first that holds: rejected, hold, stopped (by origin), expired, released,
--                    pending
--   is_expired       whether its last day had passed when the record was copied
--   waits_for        of a pending lot, the gates it has not passed; none: its type has no gate
--   decided_at       when its latest decision was made; null: none yet
--   decisions_count  how many decisions there were
--   decided_until    where decided_at is known by the day or month, its end
--
-- Released: every gate that the lot must pass has PASS as its latest decision, and there is one. Which
-- these are goes by its type and by when it was made. The record says the same of a lot
-- (`lot_states`); a test holds them equal.

with

asked as (
    select
        coalesce(passes.lot_type, '') as lot_type,
        passes.made_from,
        passes.gate_id,
        gates.gate_number
    from raw.gates_to_pass as passes
    inner join raw.qc_gates as gates on passes.gate_id = gates.gate_id
),

stretches as (
    select
        lot_type,
        made_from,
        lead(made_from) over (partition by lot_type order by made_from nulls first) as made_until
    from (select distinct lot_type, made_from from asked) as moments
),

gates_to_pass as (
    select
        stretches.lot_type,
        stretches.made_from,
        stretches.made_until,
        list(asked.gate_id order by asked.gate_number) as gate_ids,
        list(asked.gate_number order by asked.gate_number) as gate_numbers
    from stretches
    inner join asked
        on
            stretches.lot_type = asked.lot_type
            and coalesce(asked.made_from <= stretches.made_from, asked.made_from is null)
    group by stretches.lot_type, stretches.made_from, stretches.made_until
),

judged as (
    select
        lots.lot_id,
        lots.lot_code,
        lots.lot_type,
        coalesce(
            lots.expires_on < timezone(getvariable('site_zone'), about.record_as_of)::date, false
        ) as is_expired,
        coalesce(gates_to_pass.gate_numbers, []) as gate_numbers,
        coalesce(gates_to_pass.gate_ids, []) as gate_ids,
        coalesce(decided.has_fail, false) as has_fail,
        coalesce(decided.has_hold, false) as has_hold,
        coalesce(decided.has_pass, false) as has_pass,
        coalesce(decided.passed_gate_ids, []) as passed_gate_ids,
        lots.lot_id in (select lot_id from quality.stopped_lots) as is_stopped,
        decided.decided_at,
        coalesce(decided.decisions_count, 0) as decisions_count,
        decided.decided_until
    from raw.lots as lots
    cross join edition.about as about
    left join quality.lot_decisions as decided on lots.lot_id = decided.lot_id
    left join gates_to_pass
        on
            coalesce(lots.lot_type, '') = gates_to_pass.lot_type
            and coalesce(lots.happened_at >= gates_to_pass.made_from, true)
            and coalesce(lots.happened_at < gates_to_pass.made_until, true)
),

named as (
    select
        *,
        case
            when has_fail then 'rejected'
            when has_hold then 'hold'
            when is_stopped then 'stopped'
            when is_expired then 'expired'
            when has_pass and list_has_all(passed_gate_ids, gate_ids) then 'released'
            else 'pending'
        end as disposition
    from judged
)

select
    lot_id,
    lot_code,
    lot_type,
    disposition,
    is_expired,
    case
        when disposition = 'pending'
            then [
                gate_numbers[place]
                for gate_id, place in gate_ids
                if not list_contains(passed_gate_ids, gate_id)
            ]
        else []
    end as waits_for,
    decided_at,
    decisions_count,
    decided_until
from named
