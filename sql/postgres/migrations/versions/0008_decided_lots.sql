-- What the latest decisions make of a lot stands in one view: lists, guards, traces and searches read it.
--
-- One FAIL rejects a lot, else one HOLD holds it, else a PASS releases it. A lot without a row is
-- pending: nobody decided about it, or all decisions were withdrawn. (With a row for those too, each
-- query would group every lot it touches; a trace of 3,000 lots would take 10 ms more.) Where a
-- query names lot ids, the planner looks up the decisions of those lots only.
create view decided_lots as
select
    lot_id,
    case
        when bool_or(decision = 'FAIL') then 'rejected'
        when bool_or(decision = 'HOLD') then 'hold'
        else 'released'
    end as disposition
from latest_decisions
group by lot_id;

-- The same for one lot, where a page shows few.
create or replace function lot_disposition(of_lot_id bigint) returns text
language sql stable parallel safe
return coalesce((select disposition from decided_lots where lot_id = of_lot_id), 'pending');

grant select on decided_lots to lotline_app, lotline_pipeline, lotline_auditor;
