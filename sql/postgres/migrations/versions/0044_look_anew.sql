-- Look anew at how much every table of facts holds: after much came at once, plans made by what was
-- there before walk a hundred thousand links as if they were ten. Only a table's owner may look.
create function facts.look_anew() returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    fact name;
begin
    for fact in
        select relname from pg_class
        where relkind = 'r' and relnamespace = 'facts'::regnamespace
        order by relname
    loop
        execute format('analyze facts.%I', fact);
    end loop;
end
$$;
revoke all on function facts.look_anew from public;
grant execute on function facts.look_anew to lotline_app;
