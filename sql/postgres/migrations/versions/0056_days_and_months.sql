-- Days and months without a time of day were refused, or stood as midnight. A fact is now known to the
-- minute, or its time is a stretch: from happened_at until before happened_until.
alter table facts.lots
add column happened_until timestamptz,
add constraint lot_time_ends_after_it_begins check (happened_until > happened_at);
alter table facts.productions
add column happened_until timestamptz,
add constraint production_time_ends_after_it_begins check (happened_until > happened_at);
alter table facts.lot_genealogy
add column happened_until timestamptz,
add constraint link_time_ends_after_it_begins check (happened_until > happened_at);
alter table facts.readings
add column happened_until timestamptz,
add constraint reading_time_ends_after_it_begins check (happened_until > happened_at);
alter table facts.qc_decisions
add column happened_until timestamptz,
add constraint decision_time_ends_after_it_begins check (happened_until > happened_at);
alter table facts.shipments
add column happened_until timestamptz,
add constraint shipment_time_ends_after_it_begins check (happened_until > happened_at);
alter table facts.movements
add column happened_until timestamptz,
add constraint movement_time_ends_after_it_begins check (happened_until > happened_at),
add constraint count_has_its_time_of_day check (happened_until is null or kind <> 'COUNTED');
alter table facts.lot_corrections
add column happened_until timestamptz,
add constraint corrected_time_ends_after_it_begins check (happened_until > happened_at);

create index lot_genealogy_of_days on facts.lot_genealogy (link_id)
where happened_until is not null;
create index qc_decisions_of_days on facts.qc_decisions (lot_id) where happened_until is not null;

create or replace view lots as
select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    case when latest.correction_id is null then lots.product_id else latest.product_id end as product_id,
    case when latest.restates_origin then latest.run_id else lots.run_id end as run_id,
    lots.phase_id,
    case when latest.restates_origin then latest.supplier_id else lots.supplier_id end as supplier_id,
    case
        when latest.restates_origin then latest.supplier_lot_code else lots.supplier_lot_code
    end as supplier_lot_code,
    case when latest.correction_id is null then lots.weight_kg else latest.weight_kg end as weight_kg,
    case
        when latest.correction_id is null then lots.temperature_c else latest.temperature_c
    end as temperature_c,
    case when latest.correction_id is null then lots.expires_on else latest.expires_on end as expires_on,
    lots.metadata,
    lots.operator_id,
    case when latest.correction_id is null then lots.happened_at else latest.happened_at end as happened_at,
    lots.recorded_at,
    lots.row_xid,
    lots.code_skeleton,
    latest.correction_id,
    case when latest.correction_id is null then lots.quantity else latest.quantity end as quantity,
    case when latest.correction_id is null then lots.unit else latest.unit end as unit,
    lots.beyond_reason,
    lots.source_key,
    case
        when latest.correction_id is null then lots.happened_until else latest.happened_until
    end as happened_until
from facts.lots
left join (
    select corrections.*
    from facts.lot_corrections as corrections
    where
        corrections.recorded_at <= (select known_until())
        and not exists (
            select from facts.lot_corrections as newer
            where
                newer.lot_id = corrections.lot_id
                and newer.correction_id > corrections.correction_id
                and newer.recorded_at <= (select known_until())
        )
) as latest on lots.lot_id = latest.lot_id
where
    lots.recorded_at <= (select known_until())
    and not exists (
        select from facts.lot_voids as voids
        where voids.lot_id = lots.lot_id and voids.recorded_at <= (select known_until())
    );

create or replace view lot_genealogy as
select
    links.link_id,
    links.parent_lot_id,
    links.child_lot_id,
    links.quantity_kg,
    links.operator_id,
    links.happened_at,
    links.recorded_at,
    links.row_xid,
    links.source_key,
    links.expiry_reason,
    links.production_id,
    links.quantity,
    links.unit,
    links.rework_reason,
    case
        when links.quantity_kg is null and links.production_id is not null
            then (
                select
                    inputs.quantity_kg * cast(
                        not exists (
                            select from facts.lot_genealogy as earlier
                            where
                                earlier.production_id = links.production_id
                                and earlier.parent_lot_id = links.parent_lot_id
                                and earlier.link_id < links.link_id
                        ) as integer
                    )
                from facts.production_inputs as inputs
                where
                    inputs.production_id = links.production_id
                    and inputs.lot_id = links.parent_lot_id
            )
    end as unallotted_kg,
    links.happened_until
from facts.lot_genealogy as links
where
    links.recorded_at <= (select known_until())
    and not exists (
        select from facts.link_voids as voids
        where voids.link_id = links.link_id and voids.recorded_at <= (select known_until())
    );

create or replace view productions as
select productions.*
from facts.productions
where
    productions.recorded_at <= (select known_until())
    and not exists (
        select from facts.production_voids as voids
        where
            voids.production_id = productions.production_id
            and voids.recorded_at <= (select known_until())
    );

create or replace view readings as
select readings.*
from facts.readings
where
    readings.recorded_at <= (select known_until())
    and not exists (
        select from facts.reading_voids as voids
        where voids.reading_id = readings.reading_id and voids.recorded_at <= (select known_until())
    );

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

create or replace view shipments as
select shipments.*
from facts.shipments
where
    shipments.recorded_at <= (select known_until())
    and not exists (
        select from facts.shipment_voids as voids
        where
            voids.shipment_id = shipments.shipment_id
            and voids.recorded_at <= (select known_until())
    );

create or replace view movements as
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

create or replace view judged_readings as
select
    readings.reading_id,
    readings.lot_id,
    readings.gate_id,
    readings.happened_at,
    readings.characteristic,
    result_words(readings.sign, readings.value, readings.word) as result,
    readings.unit,
    bounds.lower_bound,
    bounds.upper_bound,
    bounds.word as wanted_word,
    judged.is_limited,
    judged.within,
    coalesce(
        case
            when judged.is_limited then not judged.within
            else readings.word in ('detected', 'not ok')
        end,
        false
    ) as deviates,
    exists (
        select
        from qc_decisions as stops
        where
            stops.lot_id = readings.lot_id
            and stops.decision in ('HOLD', 'FAIL')
            and not exists (
                select
                from qc_decisions as later
                where
                    later.lot_id = stops.lot_id
                    and later.gate_id is not distinct from stops.gate_id
                    and (later.happened_at, later.decision_id) > (stops.happened_at, stops.decision_id)
                    and coalesce(later.happened_until, later.happened_at) <= readings.happened_at
            )
    ) as is_answered,
    readings.happened_until
from readings
inner join lots on readings.lot_id = lots.lot_id
left join lateral limits_of(
    readings.gate_id, lots.lot_type, lots.product_id, readings.happened_at, readings.version_id
) as bounds
    on bounds.characteristic = readings.characteristic and bounds.unit = readings.unit
cross join lateral (
    select
        num_nonnulls(bounds.lower_bound, bounds.upper_bound, bounds.word) > 0 as is_limited,
        case
            when num_nonnulls(bounds.lower_bound, bounds.upper_bound, bounds.word) > 0
                then
                    result_within(
                        readings.sign, readings.value, readings.word,
                        bounds.lower_bound, bounds.upper_bound, bounds.word
                    )
        end as within
) as judged;

-- Of what is known by the day or month, the order is not always. Whoever wrote it down before the other
-- happened knew it to come first; else the time of day must be said where the order counts: of unlike
-- decisions at a gate, the latest holds; what left a lot before it was counted is in the count.
create function facts.guard_order_of_decisions() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    if not exists (select from facts.qc_decisions where happened_until is not null) then
        return null;
    end if;
    select lots.lot_code into wrong
    from (
        select
            by_day.lot_id, by_day.happened_at, by_day.happened_until, by_day.recorded_at,
            other.happened_at as other_at, other.happened_until as other_until
        from added as by_day
        inner join qc_decisions as other
            on
                by_day.lot_id = other.lot_id
                and by_day.gate_id is not distinct from other.gate_id
                and by_day.decision <> other.decision
        where by_day.happened_until is not null
        union all
        select
            by_day.lot_id, by_day.happened_at, by_day.happened_until, by_day.recorded_at,
            other.happened_at as other_at, other.happened_until as other_until
        from added as other
        inner join qc_decisions as by_day
            on
                other.lot_id = by_day.lot_id
                and other.gate_id is not distinct from by_day.gate_id
                and other.decision <> by_day.decision
        where by_day.happened_until is not null
    ) as unlike
    inner join facts.lots on unlike.lot_id = lots.lot_id
    where
        unlike.recorded_at > unlike.other_at
        and unlike.other_at < unlike.happened_until
        and (unlike.other_at >= unlike.happened_at or unlike.other_until > unlike.happened_at)
    limit 1;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'order_of_decisions_is_known',
            message = format('which decision about lot %s came last is not known', wrong),
            detail = wrong;
    end if;
    return null;
end
$$;

create function facts.guard_order_of_counts() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    wrong text;
begin
    execute format(
        'select lots.lot_code
         from added
         inner join movements as counts on added.%1$I = counts.lot_id and counts.kind = ''COUNTED''
         inner join facts.lots on counts.lot_id = lots.lot_id
         where
             added.happened_until > counts.happened_at
             and added.happened_at <= counts.happened_at
             and added.recorded_at > counts.happened_at
         limit 1', tg_argv[0]
    ) into wrong;
    if wrong is null and tg_table_name = 'movements' then
        execute '
            select lots.lot_code
            from added
            cross join lateral (
                select happened_at, happened_until, recorded_at
                from lot_genealogy where parent_lot_id = added.lot_id
                union all
                select happened_at, happened_until, recorded_at
                from shipments where shipments.lot_id = added.lot_id
                union all
                select happened_at, happened_until, recorded_at
                from movements where movements.lot_id = added.lot_id
            ) as left_it
            inner join facts.lots on added.lot_id = lots.lot_id
            where
                added.kind = ''COUNTED''
                and left_it.happened_until > added.happened_at
                and left_it.happened_at <= added.happened_at
                and left_it.recorded_at > added.happened_at
            limit 1' into wrong;
    end if;
    if wrong is not null then
        raise exception using
            errcode = 'check_violation', constraint = 'order_of_counts_is_known',
            message = format('whether it left lot %s before the count is not known', wrong),
            detail = wrong;
    end if;
    return null;
end
$$;
revoke all on function facts.guard_order_of_decisions(), facts.guard_order_of_counts() from public;

create trigger guard_order after insert on facts.qc_decisions
referencing new table as added
for each statement execute function facts.guard_order_of_decisions();
create trigger guard_order after insert on facts.lot_genealogy
referencing new table as added
for each statement execute function facts.guard_order_of_counts('parent_lot_id');
create trigger guard_order after insert on facts.shipments
referencing new table as added for each statement execute function facts.guard_order_of_counts('lot_id');
create trigger guard_order after insert on facts.movements
referencing new table as added for each statement execute function facts.guard_order_of_counts('lot_id');

grant insert (happened_until) on
facts.lots, facts.productions, facts.lot_genealogy, facts.readings, facts.qc_decisions,
facts.shipments, facts.movements, facts.lot_corrections to lotline_app;
