-- name: exposed_products
-- Products of received lots, for a choice.
select distinct
    products.product_code,
    products.name
from raw.lots as lots
inner join genealogy.exposure as exposure on lots.lot_id = exposure.lot_id
inner join raw.products as products on lots.product_id = products.product_id
order by products.product_code;

-- name: exposure_figures
-- Worst, mean and trend of one measure, for lots received in the days given, counted back from the
-- newest there is. Lots take time to spread: the trend compares the newer half with the older half
-- of those that have had as many days as 19 lots in 20 took.
with

measured as (
    select
        exposure.lot_code,
        exposure.received_on,
        exposure.days_spread,
        exposure.unknown_count,
        balance.on_hand_kg,
        (case $measure
            when 'lots_count' then exposure.lots_count
            when 'customers_count' then exposure.customers_count
            when 'shipped_kg' then exposure.shipped_kg
            when 'on_hand_kg' then exposure.on_hand_kg
        end)::double as value
    from genealogy.exposure as exposure
    inner join genealogy.mass_balance as balance on exposure.lot_id = balance.lot_id
    inner join raw.lots as lots on exposure.lot_id = lots.lot_id
    left join raw.products as products on lots.product_id = products.product_id
    where
        exposure.received_on
        > (select max(received_on) from genealogy.exposure) - cast($days as integer)
        and ($product_code is null or products.product_code = $product_code)
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
    arg_max(measured.lot_code, measured.value) as worst_lot_code,
    avg(measured.value) as mean,
    quantile_cont(measured.value, 0.95) as nineteen_in_twenty,
    any_value(spread.days_to_spread) as days_to_spread,
    any_value(spread.settled_until) as settled_until,
    avg(measured.value) filter (
        measured.received_on > halves.middle and measured.received_on <= spread.settled_until
    ) as newer_mean,
    avg(measured.value) filter (measured.received_on <= halves.middle) as older_mean,
    count(*) filter (measured.on_hand_kg > 0) as in_use_count,
    count(*) filter (measured.unknown_count > 0) as unknown_count
from measured
cross join spread
cross join halves;

-- name: exposure_by_week
-- One measure for the lots received in each week: mean and worst.
select
    date_trunc('week', exposure.received_on)::date as week,
    count(*) as lots_count,
    avg(exposed.value) as mean,
    max(exposed.value) as worst
from genealogy.exposure as exposure
inner join raw.lots as lots on exposure.lot_id = lots.lot_id
left join raw.products as products on lots.product_id = products.product_id
cross join lateral (
    select
        (case $measure
            when 'lots_count' then exposure.lots_count
            when 'customers_count' then exposure.customers_count
            when 'shipped_kg' then exposure.shipped_kg
            when 'on_hand_kg' then exposure.on_hand_kg
        end)::double as value
) as exposed
where
    exposure.received_on
    > (select max(received_on) from genealogy.exposure) - cast($days as integer)
    and ($product_code is null or products.product_code = $product_code)
group by all
order by week;

-- name: exposure_worst
-- The lots that would drag most along, by one measure; no more than asked for, and how
-- many there are.
select
    exposure.*,
    products.product_code,
    partners.name as supplier_name,
    lots.supplier_lot_code,
    count(*) over () as found_count
from genealogy.exposure as exposure
inner join raw.lots as lots on exposure.lot_id = lots.lot_id
left join raw.products as products on lots.product_id = products.product_id
left join raw.partners as partners on lots.supplier_id = partners.partner_id
where
    exposure.received_on
    > (select max(received_on) from genealogy.exposure) - cast($days as integer)
    and ($product_code is null or products.product_code = $product_code)
order by
    case $measure
        when 'lots_count' then exposure.lots_count
        when 'customers_count' then exposure.customers_count
        when 'shipped_kg' then exposure.shipped_kg
        when 'on_hand_kg' then exposure.on_hand_kg
    end desc,
    exposure.lots_count desc,
    exposure.lot_code
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
    lot_types
from genealogy.carry_over
qualify last_day > max(last_day) over () - cast($days as integer)
order by first_day;
