-- A lot that must be used on the day it was made went on later, by the site's calendar: yesterday's
-- rest is in it.
-- severity: warning
-- bears on: lots

with

of_the_day as (
    select
        lots.lot_id,
        lots.lot_code,
        timezone(
            getvariable('site_zone'),
            coalesce(lots.happened_until - interval 1 microsecond, lots.happened_at)
        )::date as made_on
    from raw.lots as lots
    where exists (
        select 1
        from raw.process_rules as rules
        where
            rules.rule = 'SAME_DAY'
            and not rules.is_retired
            and coalesce(rules.lot_type = lots.lot_type, rules.lot_type is null)
    )
)

select
    of_the_day.lot_code,
    children.lot_code as used_in_lot_code,
    of_the_day.made_on,
    links.happened_at as used_at
from of_the_day
inner join raw.lot_genealogy as links on of_the_day.lot_id = links.parent_lot_id
inner join raw.lots as children on links.child_lot_id = children.lot_id
where timezone(getvariable('site_zone'), links.happened_at)::date > of_the_day.made_on
order by links.happened_at, of_the_day.lot_code
