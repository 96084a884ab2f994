-- name: database_exists
select 1 from pg_database where datname = 'lotline';

-- name: begin_writing
-- Tell the trail who writes and from where, then take the one write lock for genealogy and
-- trail: whoever measures a lot after it sees everything that was written before.
select
    set_config('lotline.user_id', coalesce(cast(:user_id as text), ''), true),
    set_config('lotline.face', coalesce(:face, ''), true),
    set_config('lotline.address', coalesce(:address, ''), true),
    set_config('lotline.request_id', coalesce(:request_id, ''), true),
    set_config('lotline.reason', coalesce(:reason, ''), true),
    set_config('lotline.history', :history, true),
    pg_advisory_xact_lock(7150002);

-- name: name_writer
-- Tell the trail who writes and from where; the write itself takes the lock.
select
    set_config('lotline.user_id', coalesce(cast(:user_id as text), ''), true),
    set_config('lotline.face', coalesce(:face, ''), true),
    set_config('lotline.address', coalesce(:address, ''), true),
    set_config('lotline.request_id', coalesce(:request_id, ''), true),
    set_config('lotline.reason', coalesce(:reason, ''), true),
    set_config('lotline.history', :history, true);

-- name: await_commits
-- Wait for a writer whose turn has ended and who is not committed yet; then the clock is asked.
select cast(:moment as timestamptz) > clock_timestamp() as is_ahead
from (select pg_advisory_xact_lock_shared(7150003) offset 0) as waited;

-- name: ask_as_of
select set_config('lotline.as_of', :moment, true);

-- name: committed_until
-- Until when the facts recorded were committed by a moment.
select committed_until(cast(:moment as timestamptz));

-- name: record_as_of
-- What an edition remembers of the moment it was copied at.
select
    now() as record_as_of,
    pg_current_snapshot()::text as snapshot,
    (select system_identifier from pg_control_system())::text as cluster,
    current_database() as database,
    coalesce((select max(entry_id) from audit.entries), 0) as audit_length,
    coalesce(
        (select encode(hash, 'hex') from audit.entries order by entry_id desc limit 1), ''
    ) as audit_head;

-- name: news
-- The newest entry of the trail that says more than who signed in, acted on Dagster's pages or
-- named the columns of an import, and whether the trail still holds the entry with which it ended
-- when an edition was copied. The trail has an entry for every write to every table that is copied,
-- in the order of commits: no clock, and no late commit is missed.
select
    coalesce(
        (
            select max(entry_id) from audit.entries
            where table_name not in ('sign_ins', 'sign_in_failures', 'dagster_acts', 'import_mappings')
        ),
        0
    ) as newest,
    cast(:length as bigint) = 0 or exists (
        select 1 from audit.entries
        where entry_id = :length and encode(hash, 'hex') = :head
    ) as is_continued;

-- name: ask_for_run
insert into run_requests (requested_by) values (:user_id) returning request_id;

-- name: write_dagster_act
insert into dagster_acts (acts, asked, acted_by)
values (:acts, :asked, :user_id)
returning act_id;

-- name: is_empty
-- Whether nobody has written anything: the tables hold only what migrations put in.
select
    not exists (select 1 from users)
    and not exists (select 1 from sign_ins)
    and not exists (select 1 from sign_in_failures)
    and not exists (select 1 from sessions)
    and not exists (select 1 from given_answers)
    and not exists (select 1 from facts.products)
    and not exists (select 1 from facts.partners)
    and not exists (select 1 from facts.production_runs)
    and not exists (select 1 from run_requests)
    and not exists (select 1 from dagster_acts)
    and not exists (select 1 from import_mappings)
    and not exists (select 1 from facts.lots)
    and not exists (select 1 from facts.lot_corrections)
    and not exists (select 1 from facts.productions)
    and not exists (select 1 from facts.production_inputs)
    and not exists (select 1 from facts.production_outputs)
    and not exists (select 1 from facts.production_voids)
    and not exists (select 1 from facts.packings)
    and not exists (select 1 from facts.packing_voids)
    and not exists (select 1 from facts.places)
    and not exists (select 1 from facts.place_revisions)
    and not exists (select 1 from facts.moves)
    and not exists (select 1 from facts.move_voids)
    and not exists (select 1 from facts.imports)
    and not exists (select 1 from facts.rows_set_aside)
    and not exists (select 1 from facts.set_aside_ends)
    and not exists (select 1 from facts.lot_genealogy)
    and not exists (select 1 from facts.link_voids)
    and not exists (select 1 from facts.shipment_voids)
    and not exists (select 1 from facts.movements)
    and not exists (select 1 from facts.movement_voids)
    and not exists (select 1 from facts.reading_voids)
    and not exists (select 1 from facts.lot_voids)
    and not exists (select 1 from facts.readings)
    and not exists (select 1 from facts.qc_decisions)
    and not exists (select 1 from facts.decision_withdrawals)
    and not exists (select 1 from facts.origin_assessments)
    and not exists (select 1 from facts.decision_signatures)
    and not exists (select 1 from facts.finding_settlements)
    and not exists (select 1 from facts.shipments)
        as is_empty;

-- name: trail_is_untouched
-- Whether the trail tells only of what migrations put in; asked by the owner.
select not exists (select 1 from audit.entries where action <> 'found') as is_untouched;

-- name: lots_relinked_since
-- Lots into which a link was written or voided that the given snapshot did not see.
select links.child_lot_id as lot_id
from facts.lot_genealogy as links
where
    links.row_xid >= pg_snapshot_xmin(cast(:snapshot as pg_snapshot))
    and not pg_visible_in_snapshot(links.row_xid, cast(:snapshot as pg_snapshot))
union
select links.child_lot_id
from facts.link_voids as voids
inner join facts.lot_genealogy as links on voids.link_id = links.link_id
where
    voids.row_xid >= pg_snapshot_xmin(cast(:snapshot as pg_snapshot))
    and not pg_visible_in_snapshot(voids.row_xid, cast(:snapshot as pg_snapshot));
