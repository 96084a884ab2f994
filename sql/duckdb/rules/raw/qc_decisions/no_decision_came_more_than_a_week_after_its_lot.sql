-- A decision dated long after its lot was made: entered late, or on the wrong lot.
-- severity: warning
-- bears on: lots

select
    lots.lot_code,
    decisions.decision,
    lots.happened_at as made_at,
    decisions.happened_at as decided_at,
    date_diff('day', coalesce(lots.happened_until, lots.happened_at), decisions.happened_at) as days_between
from raw.qc_decisions as decisions
inner join raw.lots as lots on decisions.lot_id = lots.lot_id
where decisions.happened_at > coalesce(lots.happened_until, lots.happened_at) + interval 7 days
order by days_between desc
