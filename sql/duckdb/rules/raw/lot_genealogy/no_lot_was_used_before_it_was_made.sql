-- A link dated before its parent was made: a wrong time, or a wrong lot code.
-- severity: warning
--
-- People type minutes, so the minute in which the lot was made is late enough; so is the day or month
-- where no more is known.

with

-- `limit all` has these few found first, before a minute is cut from the moments of every lot.
doubtful as (
    select
        links.parent_lot_id,
        links.child_lot_id,
        parents.happened_at as made_at,
        links.happened_at as used_at,
        links.happened_until as used_by
    from raw.lot_genealogy as links
    inner join raw.lots as parents on links.parent_lot_id = parents.lot_id
    where links.happened_at < parents.happened_at
    limit all
)

select
    parents.lot_code,
    children.lot_code as used_in_lot_code,
    doubtful.made_at,
    doubtful.used_at
from doubtful
inner join raw.lots as parents on doubtful.parent_lot_id = parents.lot_id
inner join raw.lots as children on doubtful.child_lot_id = children.lot_id
where
    coalesce(
        doubtful.used_by <= date_trunc('minute', doubtful.made_at),
        doubtful.used_at < date_trunc('minute', doubtful.made_at)
    )
order by doubtful.used_at
