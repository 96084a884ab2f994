-- A plant that has made the process its own since keeps it as it is. What version 1 says belongs to the
-- product: nobody wrote it, so the trail tells of it as of what was found there.
alter table facts.process_rules disable trigger user;

do $$
declare
    held jsonb;
    head audit.entries;
begin
    select * into head from audit.entries order by entry_id desc limit 1;
    for held in
        with written as (
            insert into facts.process_rules (version_id, rule, lot_type, hours)
            select 1, said.rule, said.lot_type, said.hours
            from (
                values
                ('LONGEST_WAIT', 'DEB', 2),
                ('SAME_DAY', 'MIX', null),
                ('PALLET_OF_ONE_PRODUCT', null, null)
            ) as said (rule, lot_type, hours)
            where not exists (select from facts.process_versions where version_id > 1)
            returning *
        )

        select to_jsonb(written) from written order by written.rule_id
    loop
        head := audit.append(head, 'found', 'process_rules', 'rule_id', null, held);
    end loop;
end
$$;

alter table facts.process_rules enable trigger user;
