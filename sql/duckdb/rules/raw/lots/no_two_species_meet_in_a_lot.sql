-- Chicken and turkey in one lot: the label of everything made from it is wrong.
-- severity: error
-- bears on: lots

with

-- `limit all` has these few found first, before it is asked which rule held then.
mixed as (
    select
        lots.lot_code,
        lots.lot_type,
        lots.metadata ->> 'species' as species,
        parents.lot_code as parent_lot_code,
        parents.lot_type as parent_lot_type,
        parents.metadata ->> 'species' as parent_species,
        links.happened_at,
        links.happened_until
    from raw.lot_genealogy as links
    inner join raw.lots as lots on links.child_lot_id = lots.lot_id
    inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
    where lots.metadata ->> 'species' <> parents.metadata ->> 'species'
    limit all
)

select
    mixed.lot_code,
    mixed.species,
    mixed.parent_lot_code,
    mixed.parent_species
from mixed
where exists (
    select 1
    from raw.process_rules as rules
    where
        rules.rule = 'ONE_SPECIES'
        and not rules.is_retired
        and coalesce(rules.in_force_from <= mixed.happened_at, true)
        and coalesce(rules.in_force_until >= mixed.happened_until, rules.in_force_until > mixed.happened_at, true)
        and coalesce(rules.lot_type = mixed.lot_type, rules.lot_type is null)
        and coalesce(rules.input_lot_type = mixed.parent_lot_type, rules.input_lot_type is null)
)
order by mixed.lot_code
