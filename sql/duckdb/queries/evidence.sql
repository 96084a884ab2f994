-- name: create_evidence_step
create sequence if not exists edition.evidence_step;

-- name: create_evidence
-- What was done to the file since its copies were made, in order; the last of a step and name counts.
create table if not exists edition.evidence (
    step_number bigint not null,
    step varchar not null,  -- copied, built, checked or published
    name varchar not null,  -- a table; of a check: its table and its name
    run_id varchar not null,
    fingerprint varchar not null,  -- of what did it
    passed boolean not null,
    rows_in_record bigint,  -- of a copy: what the record counted in the same snapshot
    finding varchar  -- of a check: what it found, as JSON
);

-- name: forget_evidence
delete from edition.evidence;

-- name: note_step
insert into edition.evidence
values (
    nextval('edition.evidence_step'),
    $step,
    $name,
    $run_id,
    $fingerprint,
    $passed,
    cast($rows_in_record as bigint),
    $finding
);

-- name: steps_noted
select
    step_number,
    step,
    name,
    run_id,
    fingerprint,
    passed,
    rows_in_record
from edition.evidence
order by step_number;

-- name: last_step
-- The number of the last step but for publications; 0: there is none.
select coalesce(max(step_number), 0) as step_number
from edition.evidence
where step <> $published;

-- name: last_findings
-- What each check found last, and in which run.
select
    name,
    arg_max(run_id, step_number) as run_id,
    arg_max(finding, step_number) as finding
from edition.evidence
where step = 'checked'
group by name;
