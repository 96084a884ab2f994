-- A lot that must be used on the day it was made went on later, by the site's calendar: yesterday's
-- rest is in it.
-- severity: warning
-- bears on: lots

with

-- A rule is about what goes in: about lots of input_lot_type, used in lots of lot_type; where it says
-- no input_lot_type, about lots of lot_type, whatever they go into. It judges what was used while it
-- held. `limit all` has these found first, before a day is made of their moments.
used as (
    select
        links.link_id,
        links.parent_lot_id,
        links.child_lot_id,
        coalesce(lots.happened_until - interval 1 microsecond, lots.happened_at) as made_at,
        links.happened_at as used_at
    from raw.process_rules as rules
    inner join raw.lots as lots
        on
            coalesce(
                coalesce(rules.input_lot_type, rules.lot_type) = lots.lot_type,
                coalesce(rules.input_lot_type, rules.lot_type) is null
            )
    inner join raw.lot_genealogy as links on lots.lot_id = links.parent_lot_id
    inner join raw.lots as children on links.child_lot_id = children.lot_id
    where
        rules.rule = 'SAME_DAY'
        and not rules.is_retired
        and links.happened_at > lots.happened_at
        and coalesce(rules.in_force_from <= links.happened_at, true)
        and coalesce(rules.in_force_until >= links.happened_until, rules.in_force_until > links.happened_at, true)
        and (
            rules.input_lot_type is null
            or coalesce(rules.lot_type = children.lot_type, rules.lot_type is null)
        )
    limit all
),

late as (
    select distinct
        link_id,
        parent_lot_id,
        child_lot_id,
        timezone(getvariable('site_zone'), made_at)::date as made_on,
        used_at
    from used
    where
        timezone(getvariable('site_zone'), used_at)::date
        > timezone(getvariable('site_zone'), made_at)::date
)

select
    lots.lot_code,
    children.lot_code as used_in_lot_code,
    late.made_on,
    late.used_at
from late
inner join raw.lots as lots on late.parent_lot_id = lots.lot_id
inner join raw.lots as children on late.child_lot_id = children.lot_id
order by late.used_at, lots.lot_code
