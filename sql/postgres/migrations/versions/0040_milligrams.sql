-- A column that a view reads can't get another type. So every view of these columns, and every
-- function that names such a view, is set aside with its grants and put back as it was.
create temporary table aside on commit drop as
with recursive reads (class, reader, of_class, what) as (
    select cast('pg_class'::regclass as oid), rules.ev_class, depends.refclassid, depends.refobjid
    from pg_depend as depends
    inner join pg_rewrite as rules on depends.objid = rules.oid
    where
        depends.classid = 'pg_rewrite'::regclass
        and rules.ev_class <> depends.refobjid
        and rules.ev_class in (select oid from pg_class where relkind = 'v')
    union
    select classid, objid, refclassid, refobjid
    from pg_depend
    where classid = 'pg_proc'::regclass
),

readers (class, reader, depth) as (
    select class, reader, 1
    from reads
    where
        of_class = 'pg_class'::regclass
        and what in (
            'facts.lots'::regclass, 'facts.lot_corrections'::regclass,
            'facts.lot_genealogy'::regclass, 'facts.shipments'::regclass,
            'facts.production_runs'::regclass, 'facts.run_revisions'::regclass
        )
    union
    select reads.class, reads.reader, readers.depth + 1
    from readers
    inner join reads on readers.class = reads.of_class and readers.reader = reads.what
),

deepest as (
    select class, reader, max(depth) as depth
    from readers
    group by class, reader
)

select
    deepest.depth,
    'view' as kind,
    cast(views.oid::regclass as text) as named,
    format('create view %s as %s', views.oid::regclass, pg_get_viewdef(views.oid)) as made_by,
    cast(views.relowner as regrole) as owner,
    views.relacl as acl
from deepest
inner join pg_class as views on deepest.reader = views.oid
where deepest.class = 'pg_class'::regclass
union all
select
    deepest.depth,
    'function',
    cast(routines.oid::regprocedure as text),
    pg_get_functiondef(routines.oid),
    cast(routines.proowner as regrole),
    routines.proacl
from deepest
inner join pg_proc as routines on deepest.reader = routines.oid
where deepest.class = 'pg_proc'::regclass;

do $$
declare
    thing record;
begin
    for thing in select * from aside order by depth desc loop
        execute format('drop %s %s', thing.kind, thing.named);
    end loop;
end
$$;

alter table facts.lots alter column weight_kg type numeric(18, 6);
alter table facts.lot_corrections alter column weight_kg type numeric(18, 6);
alter table facts.lot_genealogy alter column quantity_kg type numeric(18, 6);
alter table facts.shipments alter column quantity_kg type numeric(18, 6);
alter table facts.run_revisions alter column daily_target_kg type numeric(18, 6);
alter table facts.production_runs alter column daily_target_kg type numeric(18, 6);

do $$
declare
    thing record;
    granted record;
begin
    for thing in select * from aside order by depth loop
        execute thing.made_by;
        execute format('alter %s %s owner to %s', thing.kind, thing.named, thing.owner);
        continue when thing.acl is null;
        execute format('revoke all on %s %s from public', replace(thing.kind, 'view', 'table'), thing.named);
        for granted in
            select
                case grantee when 0 then 'public' else cast(cast(grantee as regrole) as text) end as who,
                string_agg(privilege_type, ', ') as what
            from aclexplode(thing.acl)
            group by grantee
        loop
            execute format(
                'grant %s on %s %s to %s',
                granted.what, replace(thing.kind, 'view', 'table'), thing.named, granted.who
            );
        end loop;
    end loop;
end
$$;
