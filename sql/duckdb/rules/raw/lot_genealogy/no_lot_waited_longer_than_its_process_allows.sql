-- A lot lay longer than its process allows before it was used, such as deboned meat: look at its
-- readings before more of it goes on.
-- severity: warning
-- bears on: lots
--
-- Of a lot or use that is known by the day or month, the shortest wait that may have been counts.

with

-- A rule is about what goes in: about lots of input_lot_type, used in lots of lot_type; where it says
-- no input_lot_type, about lots of lot_type, whatever they go into. It judges what was used while it
-- held. `limit all` has the few found first that waited long.
waited as (
    select
        links.link_id,
        links.parent_lot_id,
        links.child_lot_id,
        links.happened_at as used_at,
        lots.happened_at as made_at,
        coalesce(lots.happened_until, lots.happened_at) as made_by,
        rules.hours,
        case when rules.input_lot_type is not null then rules.lot_type end as into_lot_type
    from raw.process_rules as rules
    inner join raw.lots as lots
        on
            coalesce(
                coalesce(rules.input_lot_type, rules.lot_type) = lots.lot_type,
                coalesce(rules.input_lot_type, rules.lot_type) is null
            )
    inner join raw.lot_genealogy as links on lots.lot_id = links.parent_lot_id
    where
        rules.rule = 'LONGEST_WAIT'
        and not rules.is_retired
        and epoch(links.happened_at - coalesce(lots.happened_until, lots.happened_at)) > rules.hours * 3600
        and coalesce(rules.in_force_from <= links.happened_at, true)
        and coalesce(rules.in_force_until >= links.happened_until, rules.in_force_until > links.happened_at, true)
    limit all
)

select
    lots.lot_code,
    children.lot_code as used_in_lot_code,
    waited.made_at,
    waited.used_at,
    waited.hours as allowed_hours,
    round(epoch(waited.used_at - waited.made_by) / 3600, 2) as waited_hours
from waited
inner join raw.lots as lots on waited.parent_lot_id = lots.lot_id
inner join raw.lots as children on waited.child_lot_id = children.lot_id
where coalesce(waited.into_lot_type = children.lot_type, waited.into_lot_type is null)
qualify row_number() over (partition by waited.link_id order by waited.hours) = 1
order by waited.used_at, lots.lot_code
