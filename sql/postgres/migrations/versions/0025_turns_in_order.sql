-- A moment has one answer, whenever it is asked about.
--
-- Clocks are set back: what was committed second would be dated first, and known at a moment at
-- which it wasn't. So a turn begins after all that is recorded already, and its facts with it. And a
-- turn ends a little before its commit: who asks about that very moment waits for the commit.

-- Turns of before 0013 were guessed from facts, some of which were written without waiting for their
-- turn, and clocks may have been set back since: those that met become one, so that in the middle of
-- it nothing of it is known.
alter table audit.turns disable trigger user;
create temporary table merged_turns on commit drop as
with placed as (
    select
        *,
        max(ended_at) over (
            order by began_at, ended_at rows between unbounded preceding and 1 preceding
        ) as others_ended_at
    from audit.turns
    where ended_at is not null
),

numbered as (
    select
        *,
        count(*) filter (where others_ended_at is null or began_at > others_ended_at)
        over (order by began_at, ended_at) as island
    from placed
)

select
    min(began_at) as began_at,
    max(ended_at) as ended_at,
    min(row_xid::text::numeric)::text::xid8 as row_xid
from numbered
group by island
having count(*) > 1;
delete from audit.turns
using merged_turns
where
    turns.ended_at is not null
    and turns.began_at between merged_turns.began_at and merged_turns.ended_at;
insert into audit.turns (began_at, ended_at, row_xid)
select began_at, ended_at, row_xid from merged_turns;
drop table merged_turns;
alter table audit.turns enable trigger user;

-- When a fact is recorded: now, and never before its turn began.
create function facts.time_of_recording() returns timestamptz
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    return greatest(
        clock_timestamp(),
        (
            select began_at from audit.turns
            where row_xid = pg_current_xact_id() and ended_at is null
        )
    );
end
$$;
revoke all on function facts.time_of_recording() from public;
grant execute on function facts.time_of_recording() to lotline_app;

do $$
declare
    fact regclass;
begin
    for fact in
        select oid::regclass from pg_class
        where relkind = 'r' and relnamespace = 'facts'::regnamespace
    loop
        execute format(
            'alter table %s alter recorded_at set default facts.time_of_recording()', fact
        );
    end loop;
end
$$;

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
        -- Not before what is recorded already: the clock may have been set back.
        insert into audit.turns (began_at)
        select
            greatest(
                clock_timestamp(),
                (select ended_at from audit.turns order by began_at desc limit 1)
                + interval '1 microsecond',
                (select recorded_at from audit.entries order by entry_id desc limit 1)
                + interval '1 microsecond'
            );
    end if;
    return null;
end
$$;

create or replace function audit.end_turn() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    -- Who asks about a moment waits for those that have ended and are not committed yet.
    perform pg_advisory_xact_lock(7150003);
    update audit.turns
    set ended_at = greatest(
        clock_timestamp(),
        began_at,
        (select recorded_at from audit.entries order by entry_id desc limit 1)
    )
    where row_xid = new.row_xid and ended_at is null;
    return null;
end
$$;

-- The trail's times never go back either, and no entry is older than the fact it tells of.
create or replace function audit.append(
    head audit.entries, action text, of_table text, key_column text, before jsonb, after jsonb
) returns audit.entries
language plpgsql as $$
declare
    entry audit.entries;
begin
    entry.entry_id := coalesce(head.entry_id, 0) + 1;
    entry.recorded_at := greatest(
        clock_timestamp(), head.recorded_at, cast(after ->> 'recorded_at' as timestamptz)
    );
    entry.user_id := cast(nullif(current_setting('lotline.user_id', true), '') as bigint);
    entry.database_role := coalesce(nullif(current_setting('role', true), 'none'), session_user);
    entry.face := nullif(current_setting('lotline.face', true), '');
    entry.address := nullif(current_setting('lotline.address', true), '');
    entry.request_id := nullif(current_setting('lotline.request_id', true), '');
    entry.action := action;
    entry.table_name := of_table;
    entry.row_id := cast(coalesce(after, before) ->> key_column as bigint);
    entry.before := audit.shown(before);
    entry.after := audit.shown(after);
    entry.reason := coalesce(after ->> 'reason', nullif(current_setting('lotline.reason', true), ''));
    entry.hash := sha256(
        coalesce(head.hash, sha256('lotline')) || convert_to(audit.content(entry), 'UTF8')
    );
    insert into audit.entries values (entry.*);
    return entry;
end
$$;
