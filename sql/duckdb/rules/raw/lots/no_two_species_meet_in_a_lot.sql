-- Chicken and turkey in one lot: the label of everything made from it is wrong.
-- severity: error
-- bears on: lots

select
    lots.lot_code,
    lots.metadata ->> 'species' as species,
    parents.lot_code as parent_lot_code,
    parents.metadata ->> 'species' as parent_species
from raw.lot_genealogy as links
inner join raw.lots as lots on links.child_lot_id = lots.lot_id
inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
where
    lots.metadata ->> 'species' <> parents.metadata ->> 'species'
    and exists (
        select 1
        from raw.process_rules as rules
        where
            rules.rule = 'ONE_SPECIES'
            and not rules.is_retired
            and coalesce(rules.lot_type = lots.lot_type, rules.lot_type is null)
            and coalesce(rules.input_lot_type = parents.lot_type, rules.input_lot_type is null)
    )
order by lots.lot_code
