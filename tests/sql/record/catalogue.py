"""What PostgreSQL's catalogue says of a record's shape, as texts that can be compared."""

import psycopg

OURS = "('public', 'facts', 'audit')"
# What belongs to an extension is its own, and alembic_version is Alembic's.
RELATIONS = f"""
select pg_class.*, pg_class.oid::regclass::text as named
from pg_class
where
    relnamespace in (select oid from pg_namespace where nspname in {OURS})
    and relname not like 'alembic_version%'
    and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
"""
ROUTINES = f"""
select pg_proc.*, pg_proc.oid::regprocedure::text as named
from pg_proc
where
    pronamespace in (select oid from pg_namespace where nspname in {OURS})
    and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
"""
# Each query gives a name and what there is to say of it; a name stands once in its query.
QUERIES = {
    "schema": f"""
        select nspname, concat_ws(' ', nspowner::regrole, obj_description(oid, 'pg_namespace'))
        from pg_namespace where nspname in {OURS}""",
    "extension": "select extname, extnamespace::regnamespace::text from pg_extension",
    "relation": f"""
        select named, concat_ws(
            ' ', relkind, relpersistence, relowner::regrole, relreplident, relrowsecurity,
            relforcerowsecurity, relispartition, reloptions, obj_description(oid, 'pg_class')
        )
        from ({RELATIONS}) as relations""",
    "column": f"""
        select format('%s.%s', named, attname), concat_ws(
            ' ', attnum, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
            attcollation::regcollation, pg_get_expr(adbin, adrelid),
            col_description(relations.oid, attnum)
        )
        from ({RELATIONS}) as relations
        inner join pg_attribute on relations.oid = attrelid and attnum > 0
        left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where relkind <> 'i'""",
    "constraint": f"""
        select format('%s: %s', named, conname), concat_ws(
            ' ', pg_get_constraintdef(pg_constraint.oid),
            obj_description(pg_constraint.oid, 'pg_constraint')
        )
        from ({RELATIONS}) as relations
        inner join pg_constraint on relations.oid = conrelid""",
    "index": f"""
        select named, concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid)
        from ({RELATIONS}) as relations
        inner join pg_index on relations.oid = indexrelid""",
    "sequence": f"""
        select named, concat_ws(
            ' ', format_type(seqtypid, null), seqstart, seqincrement, seqmin, seqmax, seqcycle,
            pg_describe_object(refclassid, refobjid, refobjsubid)
        )
        from ({RELATIONS}) as relations
        inner join pg_sequence on relations.oid = seqrelid
        inner join pg_depend on objid = seqrelid and deptype in ('i', 'a')""",
    "view": f"""
        select named, pg_get_viewdef(oid) from ({RELATIONS}) as relations where relkind = 'v'""",
    "function": f"""
        select named, concat_ws(
            ' ', pg_get_functiondef(oid), proowner::regrole, obj_description(oid, 'pg_proc')
        )
        from ({ROUTINES}) as routines""",
    "trigger": f"""
        select format('%s: %s', named, tgname),
            concat_ws(' ', pg_get_triggerdef(pg_trigger.oid), tgenabled)
        from ({RELATIONS}) as relations
        inner join pg_trigger on relations.oid = tgrelid
        where not tgisinternal""",
    "policy": "select format('%s: %s', polrelid::regclass, polname), '' from pg_policy",
    "type": f"""
        select oid::regtype::text, typtype::text from pg_type
        where typnamespace in (select oid from pg_namespace where nspname in {OURS})
            and typtype in ('d', 'e', 'r')""",
    "event trigger": "select evtname, evtevent from pg_event_trigger",
    "default grant": "select oid::text, defaclacl::text from pg_default_acl",
    # An object that nobody granted anything of has what PostgreSQL grants from the start.
    "grant": f"""
        select format('%s to %s', named, grantee::regrole), string_agg(
            concat(privilege_type, case when is_grantable then ' with grant option' end), ', '
            order by privilege_type
        )
        from (
            select nspname::text, coalesce(nspacl, acldefault('n', nspowner))
            from pg_namespace where nspname in {OURS}
            union all
            select named, coalesce(relacl, acldefault(
                case relkind when 'S' then 's' else 'r' end::"char", relowner
            ))
            from ({RELATIONS}) as relations where relkind in ('r', 'v', 'S')
            union all
            select format('%s.%s', named, attname), attacl
            from ({RELATIONS}) as relations inner join pg_attribute on relations.oid = attrelid
            union all
            select named, coalesce(proacl, acldefault('f', proowner))
            from ({ROUTINES}) as routines
        ) as granted (named, acl), aclexplode(acl)
        group by named, grantee""",
}


def read_catalogue(connection: psycopg.Connection) -> dict[str, str]:
    """Read the shape of the record: each object's kind and name, and how it is defined."""
    # With no schema on the path every name is written with its own.
    connection.execute("set local search_path = ''")
    found: dict[str, str] = {}
    for kind, query in QUERIES.items():
        for name, definition in connection.execute(query.encode()):
            assert f"{kind} {name}" not in found, f"{kind} {name} stands twice"
            found[f"{kind} {name}"] = definition
    return found
