-- A lot stood somewhere before there was any of it: a wrong time of the move or of the lot, or of another lot.
-- severity: warning
-- bears on: lots
--
-- People type minutes, so the minute in which the lot came to be is late enough; so is the day or month
-- where no more is known.

select
    lots.lot_code,
    places.place_code,
    moves.quantity_kg,
    lots.happened_at as made_at,
    moves.happened_at
from raw.moves as moves
inner join raw.lots as lots on moves.lot_id = lots.lot_id
inner join raw.places as places on moves.place_id = places.place_id
where
    coalesce(
        moves.happened_until <= date_trunc('minute', lots.happened_at),
        moves.happened_at < date_trunc('minute', lots.happened_at)
    )
order by moves.happened_at, lots.lot_code
