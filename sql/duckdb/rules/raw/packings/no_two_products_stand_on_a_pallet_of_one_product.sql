-- Two products stand on a pallet that must be of one: its label is wrong of a part of it.
-- severity: error
-- bears on: lots

with recursive

-- Which products were ever put into a unit, or into one that was ever put into it.
products_in (sscc, product_id) as (
    select distinct
        packings.sscc,
        lots.product_id
    from raw.packings as packings
    inner join raw.lots as lots on packings.lot_id = lots.lot_id
    where packings.kind = 'PACKED' and lots.product_id is not null
    union
    select
        packings.sscc,
        products_in.product_id
    from products_in
    inner join raw.packings as packings on products_in.sscc = packings.inner_sscc
),

-- Where two may have met: those units, and what was ever in them.
doubtful (sscc) as (
    select sscc
    from products_in
    group by sscc
    having min(product_id) <> max(product_id)
    union
    select packings.inner_sscc
    from doubtful
    inner join raw.packings as packings on doubtful.sscc = packings.sscc
    where packings.inner_sscc is not null
),

-- Entries count in the order in which they were made, as for `packed` of the record. What was taken
-- out without kilograms was all there was.
entries as (
    select
        packings.*,
        packings.kind = 'PACKED' as is_put_in,
        packings.kind = 'UNPACKED' and packings.quantity_kg is null as is_emptied,
        count(*) filter (packings.kind = 'UNPACKED' and packings.quantity_kg is null) over so_far as times_emptied
    from raw.packings as packings
    semi join doubtful on packings.sscc = doubtful.sscc
    window so_far as (
        partition by packings.sscc, packings.lot_id, packings.inner_sscc order by packings.packing_id
    )
),

balances as (
    select
        *,
        lead(packing_id, 1, 9223372036854775807) over (
            partition by sscc, lot_id, inner_sscc order by packing_id
        ) as next_id,
        count(*) filter (is_put_in and quantity_kg is null) over so_far as unweighed_count,
        sum(case when is_put_in then quantity_kg else -quantity_kg end) over so_far as kg
    from entries
    window so_far as (partition by sscc, lot_id, inner_sscc, times_emptied order by packing_id)
),

-- What stood where from which entry to which, in its own unit and in those around it.
stays as (
    select
        sscc,
        lot_id,
        inner_sscc,
        packing_id as began,
        next_id as ended
    from balances
    where not is_emptied and (unweighed_count > 0 or kg > 0)
),

stood (sscc, lot_id, began, ended) as (
    select
        sscc,
        lot_id,
        began,
        ended
    from stays
    where lot_id is not null
    union
    select
        around.sscc,
        stood.lot_id,
        greatest(stood.began, around.began),
        least(stood.ended, around.ended)
    from stood
    inner join stays as around
        on
            stood.sscc = around.inner_sscc
            and stood.began < around.ended
            and around.began < stood.ended
)

select
    added.sscc,
    lots.lot_code,
    min(other_lots.lot_code) as beside_lot_code,
    entries.happened_at as packed_at
from stood as added
inner join raw.packings as entries on added.began = entries.packing_id and entries.kind = 'PACKED'
inner join raw.lots as lots on added.lot_id = lots.lot_id
inner join stood as others
    on added.sscc = others.sscc and others.began <= added.began and added.began < others.ended
inner join raw.lots as other_lots
    on others.lot_id = other_lots.lot_id and lots.product_id <> other_lots.product_id
inner join raw.process_rules as rules
    on
        rules.rule = 'PALLET_OF_ONE_PRODUCT'
        and not rules.is_retired
        and coalesce(rules.in_force_from <= entries.happened_at, true)
        and coalesce(rules.in_force_until > entries.happened_at, true)
        and (rules.lot_type is null or rules.lot_type in (lots.lot_type, other_lots.lot_type))
group by added.sscc, lots.lot_code, entries.packing_id, entries.happened_at
order by entries.happened_at, added.sscc, lots.lot_code
