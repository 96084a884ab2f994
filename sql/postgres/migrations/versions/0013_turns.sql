-- What was committed together is known together, from the moment of its commit.
--
-- Each row keeps the clock of its own writing, yet all that a transaction writes becomes visible at
-- its commit: as of a moment in the middle of an import, half of it seemed known. Writers of facts
-- take turns, so at any moment one of them at most is under way, and everything recorded since its
-- turn began is its own. A turn's beginning and end are all it takes to leave that out.
create table audit.turns (
    began_at timestamptz not null,
    ended_at timestamptz,
    row_xid xid8 not null default pg_current_xact_id(),
    constraint turn_ends_after_it_began check (ended_at >= began_at)
);
create index turns_by_time on audit.turns (began_at);
create unique index turns_under_way on audit.turns (row_xid) where ended_at is null;

-- Turns taken before there was this table, as far as the facts tell: their commits were no earlier.
do $$
begin
    execute (
        select
            'insert into audit.turns (began_at, ended_at, row_xid)
             select min(recorded_at), max(recorded_at), row_xid from ('
            || string_agg(format('select recorded_at, row_xid from %s', oid::regclass), ' union all ')
            || ') as written group by row_xid having min(recorded_at) < max(recorded_at)'
        from pg_class
        where relkind = 'r' and relnamespace = 'facts'::regnamespace
    );
end
$$;

-- Asked at the commit, behind all that the transaction wrote; the clock can't be asked any later.
create function audit.end_turn() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update audit.turns set ended_at = greatest(clock_timestamp(), began_at)
    where row_xid = new.row_xid and ended_at is null;
    return null;
end
$$;
revoke all on function audit.end_turn() from public;
create constraint trigger end_turn after insert on audit.turns
deferrable initially deferred
for each row execute function audit.end_turn();
create trigger refuse_change before delete or truncate on audit.turns
for each statement execute function facts.refuse_change();

create or replace function facts.take_turn() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using
            errcode = 'invalid_transaction_state', constraint = 'facts_are_written_at_read_committed',
            message = 'facts are written at read committed: an older snapshot hides what others took';
    end if;
    perform pg_advisory_xact_lock(7150002);
    if not exists (
        select from audit.turns where row_xid = pg_current_xact_id() and ended_at is null
    ) then
        insert into audit.turns (began_at) values (clock_timestamp());
    end if;
    return null;
end
$$;

-- Whoever writes a fact takes a turn, before the row is given its time.
do $$
declare
    fact regclass;
begin
    for fact in
        select oid::regclass from pg_class as tables
        where
            relkind = 'r'
            and relnamespace = 'facts'::regnamespace
            and not exists (
                select from pg_trigger where tgrelid = tables.oid and tgname = 'take_turn'
            )
    loop
        execute format(
            'create trigger take_turn before insert on %s
             for each statement execute function facts.take_turn()', fact
        );
    end loop;
end
$$;

-- Until when the facts recorded were committed by a moment: just before the turn under way then.
create function committed_until(moment timestamptz) returns timestamptz
language sql stable parallel safe
return coalesce(
    (
        select
            case
                when ended_at <= moment then moment
                else began_at - interval '1 microsecond'
            end
        from audit.turns
        where began_at <= moment
        order by began_at desc
        limit 1
    ),
    moment
);

create or replace function known_until() returns timestamptz
language sql stable parallel safe
return case
    when coalesce(current_setting('lotline.as_of', true), '') = '' then cast('infinity' as timestamptz)
    else committed_until(cast(current_setting('lotline.as_of', true) as timestamptz))
end;

grant select (began_at, ended_at) on audit.turns to lotline_app, lotline_pipeline;
grant select on audit.turns to lotline_auditor;
