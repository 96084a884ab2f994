-- A pallet holds two products where the process says that it is of one: a customer gets what was not
-- ordered, and a label says less than is on it.
-- severity: warning
-- bears on: lots

with recursive

standing as (
    select
        packed.sscc,
        packed.outermost_sscc,
        lots.lot_code,
        lots.lot_type,
        lots.product_id
    from genealogy.packed as packed
    inner join raw.lots as lots on packed.lot_id = lots.lot_id
),

-- A lot whose product nobody knows may be of the same.
mixed as (
    select
        outermost_sscc,
        list(distinct lot_type) as lot_types
    from standing
    group by outermost_sscc
    having min(product_id) <> max(product_id)
),

-- The units of these few pallets: those in which the lots lie, and what these stand in or on.
units (sscc, outermost_sscc) as (
    select
        standing.sscc,
        standing.outermost_sscc
    from standing
    semi join mixed on standing.outermost_sscc = mixed.outermost_sscc
    union
    select
        packings.sscc,
        units.outermost_sscc
    from units
    inner join raw.packings as packings on units.sscc = packings.inner_sscc
),

-- What was in a unit after each entry, counted as `genealogy.packed` does.
entries as (
    select
        packings.*,
        kind = 'UNPACKED' and quantity_kg is null as is_emptied,
        count(*) filter (kind = 'UNPACKED' and quantity_kg is null) over so_far as times_emptied
    from raw.packings as packings
    semi join units on packings.sscc = units.sscc
    window so_far as (partition by sscc, lot_id, inner_sscc order by packing_id)
),

balances as (
    select
        *,
        not is_emptied
        and (
            count(*) filter (kind = 'PACKED' and quantity_kg is null) over since_emptied > 0
            or sum(if(kind = 'PACKED', 1, -1) * quantity_kg) over since_emptied > 0
        ) as is_in
    from entries
    window since_emptied as (
        partition by sscc, lot_id, inner_sscc, times_emptied order by packing_id
    )
),

changes as (
    select
        *,
        lag(is_in, 1, false) over (
            partition by sscc, lot_id, inner_sscc order by packing_id
        ) as was_in
    from balances
),

-- The entry since which something stands in a unit: itself, or in or on one that stands there.
stays as (
    select
        sscc,
        lot_id,
        inner_sscc,
        max(packing_id) filter (is_in and not was_in) as since_id
    from changes
    group by sscc, lot_id, inner_sscc
    having arg_max(is_in, packing_id)
),

stood (sscc, lot_id, since_id) as (
    select
        sscc,
        lot_id,
        since_id
    from stays
    where lot_id is not null
    union
    select
        around.sscc,
        stood.lot_id,
        greatest(stood.since_id, around.since_id)
    from stood
    inner join stays as around on stood.sscc = around.inner_sscc
),

-- The rule judges what is put there while it holds, by what stands there by then.
met as (
    select
        stood.sscc,
        stood.since_id,
        min(lots.product_id) over so_far <> max(lots.product_id) over so_far as is_mixed
    from stood
    inner join raw.lots as lots on stood.lot_id = lots.lot_id
    where lots.product_id is not null
    window so_far as (partition by stood.sscc order by stood.since_id)
),

broken as (
    select distinct units.outermost_sscc
    from met
    inner join raw.packings as packings on met.since_id = packings.packing_id
    inner join units on met.sscc = units.sscc
    inner join mixed on units.outermost_sscc = mixed.outermost_sscc
    inner join raw.process_rules as rules
        on
            rules.rule = 'PALLET_OF_ONE_PRODUCT'
            and not rules.is_retired
            and coalesce(rules.in_force_from <= packings.happened_at, true)
            and coalesce(rules.in_force_until > packings.happened_at, true)
            and (rules.lot_type is null or list_contains(mixed.lot_types, rules.lot_type))
    where met.is_mixed
)

select
    standing.lot_code,
    standing.outermost_sscc as sscc,
    products.product_code
from standing
semi join broken on standing.outermost_sscc = broken.outermost_sscc
left join raw.products as products on standing.product_id = products.product_id
order by sscc, lot_code
