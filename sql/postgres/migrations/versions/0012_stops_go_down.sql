-- A lot with an ancestor that stands on HOLD or FAIL is stopped by origin, until a manager assessed
-- it; and released means that every gate of its type was passed, nothing stops it and it has not
-- expired (sql/domain.md, Decisions and dispositions).

create table facts.origin_assessments (
    assessment_id bigint generated always as identity primary key,
    lot_id bigint not null references facts.lots,
    decision_ids bigint [] not null,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default clock_timestamp(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint assessment_covers_a_stop check (cardinality(decision_ids) > 0),
    constraint assessment_reason_is_said check (char_length(btrim(reason)) >= 10)
);
create index origin_assessments_by_lot on facts.origin_assessments (lot_id);
create index origin_assessments_by_xid on facts.origin_assessments (row_xid);

alter table facts.decision_signatures
add column assessment_id bigint references facts.origin_assessments,
add constraint assessment_is_signed_once unique (assessment_id),
drop constraint signature_is_under_one_thing,
add constraint signature_is_under_one_thing
check (num_nonnulls(decision_id, withdrawal_id, assessment_id) = 1),
drop constraint signature_meaning_is_known,
add constraint signature_meaning_is_known
check (meaning in ('RELEASE', 'LIFT', 'REJECT', 'HOLD', 'WITHDRAW', 'ASSESS'));

create trigger take_turn before insert on facts.origin_assessments
for each statement execute function facts.take_turn();
create trigger note_inserts after insert on facts.origin_assessments
referencing new table as added
for each statement execute function audit.note_writes('assessment_id');
create trigger refuse_change before update or delete or truncate on facts.origin_assessments
for each statement execute function facts.refuse_change();
create trigger refuse_the_past after insert on facts.origin_assessments
for each statement execute function facts.refuse_the_past();

-- A withdrawal may lift a stop or bring one back, so it takes its turn too.
create trigger take_turn before insert on facts.decision_withdrawals
for each statement execute function facts.take_turn();

-- Few decisions stop a lot; a walk asks each lot it reaches for them.
create index qc_decisions_that_stop on facts.qc_decisions (lot_id) where decision <> 'PASS';

drop function lot_disposition(bigint);
drop view decided_lots;

create view origin_assessments as
select * from facts.origin_assessments
where recorded_at <= (select known_until());

-- The day it is at the site, now or at the moment asked about; its zone is the session's setting.
create function site_date() returns date
language sql stable parallel safe
return cast(
    least(known_until(), now()) at time zone coalesce(
        nullif(current_setting('lotline.site_zone', true), ''), 'UTC'
    ) as date
);

-- The gates that a lot must pass before it is released: all that serve its type, blocking ones
-- included. A lot without a type must pass every blocking one: nobody can say that it needs none.
create view gates_to_pass as
select lot_type, gate_id from qc_gates
where lot_type is not null
union all
select null, gate_id from qc_gates
where gate_type = 'BLOCKING';

-- Every HOLD and FAIL that is the latest decision at its gate, or without one. It is the rule of
-- `latest_decisions` asked so that few lots can be looked up by index; a test holds them equal.
create view standing_stops as
select
    stops.lot_id,
    stops.gate_id,
    stops.decision,
    stops.happened_at,
    stops.decision_id
from qc_decisions as stops
where
    stops.decision <> 'PASS'
    and not exists (
        select from qc_decisions as newer
        where
            newer.lot_id = stops.lot_id
            and coalesce(newer.gate_id, 0) = coalesce(stops.gate_id, 0)
            and (newer.happened_at, newer.decision_id) > (stops.happened_at, stops.decision_id)
    );

-- What the latest decisions about a lot come to. A lot without a row: nobody decided about it, or
-- all decisions were withdrawn. Where a query names lot ids, the planner looks up the decisions of
-- those lots only.
create view decided_lots as
select
    lot_id,
    bool_or(decision = 'FAIL') as has_fail,
    bool_or(decision = 'HOLD') as has_hold,
    bool_or(decision = 'PASS') as has_pass,
    array_agg(gate_id) filter (where decision = 'PASS') as passed_gate_ids
from latest_decisions
group by lot_id;

-- The stops that stand against a lot by its origin: every HOLD and FAIL of an ancestor, each with the
-- assessment that covers it; none: the lot may be neither used nor shipped for it. An assessment
-- covers the very decisions it names: one that came later is another, and so is one that a link
-- brought.
create function origin_stops(of_lot_id bigint) returns table (
    lot_id bigint, gate_id bigint, decision text, happened_at timestamptz, decision_id bigint,
    assessment_id bigint
)
language sql stable set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
    select
        stops.lot_id,
        stops.gate_id,
        stops.decision,
        stops.happened_at,
        stops.decision_id,
        (
            select max(assessments.assessment_id)
            from origin_assessments as assessments
            where
                assessments.lot_id = of_lot_id
                and stops.decision_id = any(assessments.decision_ids)
        )
    from lots_before(of_lot_id) as before (lot_id)
    inner join standing_stops as stops on before.lot_id = stops.lot_id
$$;

-- Whether some stop of a lot's origin was not assessed.
create function is_stopped(of_lot_id bigint) returns boolean
language sql stable
return exists (select from origin_stops(of_lot_id) where assessment_id is null);

-- Which of these lots are stopped by origin: back to every ancestor of any, then from those that
-- stand on HOLD or FAIL down to the lots asked about. Few lots were ever assessed; they alone are
-- asked stop by stop.
create function lots_stopped(among bigint []) returns setof bigint
language sql stable set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
    with recursive behind (lot_id) as (
        select unnest(among)
        union
        select lot_genealogy.parent_lot_id
        from behind
        inner join lot_genealogy on behind.lot_id = lot_genealogy.child_lot_id
    ),

    stops as materialized (
        select distinct standing_stops.lot_id
        from behind
        inner join standing_stops on behind.lot_id = standing_stops.lot_id
    ),

    reached (lot_id) as (
        select lot_genealogy.child_lot_id
        from stops
        inner join lot_genealogy on stops.lot_id = lot_genealogy.parent_lot_id
        where lot_genealogy.child_lot_id in (select lot_id from behind)
        union
        select lot_genealogy.child_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
        where lot_genealogy.child_lot_id in (select lot_id from behind)
    )

    select lot_id
    from reached
    where
        lot_id in (select unnest(among))
        and (
            not exists (
                select from origin_assessments
                where origin_assessments.lot_id = reached.lot_id
            )
            or is_stopped(lot_id)
        )
$$;

-- Every lot that is stopped by origin: down from all stops.
create function stopped_lots() returns setof bigint
language sql stable set enable_hashjoin = off set enable_mergejoin = off as $$
    with recursive reached (lot_id) as (
        select lot_genealogy.child_lot_id
        from standing_stops
        inner join lot_genealogy on standing_stops.lot_id = lot_genealogy.parent_lot_id
        union
        select lot_genealogy.child_lot_id
        from reached
        inner join lot_genealogy on reached.lot_id = lot_genealogy.parent_lot_id
    )

    select lot_id
    from reached
    where
        not exists (
            select from origin_assessments
            where origin_assessments.lot_id = reached.lot_id
        )
        or is_stopped(lot_id)
$$;

-- What a lot is, in one word: the first that holds. Released is said last and only where every gate
-- to pass was passed.
create function disposition_of(
    has_fail boolean, has_hold boolean, has_pass boolean, passed_gate_ids bigint [],
    gate_ids bigint [], is_stopped boolean, expires_on date
) returns text
language sql stable parallel safe
return case
    when has_fail then 'rejected'
    when has_hold then 'hold'
    when is_stopped then 'stopped'
    when expires_on < site_date() then 'expired'
    when has_pass and coalesce(gate_ids, '{}') <@ coalesce(passed_gate_ids, '{}') then 'released'
    else 'pending'
end;

-- The gates to pass by type, in one array each, for whole sets of lots; '': no type.
create view gates_by_type as
select
    coalesce(lot_type, '') as lot_type,
    array_agg(gate_id) as gate_ids
from gates_to_pass
group by coalesce(lot_type, '');

-- What each of these lots is: the one rule that lists, searches, traces and pages read.
create function lot_states(of_lot_ids bigint []) returns table (lot_id bigint, disposition text)
language sql stable as $$
    select
        lots.lot_id,
        disposition_of(
            decided.has_fail, decided.has_hold, decided.has_pass, decided.passed_gate_ids,
            gates_by_type.gate_ids, stopped.lot_id is not null, lots.expires_on
        )
    from lots
    left join (
        select * from decided_lots
        where decided_lots.lot_id = any(of_lot_ids)
    ) as decided on lots.lot_id = decided.lot_id
    left join gates_by_type on coalesce(lots.lot_type, '') = gates_by_type.lot_type
    left join lots_stopped(of_lot_ids) as stopped (lot_id) on lots.lot_id = stopped.lot_id
    where lots.lot_id = any(of_lot_ids)
$$;

-- The same of every lot.
create view all_lot_states as
select
    lots.lot_id,
    disposition_of(
        decided.has_fail, decided.has_hold, decided.has_pass, decided.passed_gate_ids,
        gates_by_type.gate_ids, stopped.lot_id is not null, lots.expires_on
    ) as disposition,
    decided.passed_gate_ids
from lots
left join decided_lots as decided on lots.lot_id = decided.lot_id
left join gates_by_type on coalesce(lots.lot_type, '') = gates_by_type.lot_type
left join stopped_lots() as stopped (lot_id) on lots.lot_id = stopped.lot_id;

-- The same of one lot, where a page shows few.
create function lot_disposition(of_lot_id bigint) returns text
language sql stable
return (select disposition from lot_states(array[of_lot_id]));

-- The lots that wait, each with every gate that it waits for; null: its type has no gate, and it
-- waits for any decision.
create view waiting_lots as
select
    states.lot_id,
    gates_to_pass.gate_id
from all_lot_states as states
inner join lots on states.lot_id = lots.lot_id
left join gates_to_pass on coalesce(lots.lot_type, '') = coalesce(gates_to_pass.lot_type, '')
where
    states.disposition = 'pending'
    and (gates_to_pass.gate_id = any(states.passed_gate_ids)) is not true;

grant select on
origin_assessments, gates_to_pass, gates_by_type, standing_stops, decided_lots, all_lot_states,
waiting_lots
to lotline_app, lotline_pipeline, lotline_auditor;
grant select on facts.origin_assessments to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (lot_id, decision_ids, reason, operator_id) on facts.origin_assessments to lotline_app;
grant insert (assessment_id) on facts.decision_signatures to lotline_app;
