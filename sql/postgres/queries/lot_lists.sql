-- name: lots_page
-- One page of the lots found, newest first, with how many were found in all. What costs per
-- lot (disposition, kilograms left) is asked for the page's rows only. A part of a code, own or the
-- supplier's, is compared as every search compares: without case and separators.
with typed as materialized (
    select
        '%'
        || regexp_replace(nullif(search_key(cast(:search as text)), ''), '([\\%_])', '\\\1', 'g')
        || '%' as part
),

page as (
    select
        lots.lot_id,
        count(*) over () as found_count
    from all_lot_states as lots
    where
        (
            cast(:search as text) is null
            or lots.lot_id in (
                select matching.lot_id
                from lots as matching
                where search_key(matching.lot_code) like (select part from typed)
                union all
                select matching.lot_id
                from lots as matching
                where
                    matching.lot_id
                    in (select lots_by_part_of_supplier_lot((select part from typed)))
                    and search_key(matching.supplier_lot_code) like (select part from typed)
                union all
                select matching.lot_id
                from lots as matching
                where
                    matching.lot_id
                    in (select lots_by_part_of_printed_code((select part from typed)))
                    and search_key(matching.printed_code) like (select part from typed)
            )
        )
        and (cast(:lot_type as text) is null or lots.lot_type = :lot_type)
        and (
            cast(:product_code as text) is null
            or lots.product_id = (select product_id from products where product_code = :product_code)
        )
        and (cast(:disposition as text) is null or lots.disposition = :disposition)
        and (cast(:lot_ids as bigint []) is null or lots.lot_id = any(:lot_ids))
    order by lots.happened_at desc, lots.lot_id desc
    limit :page_size offset :skipped
)

select
    lots.lot_id,
    lots.lot_code,
    lots.lot_type,
    states.disposition,
    products.product_code,
    lots.weight_kg,
    lots.quantity,
    lots.unit,
    counted.on_hand_quantity,
    balance.on_hand_kg,
    balance.on_hand_at_most_kg,
    balance.overdrawn_kg,
    balance.overdrawn_at_least_kg,
    partners.name as supplier_name,
    lots.supplier_lot_code,
    lots.printed_code,
    lots.expires_on,
    coalesce(lots.expires_on < (select site_date()), false) as is_expired,
    lots.happened_at,
    lots.happened_until,
    page.found_count
from page
inner join lots on page.lot_id = lots.lot_id
inner join lot_states(array(select lot_id from page)) as states on page.lot_id = states.lot_id
cross join lateral lot_balance(lots.lot_id, lots.weight_kg) as balance
left join lateral unit_balance(lots.lot_id, lots.quantity, lots.unit) as counted on true
left join products on lots.product_id = products.product_id
left join partners on lots.supplier_id = partners.partner_id
order by lots.happened_at desc, lots.lot_id desc;

-- name: lots_to_take_from
-- Lots that may go into another, the first to expire first, then the newest; with what is
-- known of what each still has. Looked at are, of those that match, the newest, and five times as many
-- that are the next to expire, as they were registered: an index finds these. Those on
-- whose label the search is printed are all looked at.
with typed as materialized (
    select
        '%'
        || regexp_replace(nullif(search_key(cast(:search as text)), ''), '([\\%_])', '\\\1', 'g')
        || '%' as part
),

candidates as (
    (
        select lot_id
        from lots
        where cast(:search as text) is null or position(lower(:search) in lower(lot_code)) > 0
        order by happened_at desc, lot_id desc
        limit :newest
    )
    union
    (
        select lot_id
        from lots
        where
            lot_id in (select lots_by_part_of_printed_code((select part from typed)))
            and search_key(printed_code) like (select part from typed)
        order by happened_at desc, lot_id desc
    )
    union
    (
        select lot_id
        from facts.lots
        where
            expires_on >= (select site_date())
            and (cast(:search as text) is null or position(lower(:search) in lower(lot_code)) > 0)
        order by expires_on, lot_id
        limit 5 * :newest
    )
),

measured as (
    select
        lots.lot_code,
        lots.lot_type,
        products.product_code,
        lots.happened_at,
        lots.expires_on,
        balance.on_hand_kg,
        balance.on_hand_at_most_kg,
        lots.unit,
        counted.on_hand_quantity,
        counted.on_hand_at_most_quantity,
        coalesce(
            counted.on_hand_quantity, counted.on_hand_at_most_quantity, balance.on_hand_kg, balance.on_hand_at_most_kg, -balance.overdrawn_kg,
            -balance.overdrawn_at_least_kg
        ) > 0 as has_some,
        states.disposition
    from candidates
    inner join lots on candidates.lot_id = lots.lot_id
    cross join lateral lot_balance(lots.lot_id, lots.weight_kg) as balance
    left join lateral unit_balance(lots.lot_id, lots.quantity, lots.unit) as counted on true
    inner join lot_states(array(select lot_id from candidates)) as states
        on candidates.lot_id = states.lot_id
    left join products on lots.product_id = products.product_id
)

select
    lot_code,
    lot_type,
    product_code,
    unit,
    on_hand_quantity,
    on_hand_at_most_quantity,
    on_hand_kg,
    on_hand_at_most_kg,
    disposition,
    expires_on
from measured
where disposition in ('pending', 'released') and has_some is not false
order by expires_on nulls last, happened_at desc, lot_code
limit 50;

-- name: lots_that_expire_before
-- Lots of the same product and type that may be used, have something left and expire before a lot:
-- those that are to go first, the first to expire on top. Three of them say it.
with candidates as (
    select others.lot_id
    from lots as asked
    inner join facts.lots as others
        on
            asked.product_id = others.product_id
            and coalesce(asked.lot_type, '') = coalesce(others.lot_type, '')
    where
        asked.lot_id = :lot_id
        and others.lot_id <> asked.lot_id
        and others.expires_on >= (select site_date())
        and others.expires_on < coalesce(asked.expires_on, 'infinity')
    order by others.expires_on, others.lot_id
    limit 20
)

select
    lots.lot_code,
    lots.expires_on,
    balance.on_hand_kg,
    balance.on_hand_at_most_kg
from candidates
inner join lots on candidates.lot_id = lots.lot_id
cross join lateral lot_balance(lots.lot_id, lots.weight_kg) as balance
inner join lot_states(array(select lot_id from candidates)) as states
    on candidates.lot_id = states.lot_id
where
    states.disposition in ('pending', 'released')
    and (
        coalesce(
            balance.on_hand_kg, balance.on_hand_at_most_kg, -balance.overdrawn_kg,
            -balance.overdrawn_at_least_kg
        ) > 0
    ) is not false
order by lots.expires_on, lots.lot_code
limit 3;
