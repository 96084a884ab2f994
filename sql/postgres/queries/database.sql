-- name: database_exists
select 1 from pg_database where datname = 'lotline';

-- name: take_write_lock
-- One write lock for genealogy and decisions, always taken first: whoever measures a lot
-- after it sees everything that was written before.
select pg_advisory_xact_lock(7150002);

-- name: record_as_of
-- What an edition remembers of the moment it was copied at.
select
    now() as record_as_of,
    pg_current_snapshot()::text as snapshot,
    (select system_identifier from pg_control_system())::text as cluster,
    current_database() as database;

-- name: changed_since
-- Whether anything was committed that the given snapshot did not see.
select
    exists (
        select 1
        from (
            select row_xid from users
            union all select row_xid from products
            union all select row_xid from partners
            union all select row_xid from production_runs
            union all select row_xid from lots
            union all select row_xid from lot_genealogy
            union all select row_xid from readings
            union all select row_xid from qc_decisions
            union all select row_xid from shipments
        ) as facts
        where
            row_xid >= pg_snapshot_xmin(cast(:snapshot as pg_snapshot))
            and not pg_visible_in_snapshot(row_xid, cast(:snapshot as pg_snapshot))
    ) as has_changed;

-- name: newest_run_request
select max(request_id) from run_requests;

-- name: ask_for_run
insert into run_requests (requested_by) values (:user_id) returning request_id;

-- name: asked_since
select exists (select 1 from run_requests where requested_at > :moment) as is_asked;

-- name: newest_change
-- A name for the state of the record: how many facts of each kind it holds.
select
    concat_ws(
        '-',
        (select max(row_xid::text::bigint) from lots),
        (select max(row_xid::text::bigint) from lot_genealogy),
        (select max(row_xid::text::bigint) from readings),
        (select max(row_xid::text::bigint) from qc_decisions),
        (select max(row_xid::text::bigint) from shipments)
    ) as newest;

-- name: is_empty
select not exists (select 1 from lots) and not exists (select 1 from users) as is_empty;

-- name: constraint_text
select pg_get_constraintdef(oid) from pg_constraint where conname = :name;
