-- The guards measure the whole record as it is now, whatever the writer's session has set or made.
--
-- A table made in a session would stand before ours of the same name, and a transaction that looks at
-- the past (`lotline.as_of`) sees too little of what was given out. (An import, which takes history as it
-- was, says so by `lotline.history`; its command draws the whole graph, and each run's rules look again.)

alter function facts.guard_kilograms() set search_path = pg_catalog, public, pg_temp;
alter function facts.guard_cycles() set search_path = pg_catalog, public, pg_temp;

create function facts.refuse_the_past() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if known_until() <> 'infinity' then
        raise exception using
            errcode = 'check_violation', constraint = 'facts_are_written_now',
            message = 'a transaction that looks at the past writes nothing';
    end if;
    return null;
end
$$;
revoke all on function facts.refuse_the_past() from public;

-- After each statement, so that nothing the statement itself sets can hide it.
create trigger refuse_the_past after insert on facts.lots
for each statement execute function facts.refuse_the_past();
create trigger refuse_the_past after insert on facts.lot_genealogy
for each statement execute function facts.refuse_the_past();
create trigger refuse_the_past after insert on facts.readings
for each statement execute function facts.refuse_the_past();
create trigger refuse_the_past after insert on facts.qc_decisions
for each statement execute function facts.refuse_the_past();
create trigger refuse_the_past after insert on facts.shipments
for each statement execute function facts.refuse_the_past();
create trigger refuse_the_past after insert on facts.link_voids
for each statement execute function facts.refuse_the_past();
create trigger refuse_the_past after insert on facts.lot_corrections
for each statement execute function facts.refuse_the_past();
create trigger refuse_the_past after insert on facts.decision_withdrawals
for each statement execute function facts.refuse_the_past();
create trigger refuse_the_past after insert on facts.decision_signatures
for each statement execute function facts.refuse_the_past();
