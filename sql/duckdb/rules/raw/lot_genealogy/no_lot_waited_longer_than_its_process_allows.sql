-- A lot lay longer than its process allows before it was used, such as deboned meat: look at its
-- readings before more of it goes on.
-- severity: warning
-- bears on: lots
--
-- Of a lot or use that is known by the day or month, the shortest wait that may have been counts.

with

allowed as (
    select
        lots.lot_id,
        lots.lot_code,
        lots.happened_at,
        coalesce(lots.happened_until, lots.happened_at) as made_by,
        min(rules.hours) as allowed_hours
    from raw.process_rules as rules
    inner join raw.lots as lots on coalesce(rules.lot_type = lots.lot_type, rules.lot_type is null)
    where rules.rule = 'LONGEST_WAIT' and not rules.is_retired
    group by lots.lot_id, lots.lot_code, lots.happened_at, lots.happened_until
)

select
    allowed.lot_code,
    children.lot_code as used_in_lot_code,
    allowed.happened_at as made_at,
    links.happened_at as used_at,
    allowed.allowed_hours,
    round(epoch(links.happened_at - allowed.made_by) / 3600, 2) as waited_hours
from allowed
inner join raw.lot_genealogy as links on allowed.lot_id = links.parent_lot_id
inner join raw.lots as children on links.child_lot_id = children.lot_id
where epoch(links.happened_at - allowed.made_by) > allowed.allowed_hours * 3600
order by links.happened_at, allowed.lot_code
