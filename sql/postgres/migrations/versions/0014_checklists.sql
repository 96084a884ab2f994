-- What was ticked of a gate's checklist is kept with the decision: the points as they were worded
-- then, each ticked or not. Null: nobody was asked, as over the API or in an import.
alter table facts.qc_decisions add column checklist jsonb;
alter table facts.qc_decisions
add constraint decision_checklist_is_a_list check (jsonb_typeof(checklist) = 'array');

grant insert (checklist) on facts.qc_decisions to lotline_app;

create or replace view qc_decisions as
select decisions.*
from facts.qc_decisions as decisions
where
    decisions.recorded_at <= (select known_until())
    and not exists (
        select from facts.decision_withdrawals as withdrawals
        where
            withdrawals.decision_id = decisions.decision_id
            and withdrawals.recorded_at <= (select known_until())
    );
