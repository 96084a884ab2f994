-- Three things an import of every day needs. A product or partner that its export has no more is
-- retired: forms offer it no more, and what names it stands. A correction may restate what a lot is:
-- its type and metadata. And the trail keeps the rows of one statement a thousand at a time.
alter table facts.product_revisions add column is_retired boolean;
alter table facts.partner_revisions add column is_retired boolean;
alter table facts.lot_corrections
add column lot_type text,
add column metadata jsonb,
add column restates_kind boolean,
add constraint corrected_type_is_known foreign key (lot_type) references facts.lot_types (lot_type),
add constraint corrected_kind_is_restated_whole
check (restates_kind and metadata is not null or num_nonnulls(restates_kind, lot_type, metadata) = 0);
grant insert (lot_type, metadata, restates_kind) on facts.lot_corrections to lotline_app;
grant insert (is_retired) on facts.product_revisions, facts.partner_revisions to lotline_app;

create or replace view products as
select
    products.product_id,
    products.product_code,
    case when latest.revision_id is null then products.name else latest.name end as name,
    case when latest.revision_id is null then products.gtin else latest.gtin end as gtin,
    products.recorded_at,
    products.row_xid,
    latest.revision_id,
    case when latest.revision_id is null then products.unit else latest.unit end as unit,
    case
        when latest.revision_id is null then products.kg_per_unit else latest.kg_per_unit
    end as kg_per_unit,
    case
        when latest.revision_id is null then products.storage_class else latest.storage_class
    end as storage_class,
    coalesce(latest.is_retired, false) as is_retired
from facts.products
left join lateral (
    select revisions.*
    from facts.product_revisions as revisions
    where
        revisions.product_id = products.product_id
        and revisions.recorded_at <= (select known_until())
    order by revisions.revision_id desc
    limit 1
) as latest on true
where products.recorded_at <= (select known_until());

create or replace view partners as
select
    partners.partner_id,
    partners.partner_code,
    case when latest.revision_id is null then partners.name else latest.name end as name,
    case when latest.revision_id is null then partners.role else latest.role end as role,
    case when latest.revision_id is null then partners.gln else latest.gln end as gln,
    case when latest.revision_id is null then partners.address else latest.address end as address,
    case when latest.revision_id is null then partners.phone else latest.phone end as phone,
    case when latest.revision_id is null then partners.email else latest.email end as email,
    partners.recorded_at,
    partners.row_xid,
    latest.revision_id,
    coalesce(latest.is_retired, false) as is_retired
from facts.partners
left join lateral (
    select revisions.*
    from facts.partner_revisions as revisions
    where
        revisions.partner_id = partners.partner_id
        and revisions.recorded_at <= (select known_until())
    order by revisions.revision_id desc
    limit 1
) as latest on true
where partners.recorded_at <= (select known_until());

create or replace view lots as
select
    lots.lot_id,
    lots.lot_code,
    case when latest.restates_kind then latest.lot_type else lots.lot_type end as lot_type,
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
    case when latest.restates_kind then latest.metadata else lots.metadata end as metadata,
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

create or replace function audit.note_writes() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, audit, pg_temp set timezone = 'UTC' as $$
declare
    key_column text := tg_argv[0];
    head audit.entries;
    written record;
    hash bytea;
    noted audit.entries [] := '{}';
begin
    -- The one write lock; whoever wrote through a command holds it already.
    perform pg_advisory_xact_lock(7150002);
    select * into head from audit.entries order by entry_id desc limit 1;
    if tg_op = 'INSERT' and tg_nargs = 1 and (select count(*) from added) > 50 then
        -- Many at once come from an import: what they have in common is asked once, and they are
        -- kept a thousand at a time. Each is what `audit.append` would have made of it.
        hash := coalesce(head.hash, sha256('lotline'));
        for written in execute format(
            'select said.entry, convert_to(audit.content(said.entry), ''UTF8'') as content
             from (
                 select
                     row(
                         $1 + row_number() over (order by added.%1$I),
                         greatest($2, added.recorded_at),
                         $3, $4, $5, $6, $7, ''insert'', $8, added.%1$I, null, shown.after,
                         coalesce(shown.after ->> ''reason'', $9), null
                     )::audit.entries as entry
                 from added
                 cross join lateral (select audit.shown(to_jsonb(added)) as after offset 0) as shown
             ) as said
             order by (said.entry).entry_id', key_column
        ) using
            coalesce(head.entry_id, 0),
            greatest(clock_timestamp(), head.recorded_at),
            cast(nullif(current_setting('lotline.user_id', true), '') as bigint),
            coalesce(nullif(current_setting('role', true), 'none'), session_user),
            nullif(current_setting('lotline.face', true), ''),
            nullif(current_setting('lotline.address', true), ''),
            nullif(current_setting('lotline.request_id', true), ''),
            tg_table_name,
            nullif(current_setting('lotline.reason', true), '')
        loop
            hash := sha256(hash || written.content);
            head := written.entry;
            head.hash := hash;
            noted := array_append(noted, head);
            if cardinality(noted) = 1000 then
                insert into audit.entries select * from unnest(noted);
                noted := '{}';
            end if;
        end loop;
        insert into audit.entries select * from unnest(noted);
        return null;
    end if;
    for written in execute case
        when tg_op = 'INSERT' and tg_nargs = 1 then format(
            'select null::jsonb as before, to_jsonb(added) as after from added order by %I', key_column
        )
        when tg_op = 'INSERT' then format(
            'select
                (
                    select jsonb_object_agg(said.name, said.value)
                    from jsonb_each(coalesce(
                        (
                            select to_jsonb(earlier)
                            from %2$I.%3$I as earlier
                            where earlier.%4$I = added.%4$I and earlier.%1$I < added.%1$I
                            order by earlier.%1$I desc limit 1
                        ),
                        (select to_jsonb(first) from %5$s as first where first.%4$I = added.%4$I)
                    )) as said (name, value)
                    where
                        to_jsonb(added) ? said.name
                        and said.name not in (%1$L, ''reason'', ''operator_id'', ''recorded_at'')
                ) as before,
                to_jsonb(added) as after
            from added order by %1$I',
            key_column, tg_table_schema, tg_table_name, tg_argv[1], tg_argv[2]
        )
        else format(
            'select to_jsonb(was) as before, to_jsonb(added) as after
             from was inner join added using (%1$I) order by %1$I', key_column
        )
    end
    loop
        head := audit.append(
            head, lower(tg_op), tg_table_name, key_column, written.before, written.after
        );
    end loop;
    return null;
end
$$;
