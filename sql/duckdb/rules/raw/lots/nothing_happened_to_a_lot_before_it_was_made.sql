-- A decision, result, shipment or movement dated before its lot came to be: a wrong time, or a wrong lot code.
-- severity: warning
-- bears on: lots
--
-- People type minutes, so the minute in which the lot was made is late enough; so is the day or month
-- where no more is known. Links have a rule of their own.

with

facts as (
    select
        lot_id,
        'decision' as what,
        decision as named,
        happened_at,
        happened_until
    from raw.qc_decisions
    union all
    select
        lot_id,
        'reading' as what,
        characteristic as named,
        happened_at,
        happened_until
    from raw.readings
    union all
    select
        lot_id,
        'shipment' as what,
        shipment_code as named,
        happened_at,
        happened_until
    from raw.shipments
    union all
    select
        lot_id,
        'movement' as what,
        kind as named,
        happened_at,
        happened_until
    from raw.movements
),

-- `limit all` has these few found first, before a minute is cut from the moments of every lot.
doubtful as (
    select
        facts.lot_id,
        facts.what,
        facts.named,
        lots.happened_at as made_at,
        facts.happened_at,
        facts.happened_until
    from facts
    inner join raw.lots as lots on facts.lot_id = lots.lot_id
    where facts.happened_at < lots.happened_at
    limit all
)

select
    lots.lot_code,
    doubtful.what,
    doubtful.named,
    doubtful.made_at,
    doubtful.happened_at
from doubtful
inner join raw.lots as lots on doubtful.lot_id = lots.lot_id
where
    coalesce(
        doubtful.happened_until <= date_trunc('minute', doubtful.made_at),
        doubtful.happened_at < date_trunc('minute', doubtful.made_at)
    )
order by doubtful.happened_at, lots.lot_code, doubtful.what
