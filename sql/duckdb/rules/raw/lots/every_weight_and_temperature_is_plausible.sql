-- A lot is heavier, lighter, warmer or colder than the plant takes to be plausible of its type: a
-- slip of the pen, or a bound to widen. Whoever registered it said why, where a manager did.
-- severity: warning
-- bears on: lots

with

plant as (
    select
        max(value) filter (where setting = 'lightest_kg') as lightest_kg,
        max(value) filter (where setting = 'heaviest_kg') as heaviest_kg,
        max(value) filter (where setting = 'coldest_c') as coldest_c,
        max(value) filter (where setting = 'warmest_c') as warmest_c
    from raw.process_settings
)

select
    lots.lot_code,
    lots.lot_type,
    lots.weight_kg,
    lots.temperature_c,
    lots.beyond_reason
from raw.lots as lots
cross join plant
left join raw.lot_types as types on lots.lot_type = types.lot_type
where
    lots.weight_kg < coalesce(types.lightest_kg, plant.lightest_kg)
    or lots.weight_kg > coalesce(types.heaviest_kg, plant.heaviest_kg)
    or lots.temperature_c < coalesce(types.coldest_c, plant.coldest_c)
    or lots.temperature_c > coalesce(types.warmest_c, plant.warmest_c)
order by lots.lot_code
