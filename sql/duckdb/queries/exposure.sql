-- name: exposed_products
-- Products of received lots, for a choice.
select distinct
    product_code,
    product_name
from genealogy.exposed_lots
where product_code is not null
order by product_code;

-- name: exposure_figures
-- Worst, mean and trend of one measure, for lots received in the days given, counted back from the
-- newest there is. Lots take time to spread: the trend compares the newer half with the older half
-- of those that have had as many days as 19 lots in 20 took.
with

measured as (
    select
        lot_code,
        received_on,
        lots_count,
        days_spread,
        unknown_count,
        is_in_use,
        measures[$measure] as value,
        are_least[$measure] as is_least
    from genealogy.exposed_lots
    where
        received_on > (select max(received_on) from genealogy.exposure) - cast($days as integer)
        and ($product_code is null or product_code = $product_code)
),

spread as (
    select
        quantile_disc(days_spread, 0.95)::integer as days_to_spread,
        (select max(received_on) from genealogy.exposure)
        - quantile_disc(days_spread, 0.95)::integer as settled_until
    from measured
),

halves as (
    select quantile_disc(measured.received_on, 0.5) as middle
    from measured
    cross join spread
    where measured.received_on <= spread.settled_until
)

select
    count(*) as lots_count,
    max(measured.value) as worst,
    -- The one that stands first where they are listed, and how many are as bad.
    first(
        measured.lot_code
        order by measured.value desc, measured.lots_count desc, measured.lot_code
    ) as worst_lot_code,
    (
        select count(*) from measured as equals
        where equals.value = (select max(highest.value) from measured as highest)
    ) as worst_count,
    count(*) filter (measured.is_least) as least_count,
    avg(measured.value) as mean,
    quantile_cont(measured.value, 0.95) as nineteen_in_twenty,
    any_value(spread.days_to_spread) as days_to_spread,
    any_value(spread.settled_until) as settled_until,
    avg(measured.value) filter (
        measured.received_on > halves.middle and measured.received_on <= spread.settled_until
    ) as newer_mean,
    avg(measured.value) filter (measured.received_on <= halves.middle) as older_mean,
    count(*) filter (measured.is_in_use) as in_use_count,
    count(*) filter (measured.unknown_count > 0) as unknown_count
from measured
cross join spread
cross join halves;

-- name: exposure_by_week
-- One measure for the lots received in each week: mean and worst.
select
    date_trunc('week', received_on)::date as week,
    count(*) as lots_count,
    avg(measures[$measure]) as mean,
    max(measures[$measure]) as worst
from genealogy.exposed_lots
where
    received_on > (select max(received_on) from genealogy.exposure) - cast($days as integer)
    and ($product_code is null or product_code = $product_code)
group by all
order by week;

-- name: exposure_worst
-- The lots that would drag most along, by one measure; no more than asked for, and how many there
-- are. Where they are not to be ranked, in the order of their codes. With what of them is kept in
-- units, a row a unit.
select
    * exclude (measures, are_least),
    count(*) over () as found_count,
    (
        select list(in_units order by in_units.unit)
        from genealogy.exposure_in_units as in_units
        where in_units.lot_id = exposed_lots.lot_id
    ) as in_units
from genealogy.exposed_lots
where
    received_on > (select max(received_on) from genealogy.exposure) - cast($days as integer)
    and ($product_code is null or product_code = $product_code)
order by
    case when cast($is_ranked as boolean) then measures[$measure] end desc,
    case when cast($is_ranked as boolean) then lots_count end desc,
    lot_code
limit $most;

-- name: carry_over_stretches
-- Stretches that end in the days given, counted back from the newest production day.
select
    first_day,
    last_day,
    days_count,
    lots_count,
    links_count,
    carried_kg,
    carried_at_least_kg,
    lot_types
from genealogy.carry_over
qualify last_day > max(last_day) over () - cast($days as integer)
order by first_day;
