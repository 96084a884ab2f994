-- What else happens to a lot's kilograms. RETURNED adds to what is on hand, of a line that was shipped.
-- COUNTED says what was found: it takes the place of what the record made of it until then. DOWNGRADED
-- moves nothing: so much may no longer be shipped as this lot. The others take from it.
create table facts.movements (
    movement_id bigint generated always as identity primary key,
    lot_id bigint not null references facts.lots,
    kind text not null,
    quantity_kg numeric(18, 6),
    reason text,
    partner_id bigint references facts.partners,  -- who got it, SENT_BACK or DONATED
    shipment_id bigint references facts.shipments,  -- of which line it was RETURNED
    operator_id bigint references users,
    happened_at timestamptz not null,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    source_key text,
    constraint movement_kind_is_known check (
        kind in (
            'WASTE', 'SAMPLE', 'DESTROYED', 'RETURNED', 'SENT_BACK', 'DOWNGRADED', 'DONATED', 'COUNTED'
        )
    ),
    constraint movement_moves_more_than_0_kg
    check (quantity_kg > 0 or quantity_kg = 0 and kind = 'COUNTED'),
    constraint count_says_what_was_found check (quantity_kg is not null or kind <> 'COUNTED'),
    constraint return_is_of_a_shipment check ((shipment_id is not null) = (kind = 'RETURNED')),
    constraint movement_partner_got_it
    check (partner_id is null or kind in ('SENT_BACK', 'DONATED'))
);
create index movements_by_lot on facts.movements (lot_id);
create index movements_by_shipment on facts.movements (shipment_id) where shipment_id is not null;
create index movements_by_xid on facts.movements (row_xid);
create index movements_by_source_key on facts.movements (source_key) where source_key is not null;

create table facts.movement_voids (
    void_id bigint generated always as identity primary key,
    movement_id bigint not null references facts.movements,
    reason text not null,
    operator_id bigint references users,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    happened_at timestamptz,
    constraint movement_is_voided_once unique (movement_id),
    constraint movement_void_reason_is_said check (char_length(btrim(reason)) >= 10)
) with (vacuum_truncate = off);
create index movement_voids_by_xid on facts.movement_voids (row_xid);

create view movements as
select movements.*
from facts.movements
where
    movements.recorded_at <= (select known_until())
    and not exists (
        select from facts.movement_voids as voids
        where
            voids.movement_id = movements.movement_id
            and voids.recorded_at <= (select known_until())
    );

-- What came back of a lot and nobody has decided about since: so many kilograms of what is on hand are
-- neither used nor shipped. Of a return of unknown quantity, what is left of its line.
create view undecided_returns as
select
    returns.lot_id,
    sum(
        coalesce(
            returns.quantity_kg,
            shipments.quantity_kg - coalesce(
                (
                    select sum(others.quantity_kg) from movements as others
                    where others.shipment_id = returns.shipment_id
                ), 0
            ),
            0
        )
    ) as at_most_kg,
    count(*) - count(returns.quantity_kg) as unknown_count
from movements as returns
left join shipments on returns.shipment_id = shipments.shipment_id
where
    returns.kind = 'RETURNED'
    and not exists (
        select from qc_decisions as decisions
        where
            decisions.lot_id = returns.lot_id
            and (decisions.happened_at, decisions.recorded_at) > (returns.happened_at, returns.recorded_at)
    )
group by returns.lot_id;

drop function lot_balance(bigint, numeric);
drop function balance_of(numeric, numeric, bigint, numeric, bigint);

-- What movements say of these lots' kilograms; a lot without one has no row. Of a lot that was counted,
-- since_kg is what came and went after its last count: what happened in the same minute is after it
-- where it was recorded later.
--
-- Of a return of unknown quantity as much may have come back as was shipped of its line, and what is
-- known to have come back of a line of unknown quantity left with it before.
create function movement_sums(of_lot_ids bigint []) returns table (
    lot_id bigint,
    moved_out_kg numeric,
    unknown_moved_out_count bigint,
    returned_kg numeric,
    returned_at_most_kg numeric,
    unknown_returns_count bigint,
    counted_kg numeric,
    since_kg numeric,
    since_at_most_kg numeric,
    unknown_since_count bigint
)
language sql stable parallel safe as $$
    with moved as (
        select
            movements.*,
            movements.kind in ('WASTE', 'SAMPLE', 'DESTROYED', 'SENT_BACK', 'DONATED') as is_out,
            movements.kind = 'RETURNED' as is_back
        from movements
        where movements.lot_id = any(of_lot_ids)
    ),

    counts as (
        select distinct on (moved.lot_id)
            moved.lot_id, moved.quantity_kg, moved.happened_at, moved.recorded_at
        from moved
        where moved.kind = 'COUNTED'
        order by moved.lot_id, moved.happened_at desc, moved.recorded_at desc
    ),

    placed as (
        select
            moved.*,
            counts.lot_id is null
            or (moved.happened_at, moved.recorded_at) > (counts.happened_at, counts.recorded_at)
                as is_since
        from moved
        left join counts on moved.lot_id = counts.lot_id
    ),

    sums as (
        select
            placed.lot_id,
            coalesce(sum(quantity_kg) filter (where is_out), 0) as out_kg,
            count(*) filter (where is_out and quantity_kg is null) as unknown_out_count,
            coalesce(sum(quantity_kg) filter (where is_back), 0) as back_kg,
            count(*) filter (where is_back and quantity_kg is null) as unknown_back_count,
            coalesce(sum(quantity_kg) filter (where is_out and is_since), 0) as out_since_kg,
            coalesce(sum(quantity_kg) filter (where is_back and is_since), 0) as back_since_kg,
            count(*) filter (where (is_out or is_back) and is_since and quantity_kg is null)
                as unknown_since_count
        from placed
        group by placed.lot_id
    ),

    lines as (
        select
            placed.lot_id,
            shipments.quantity_kg as line_kg,
            counts.lot_id is null
            or (shipments.happened_at, shipments.recorded_at) > (counts.happened_at, counts.recorded_at)
                as is_since,
            coalesce(sum(placed.quantity_kg) filter (where placed.is_since), 0) as since_kg,
            coalesce(sum(placed.quantity_kg) filter (where not placed.is_since), 0) as before_kg,
            bool_or(placed.quantity_kg is null and placed.is_since) as is_unknown
        from placed
        left join shipments on placed.shipment_id = shipments.shipment_id
        left join counts on placed.lot_id = counts.lot_id
        where placed.is_back
        group by placed.lot_id, placed.shipment_id, shipments.shipment_id, shipments.quantity_kg,
            shipments.happened_at, shipments.recorded_at, counts.lot_id, counts.happened_at,
            counts.recorded_at
    ),

    came_back as (
        select
            bounds.lot_id,
            case when count(*) = count(bounds.kg) then sum(bounds.kg) end as at_most_kg
        from (
            select
                lines.lot_id,
                case
                    when line_kg is not null and is_unknown then line_kg - before_kg
                    when line_kg is null and is_since then 0
                    when not is_unknown then since_kg
                end as kg
            from lines
        ) as bounds
        group by bounds.lot_id
    ),

    taken as (
        select
            counts.lot_id,
            coalesce(sum(given.quantity_kg), 0) as kg,
            count(given.lot_id) - count(given.quantity_kg) as unknown_count
        from counts
        left join lateral (
            select links.parent_lot_id as lot_id, links.quantity_kg
            from lot_genealogy as links
            where
                links.parent_lot_id = counts.lot_id
                and (links.happened_at, links.recorded_at) > (counts.happened_at, counts.recorded_at)
            union all
            select shipments.lot_id, shipments.quantity_kg
            from shipments
            where
                shipments.lot_id = counts.lot_id
                and (shipments.happened_at, shipments.recorded_at)
                > (counts.happened_at, counts.recorded_at)
        ) as given on true
        group by counts.lot_id
    )

    select
        sums.lot_id,
        sums.out_kg,
        sums.unknown_out_count,
        sums.back_kg,
        case when counts.lot_id is null then coalesce(came_back.at_most_kg, 0) end,
        sums.unknown_back_count,
        counts.quantity_kg,
        sums.back_since_kg - sums.out_since_kg - taken.kg,
        case when came_back.lot_id is null then 0 else came_back.at_most_kg end
        - sums.out_since_kg - taken.kg,
        sums.unknown_since_count + taken.unknown_count
    from sums
    left join counts on sums.lot_id = counts.lot_id
    left join came_back on sums.lot_id = came_back.lot_id
    left join taken on sums.lot_id = taken.lot_id
$$;

-- What is known of a lot's kilograms, of its weight and what left it and came back, known and of unknown
-- quantity (`movement_sums`; all null of a lot that nothing was moved of).
--
-- A column of kilograms is filled only where they are known exactly. Where they aren't, one beside it
-- says the bound that is known: at least so many left, so at most so many are here. A lot that gave
-- out more than it weighed has no stock to tell, only by how much it is overdrawn. A count takes the
-- place of all that was known before it; what is on hand is accounted for only where it was counted.
-- Lists, lot pages, guards and traces read it here; `genealogy.mass_balance` says the same of an
-- edition.
create function balance_of(
    weight_kg numeric,
    known_into_children_kg numeric,
    unknown_links_count bigint,
    known_shipped_kg numeric,
    unknown_shipments_count bigint,
    known_moved_out_kg numeric,
    unknown_moved_out_count bigint,
    known_returned_kg numeric,
    returned_at_most_kg numeric,
    unknown_returns_count bigint,
    counted_kg numeric,
    since_kg numeric,
    since_at_most_kg numeric,
    unknown_since_count bigint
) returns table (
    into_children_kg numeric,
    into_children_at_least_kg numeric,
    shipped_kg numeric,
    shipped_at_least_kg numeric,
    moved_out_kg numeric,
    moved_out_at_least_kg numeric,
    returned_kg numeric,
    returned_at_least_kg numeric,
    away_kg numeric,
    away_at_least_kg numeric,
    given_out_kg numeric,
    given_out_at_least_kg numeric,
    on_hand_kg numeric,
    on_hand_at_most_kg numeric,
    overdrawn_kg numeric,
    overdrawn_at_least_kg numeric,
    is_counted boolean,
    counted_difference_kg numeric,
    accounted_ratio double precision
)
language sql immutable parallel safe as $$
    select
        case when unknown_links_count = 0 then known_into_children_kg end,
        case when unknown_links_count > 0 then known_into_children_kg end,
        case when unknown_shipments_count = 0 then known_shipped_kg end,
        case when unknown_shipments_count > 0 then known_shipped_kg end,
        case when unknown_out_count = 0 then out_kg end,
        case when unknown_out_count > 0 then out_kg end,
        case when unknown_back_count = 0 then back_kg end,
        case when unknown_back_count > 0 then back_kg end,
        case when is_away_known then known_shipped_kg - back_kg end,
        case when not is_away_known then known_away_kg end,
        case when is_all_known then gone_kg end,
        case when not is_all_known then known_into_children_kg + out_kg + known_away_kg end,
        case when is_known and left_kg >= 0 then left_kg end,
        case when not is_known and left_at_most_kg >= 0 then left_at_most_kg end,
        case when is_known and left_kg < 0 then -left_kg end,
        case when not is_known and left_at_most_kg < 0 then -left_at_most_kg end,
        counted_kg is not null,
        case
            when counted_kg is not null and is_known and is_all_known
                then left_kg - (weight_kg - gone_kg)
        end,
        case
            when is_all_known and is_known
                then cast(
                    (gone_kg + case when counted_kg is null then 0 else left_kg end)
                    / nullif(weight_kg, 0) as double precision
                )
        end
    from (
        select
            coalesce(known_moved_out_kg, 0) as out_kg,
            coalesce(unknown_moved_out_count, 0) as unknown_out_count,
            coalesce(known_returned_kg, 0) as back_kg,
            coalesce(unknown_returns_count, 0) as unknown_back_count
    ) as moved
    cross join lateral (
        select
            known_into_children_kg + known_shipped_kg + out_kg - back_kg as gone_kg,
            unknown_links_count + unknown_shipments_count + unknown_out_count + unknown_back_count = 0
                as is_all_known,
            unknown_shipments_count + unknown_back_count = 0 as is_away_known,
            case when unknown_back_count > 0 then 0 else greatest(known_shipped_kg - back_kg, 0) end
                as known_away_kg
    ) as given_out
    cross join lateral (
        select
            case when counted_kg is null then weight_kg - gone_kg else counted_kg + since_kg end
                as left_kg,
            case
                when counted_kg is null
                    then weight_kg - gone_kg - back_kg + coalesce(returned_at_most_kg, 0)
                else counted_kg + since_at_most_kg
            end as left_at_most_kg,
            case when counted_kg is null then is_all_known else unknown_since_count = 0 end as is_known
    ) as rest
$$;

-- The same of one lot, where a page shows few; its weight is given, for whoever asks has it.
create function lot_balance(of_lot_id bigint, of_weight_kg numeric) returns table (
    into_children_kg numeric,
    into_children_at_least_kg numeric,
    shipped_kg numeric,
    shipped_at_least_kg numeric,
    moved_out_kg numeric,
    moved_out_at_least_kg numeric,
    returned_kg numeric,
    returned_at_least_kg numeric,
    away_kg numeric,
    away_at_least_kg numeric,
    given_out_kg numeric,
    given_out_at_least_kg numeric,
    on_hand_kg numeric,
    on_hand_at_most_kg numeric,
    overdrawn_kg numeric,
    overdrawn_at_least_kg numeric,
    is_counted boolean,
    counted_difference_kg numeric,
    accounted_ratio double precision
)
language sql stable parallel safe as $$
    select balance.*
    from (
        select coalesce(sum(quantity_kg), 0) as kg, count(*) - count(quantity_kg) as unknown_count
        from lot_genealogy
        where parent_lot_id = of_lot_id
    ) as used
    cross join (
        select coalesce(sum(quantity_kg), 0) as kg, count(*) - count(quantity_kg) as unknown_count
        from shipments
        where lot_id = of_lot_id
    ) as shipped
    left join movement_sums(array[of_lot_id]) as moved on true
    cross join lateral balance_of(
        of_weight_kg, used.kg, used.unknown_count, shipped.kg, shipped.unknown_count,
        moved.moved_out_kg, moved.unknown_moved_out_count, moved.returned_kg,
        moved.returned_at_most_kg, moved.unknown_returns_count, moved.counted_kg, moved.since_kg,
        moved.since_at_most_kg, moved.unknown_since_count
    ) as balance
$$;

-- What a lot had left between the counts around a moment: at most so much, and whether that is known
-- exactly; negative: more left it than was there; null: nobody knows. What happened before a count is
-- measured by what was there before it, not by what was found. Of a time, what was recorded by then is
-- before it.
create function lot_left(
    of_lot_id bigint, of_weight_kg numeric, at timestamptz, recorded timestamptz
) returns table (at_most_kg numeric, is_known boolean)
language plpgsql stable parallel safe as $$
declare
    counted record;
    ending record;
begin
    select quantity_kg, happened_at, recorded_at into ending
    from movements
    where
        lot_id = of_lot_id and kind = 'COUNTED' and (happened_at, recorded_at) > (at, recorded)
    order by happened_at, recorded_at limit 1;
    if not found then
        return query
        select
            coalesce(on_hand_kg, on_hand_at_most_kg, -overdrawn_kg, -overdrawn_at_least_kg),
            num_nonnulls(on_hand_kg, overdrawn_kg) > 0
        from lot_balance(of_lot_id, of_weight_kg);
        return;
    end if;
    select quantity_kg, happened_at, recorded_at into counted
    from movements
    where
        lot_id = of_lot_id and kind = 'COUNTED' and (happened_at, recorded_at) <= (at, recorded)
    order by happened_at desc, recorded_at desc limit 1;
    return query
    select
        case when counted.happened_at is null then of_weight_kg else counted.quantity_kg end
        + case
            when bool_or(flows.sign = 1 and flows.quantity_kg is null) then null
            else coalesce(sum(flows.sign * flows.quantity_kg), 0)
        end,
        count(*) = count(flows.quantity_kg)
    from (
        select -1 as sign, quantity_kg, happened_at, recorded_at
        from lot_genealogy
        where parent_lot_id = of_lot_id
        union all
        select -1, quantity_kg, happened_at, recorded_at
        from shipments
        where lot_id = of_lot_id
        union all
        select case kind when 'RETURNED' then 1 else -1 end, quantity_kg, happened_at, recorded_at
        from movements
        where lot_id = of_lot_id and kind not in ('COUNTED', 'DOWNGRADED')
    ) as flows
    where
        (flows.happened_at, flows.recorded_at) < (ending.happened_at, ending.recorded_at)
        and (
            counted.happened_at is null
            or (flows.happened_at, flows.recorded_at) > (counted.happened_at, counted.recorded_at)
        );
end
$$;

drop trigger guard_kilograms on facts.lot_genealogy;
drop trigger guard_kilograms on facts.shipments;
drop trigger guard_kilograms on facts.lot_corrections;
-- No lot gives out more than it has: more than it weighs, or than was found of it.
create or replace function facts.guard_kilograms() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    -- An import takes history as it was; too much given out becomes a finding.
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    execute format(
        'select string_agg(distinct l.lot_code, e''\n'')
         from (select distinct %I as lot_id, %s as at, %s as recorded from added where %s) as a
         join lots as l using (lot_id)
         cross join lateral lot_left(l.lot_id, l.weight_kg, a.at, a.recorded) as rest
         where rest.at_most_kg < 0',
        tg_argv[0], tg_argv[2], tg_argv[3], tg_argv[1]
    ) into wrong;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'lot_gives_out_at_most_what_it_weighs',
            message = 'a lot would give out more than it has', detail = wrong;
    end if;
    return null;
end
$$;

create trigger guard_kilograms after insert on facts.lot_genealogy
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'parent_lot_id', 'quantity_kg > 0', 'happened_at', 'recorded_at'
);
create trigger guard_kilograms after insert on facts.shipments
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'lot_id', 'quantity_kg > 0', 'happened_at', 'recorded_at'
);
create trigger guard_kilograms after insert on facts.movements
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'lot_id', 'kind not in (''RETURNED'', ''DOWNGRADED'')', 'happened_at', 'recorded_at'
);
-- A corrected weight is what there was until the lot was counted first.
create trigger guard_kilograms after insert on facts.lot_corrections
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'lot_id', 'true', 'timestamptz ''-infinity''', 'timestamptz ''-infinity'''
);

drop function lot_given_out_kg(bigint);

-- A lot is voided after all that stands about it: its links, shipments, movements, readings and
-- decisions.
create or replace function facts.guard_lot_void() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    select lots.lot_code into wrong
    from added
    inner join facts.lots on added.lot_id = lots.lot_id
    where
        exists (select from lot_genealogy where parent_lot_id = added.lot_id)
        or exists (select from lot_genealogy where child_lot_id = added.lot_id)
        or exists (select from shipments where shipments.lot_id = added.lot_id)
        or exists (select from movements where movements.lot_id = added.lot_id)
        or exists (select from readings where readings.lot_id = added.lot_id)
        or exists (select from qc_decisions where qc_decisions.lot_id = added.lot_id)
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'voided_lot_has_no_facts',
            message = format('lot %s still has facts that stand', wrong), detail = wrong;
    end if;
    return null;
end
$$;

-- What comes back is of a line that was shipped of the lot, and no more of it than left.
create function facts.guard_returns() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    select lots.lot_code into wrong
    from added
    inner join facts.lots on added.lot_id = lots.lot_id
    left join shipments on added.shipment_id = shipments.shipment_id
    where added.kind = 'RETURNED' and shipments.lot_id is distinct from added.lot_id
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'return_is_of_its_lots_shipment',
            message = format('what came back of lot %s was not shipped of it', wrong), detail = wrong;
    end if;
    -- An import takes history as it was; too much that came back becomes a finding.
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    select shipments.shipment_code into wrong
    from (select distinct shipment_id from added where kind = 'RETURNED') as lines
    inner join shipments on lines.shipment_id = shipments.shipment_id
    where shipments.quantity_kg < (
        select sum(movements.quantity_kg) from movements
        where movements.shipment_id = lines.shipment_id
    )
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'return_is_at_most_what_was_shipped',
            message = format('more of shipment %s would come back than left', wrong), detail = wrong;
    end if;
    return null;
end
$$;

-- A shipment line is voided after what came back of it.
create function facts.guard_shipment_void() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    select shipments.shipment_code into wrong
    from added
    inner join facts.shipments on added.shipment_id = shipments.shipment_id
    where exists (select from movements where movements.shipment_id = added.shipment_id)
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'voided_shipment_has_no_returns',
            message = format('what came back of shipment %s still stands', wrong), detail = wrong;
    end if;
    return null;
end
$$;

-- What came back, or was found, is not taken back once it left again.
create function facts.guard_movement_void() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    if current_setting('lotline.history', true) = 'on' then
        return null;
    end if;
    select lots.lot_code into wrong
    from added
    inner join facts.movements as voided on added.movement_id = voided.movement_id
    inner join lots on voided.lot_id = lots.lot_id
    cross join lateral
        lot_left(lots.lot_id, lots.weight_kg, voided.happened_at, voided.recorded_at) as rest
    where voided.kind in ('RETURNED', 'COUNTED') and rest.at_most_kg < 0
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'lot_gives_out_at_most_what_it_weighs',
            message = 'a lot would have given out more than it had', detail = wrong;
    end if;
    return null;
end
$$;

create trigger guard_returns after insert on facts.movements
referencing new table as added for each statement execute function facts.guard_returns();
create trigger guard_shipment_void after insert on facts.shipment_voids
referencing new table as added for each statement execute function facts.guard_shipment_void();
create trigger guard_movement_void after insert on facts.movement_voids
referencing new table as added for each statement execute function facts.guard_movement_void();
create trigger guard_source_key after insert on facts.movements
referencing new table as added for each statement execute function facts.guard_source_key();

create trigger take_turn before insert on facts.movements
for each statement execute function facts.take_turn();
create trigger refuse_the_past after insert on facts.movements
for each statement execute function facts.refuse_the_past();
create trigger note_inserts after insert on facts.movements referencing new table as added
for each statement execute function audit.note_writes('movement_id');
create trigger refuse_change before update or delete or truncate on facts.movements
for each statement execute function facts.refuse_change();
create trigger take_turn before insert on facts.movement_voids
for each statement execute function facts.take_turn();
create trigger refuse_the_past after insert on facts.movement_voids
for each statement execute function facts.refuse_the_past();
create trigger note_inserts after insert on facts.movement_voids referencing new table as added
for each statement execute function audit.note_writes('void_id');
create trigger refuse_change before update or delete or truncate on facts.movement_voids
for each statement execute function facts.refuse_change();

-- What was taken back is looked for beside every fact that a view gives. While nothing was, its table
-- has no page, and PostgreSQL takes reading it for free: it then asks the system for the table's end
-- once a row, which was half of what a list of 250,000 lots cost. So each keeps one page, as a row that
-- was refused leaves it; vacuum is told to let it be, and a restore, which empties tables, asks again.
create or replace function facts.keep_a_page() returns void
language plpgsql as $$
declare
    of_what text [];
begin
    foreach of_what slice 1 in array array[
        ['lot_corrections', 'correction_id', 'lot_id'],
        ['link_voids', 'void_id', 'link_id'],
        ['shipment_voids', 'void_id', 'shipment_id'],
        ['movement_voids', 'void_id', 'movement_id'],
        ['reading_voids', 'void_id', 'reading_id'],
        ['lot_voids', 'void_id', 'lot_id'],
        ['decision_withdrawals', 'withdrawal_id', 'decision_id']
    ] loop
        execute format('alter table facts.%I set (vacuum_truncate = off)', of_what[1]);
        begin
            execute format(
                'insert into facts.%I (%I, %I, happened_at, reason) overriding system value '
                'values (0, 0, now(), ''about nothing'')',
                of_what[1], of_what[2], of_what[3]
            );
            raise exception 'a row about nothing was taken into %', of_what[1];
        exception
            when foreign_key_violation then null;
        end;
    end loop;
end
$$;

select facts.keep_a_page();

-- Of these lots, those about which checks that saw the trail up to an entry have nothing to say:
-- facts bear on them that came later, or that an answer as of an earlier moment doesn't know. A
-- fact bears on the lots it is about, on lots of the same shipment, and on all that lie before and
-- behind these: a rule may name any of them. Where the trail is another, much was written, or
-- something that any lot may hang on, it is all of them. It runs as the owner: the app reads the
-- trail only through this.
create or replace function lots_not_looked_at(looked_until bigint, head text, of_lot_ids bigint [])
returns setof bigint
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
    facts_followed constant integer := 200;
    lots_followed constant integer := 5000;
    named bigint [];
    reached bigint [];
    is_any boolean;
begin
    if looked_until > 0 and not exists (
        select from audit.entries where entry_id = looked_until and hash = decode(head, 'hex')
    ) then
        return query select unnest(of_lot_ids);
        return;
    end if;
    with unseen as materialized (
        (
            select table_name, action, after from audit.entries
            where entry_id > looked_until and recorded_at <= known_until()
            order by entry_id limit facts_followed + 1
        )
        union all
        (
            select table_name, action, after from audit.entries
            where entry_id <= looked_until and recorded_at > known_until()
            order by recorded_at limit facts_followed + 1
        )
    ),

    bearing as materialized (
        select * from unseen
        where audit.bears_on_lots(table_name, action)
    ),

    keys as (
        select
            cast(after ->> 'lot_id' as bigint) as lot_id,
            cast(after ->> 'parent_lot_id' as bigint) as parent_lot_id,
            cast(after ->> 'child_lot_id' as bigint) as child_lot_id,
            cast(after ->> 'link_id' as bigint) as link_id,
            cast(after ->> 'decision_id' as bigint) as decision_id,
            cast(after ->> 'reading_id' as bigint) as reading_id,
            cast(after ->> 'shipment_id' as bigint) as shipment_id,
            cast(after ->> 'movement_id' as bigint) as movement_id
        from bearing
    ),

    lots_named as (
        select unnest(array[lot_id, parent_lot_id, child_lot_id]) as lot_id from keys
        union
        select unnest(array[links.parent_lot_id, links.child_lot_id])
        from keys inner join facts.lot_genealogy as links on keys.link_id = links.link_id
        union
        select decisions.lot_id
        from keys inner join facts.qc_decisions as decisions on keys.decision_id = decisions.decision_id
        union
        select readings.lot_id
        from keys inner join facts.readings as readings on keys.reading_id = readings.reading_id
        union
        select movements.lot_id
        from keys inner join facts.movements as movements on keys.movement_id = movements.movement_id
        union
        select others.lot_id
        from keys
        inner join facts.shipments as shipments on keys.shipment_id = shipments.shipment_id
        inner join facts.shipments as others on shipments.shipment_code = others.shipment_code
    )

    select
        (select array_agg(lot_id) from lots_named where lot_id is not null),
        (select count(*) > facts_followed from unseen) or exists (
            select from bearing
            where not coalesce(after ?| array[
                'lot_id', 'parent_lot_id', 'link_id', 'decision_id', 'reading_id', 'shipment_id',
                'movement_id'
            ], false)
        )
    into named, is_any;
    if not is_any and named is not null then
        select array_agg(lot_id) into reached
        from (
            select lot_id
            from (
                with recursive before_it (lot_id) as (
                    select unnest(named)
                    union
                    select links.parent_lot_id
                    from before_it inner join lot_genealogy as links on before_it.lot_id = links.child_lot_id
                )
                select lot_id from before_it limit lots_followed
            ) as walked_back
            union all
            select lot_id
            from (
                with recursive behind_it (lot_id) as (
                    select unnest(named)
                    union
                    select links.child_lot_id
                    from behind_it inner join lot_genealogy as links on behind_it.lot_id = links.parent_lot_id
                )
                select lot_id from behind_it limit lots_followed
            ) as walked_on
        ) as walked;
        is_any := cardinality(reached) >= lots_followed;
    end if;
    if is_any then
        return query select unnest(of_lot_ids);
    else
        return query select unnest(of_lot_ids) intersect select unnest(reached);
    end if;
end
$$;

alter table facts.decision_signatures
add column movement_id bigint references facts.movements,
drop constraint signature_is_under_one_thing,
drop constraint signature_meaning_is_known,
add constraint movement_is_signed_once unique (movement_id),
add constraint signature_is_under_one_thing
check (num_nonnulls(decision_id, withdrawal_id, assessment_id, movement_id) = 1),
add constraint signature_meaning_is_known
check (meaning in ('RELEASE', 'PASS', 'LIFT', 'REJECT', 'HOLD', 'WITHDRAW', 'ASSESS', 'DESTROY'));

revoke all on function
facts.guard_returns, facts.guard_shipment_void, facts.guard_movement_void
from public;
grant select on movements, undecided_returns, facts.movements, facts.movement_voids
to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (
    lot_id, kind, quantity_kg, reason, partner_id, shipment_id, operator_id, happened_at, source_key
) on facts.movements to lotline_app;
grant insert (movement_id, reason, operator_id, happened_at) on facts.movement_voids to lotline_app;
grant insert (movement_id) on facts.decision_signatures to lotline_app;
