-- name: voided_lots_found
-- Voided lots by their own code, their label's or their supplier's lot: who voided them, when, why,
-- and what they are called since where they were renamed; whether it matches whole, and how many do in
-- all. Those that match whole come first.
with asked as materialized (
    select
        array(
            select search_key(code)
            from unnest(cast(:lot_codes as text [])) as codes (code)
            where search_key(code) <> ''
        ) as keys,
        '%'
        || regexp_replace(nullif(search_key(:typed), ''), '([\\%_])', '\\\1', 'g')
        || '%' as part
),

matching as (
    select
        lots.lot_id,
        lots.lot_code,
        voids.reason,
        voids.operator_id,
        coalesce(voids.happened_at, voids.recorded_at) as voided_at,
        coalesce(
            search_key(lots.lot_code) = any(asked.keys)
            or search_key(lots.supplier_lot_code) = any(asked.keys)
            or search_key(lots.printed_code) = any(asked.keys)
            or (
                lots.lot_id = cast(:labelled_lot_id as bigint)
                and lot_label_code(lots.lot_id) = :label_code
            ), false
        ) as is_whole,
        search_key(lots.lot_code) like asked.part
        or search_key(lots.supplier_lot_code) like asked.part
        or search_key(lots.printed_code) like asked.part as is_part
    from facts.lot_voids as voids
    inner join facts.lots on voids.lot_id = lots.lot_id
    cross join asked
    where voids.recorded_at <= (select known_until())
)

select
    matching.lot_code,
    (
        select lots.lot_code
        from lots_renamed(array[matching.lot_id]) as went
        inner join lots on went.lot_id = lots.lot_id
    ) as renamed_to,
    matching.reason,
    matching.voided_at,
    coalesce(users.full_name, 'an import') as voided_by,
    matching.is_whole,
    count(*) over () as found_count
from matching
left join users on matching.operator_id = users.user_id
where matching.is_whole or matching.is_part
order by matching.is_whole desc, matching.voided_at desc, matching.lot_code
limit 5;

-- name: lots_found
-- Lots that match what was typed or scanned: why each matched, which may be meant, and how many;
-- of them, how many are taken already.
-- Strength 1: it matches as a whole. 2: its supplier's lot contains what was typed, or stands behind
-- words that were typed too. 3: another of its codes or names does, or it is of the product that a
-- label names beside a lot.
with asked as materialized (
    select
        array(
            select search_key(code)
            from unnest(cast(:lot_codes as text [])) as codes (code)
            where search_key(code) <> ''
        ) as keys,
        typed.key,
        coalesce(cast(:sscc as text), typed.key) as sscc_key,
        array(
            select search_key(tail)
            from unnest(cast(:tails as text [])) as tails (tail)
            where search_words(tail) <> ''
        ) as tail_keys,
        -- Each typed word begins where a word of the name does, and may run on over the next.
        array(
            select ' ' || regexp_replace(replace(search_words(word), ' ', ''), '(.)', '\1 ?', 'g')
            from regexp_split_to_table(cast(:typed as text), '\s+') as words (word)
            where search_words(word) <> ''
        ) as word_patterns,
        array(
            select '%' || replace(search_words(word), ' ', '') || '%'
            from regexp_split_to_table(cast(:typed as text), '\s+') as words (word)
            where search_words(word) <> ''
        ) as word_parts,
        '%' || regexp_replace(typed.key, '([\\%_])', '\\\1', 'g') || '%' as part
    from (select nullif(search_key(:typed), '') as key) as typed
),

partners_keyed as materialized (
    select
        partner_id,
        name,
        search_key(name) as name_key,
        search_key(partner_code) as code_key
    from partners
),

partners_named as (
    select partner_id, name, (select key from asked) in (name_key, code_key) as is_whole
    from partners_keyed
    where
        code_key like (select part from asked)
        or name_key = (select key from asked)
        or (
            name_key like all(cast((select word_parts from asked) as text []))
            and (select cardinality(word_parts) from asked) > 0
            -- Dear, and so asked last, of the few names left.
            and ' ' || search_words(name)
            ~ all(cast((select word_patterns from asked) as text []))
        )
),

products_keyed as materialized (
    select
        product_id,
        product_code,
        name,
        search_key(name) as name_key,
        search_key(product_code) as code_key
    from products
),

products_named as (
    select
        product_id,
        case when code_key like (select part from asked) then product_code else name end as matched,
        (select key from asked) in (name_key, code_key) as is_whole
    from products_keyed
    where
        code_key like (select part from asked)
        or name_key = (select key from asked)
        or (
            name_key like all(cast((select word_parts from asked) as text []))
            and (select cardinality(word_parts) from asked) > 0
            -- Dear, and so asked last, of the few names left.
            and ' ' || search_words(name)
            ~ all(cast((select word_patterns from asked) as text []))
        )
),

-- Lots that had another code once, by that: few beside lots.
renamed_keyed as materialized (
    select
        registered.lot_id,
        registered.lot_code,
        search_key(registered.lot_code) as key,
        coalesce(
            registered.lot_id = cast(:labelled_lot_id as bigint)
            and lot_label_code(registered.lot_id) = :label_code, false
        ) as is_labelled
    from facts.lot_voids as voids
    inner join facts.lots as registered on voids.lot_id = registered.lot_id
    where voids.renamed_id is not null
),

once_called as materialized (
    select
        went.lot_id,
        renamed.lot_code,
        renamed.is_labelled or renamed.key = any(asked.keys) as is_whole,
        renamed.key = any(asked.tail_keys) as is_tail
    from renamed_keyed as renamed
    cross join asked
    cross join lateral lots_renamed(array[renamed.lot_id]) as went
    where
        renamed.is_labelled
        or renamed.key = any(asked.keys)
        or renamed.key = any(asked.tail_keys)
        or renamed.key like asked.part
),

matches as (
    select lot_id, 1 as place, 'lot_code' as matched_by, lot_code as matched, 1 as strength
    from lots
    where lot_code = any(cast(:lot_codes as text []))
    union all
    select lot_id, 2, 'lot_code_alike', lot_code, 1
    from lots
    where search_key(lot_code) = any(cast((select keys from asked) as text []))
    union all
    select lot_id, 3, 'label_code', cast(:label_code as text), 1
    from lots
    where lot_id = cast(:labelled_lot_id as bigint) and lot_label_code(lot_id) = :label_code
    union all
    select lot_id, 4, 'printed_code', printed_code, 1
    from lots
    where
        lot_id in (select lots_by_printed_code(cast((select keys from asked) as text [])))
        and search_key(printed_code) = any(cast((select keys from asked) as text []))
    union all
    select lot_id, 5, 'supplier_lot_code', supplier_lot_code, 1
    from lots
    where
        lot_id in (select lots_by_supplier_lot(cast((select keys from asked) as text [])))
        and search_key(supplier_lot_code) = any(cast((select keys from asked) as text []))
    union all
    select lot_id, 5, 'former_lot_code', lot_code, 1
    from once_called
    where is_whole
    union all
    select lot_id, 6, 'sscc', sscc, 1
    from shipments
    where sscc is not null and search_key(sscc) = (select sscc_key from asked)
    union all
    select inside.lot_id, 6, 'sscc', (select sscc_key from asked), 1
    from lots_of_unit((select sscc_key from asked)) as inside
    union all
    select lot_id, 7, 'document', document, 1
    from shipments
    where document is not null and search_key(document) = (select key from asked)
    union all
    select lot_id, 8, 'shipment_code', shipment_code, 1
    from shipments
    where search_key(shipment_code) = (select key from asked)
    union all
    select
        lots.lot_id,
        case when partners_named.is_whole then 9 else 21 end,
        case when partners_named.is_whole then 'supplier' else 'part_of_supplier' end,
        partners_named.name,
        case when partners_named.is_whole then 1 else 3 end
    from lots
    inner join partners_named on lots.supplier_id = partners_named.partner_id
    union all
    select
        shipments.lot_id,
        case when partners_named.is_whole then 10 else 22 end,
        case when partners_named.is_whole then 'customer' else 'part_of_customer' end,
        partners_named.name,
        case when partners_named.is_whole then 1 else 3 end
    from shipments
    inner join partners_named on shipments.customer_id = partners_named.partner_id
    union all
    select lot_id, 11, 'gtin', cast(:gtin as text), case when :names_lot then 3 else 1 end
    from lots
    where
        product_id in (
            select product_id from products
            where lpad(gtin, 14, '0') = cast(:gtin as text)
        )
    union all
    select
        lots.lot_id,
        case when products_named.is_whole then 12 else 23 end,
        case when products_named.is_whole then 'product' else 'part_of_product' end,
        products_named.matched,
        case when products_named.is_whole then 1 else 3 end
    from lots
    inner join products_named on lots.product_id = products_named.product_id
    union all
    select lot_id, 13, 'tail_lot_code', lot_code, 3
    from lots
    where search_key(lot_code) = any(cast((select tail_keys from asked) as text []))
    union all
    select lot_id, 14, 'tail_printed_code', printed_code, 3
    from lots
    where
        lot_id in (select lots_by_printed_code(cast((select tail_keys from asked) as text [])))
        and search_key(printed_code) = any(cast((select tail_keys from asked) as text []))
    union all
    select lot_id, 15, 'tail_supplier_lot_code', supplier_lot_code, 2
    from lots
    where
        lot_id in (select lots_by_supplier_lot(cast((select tail_keys from asked) as text [])))
        and search_key(supplier_lot_code) = any(cast((select tail_keys from asked) as text []))
    union all
    select lot_id, 16, 'tail_document', document, 3
    from shipments
    where
        document is not null
        and search_key(document) = any(cast((select tail_keys from asked) as text []))
    union all
    select lot_id, 16, 'tail_document', shipment_code, 3
    from shipments
    where search_key(shipment_code) = any(cast((select tail_keys from asked) as text []))
    union all
    select lot_id, 16, 'tail_document', sscc, 3
    from shipments
    where sscc is not null and search_key(sscc) = any(cast((select tail_keys from asked) as text []))
    union all
    select
        lot_id,
        case when is_tail then 15 else 18 end,
        case when is_tail then 'tail_former_lot_code' else 'part_of_former_lot_code' end,
        lot_code,
        3
    from once_called
    union all
    select lot_id, 17, 'part_of_lot_code', lot_code, 3
    from lots
    where search_key(lot_code) like (select part from asked)
    union all
    select lot_id, 18, 'part_of_printed_code', printed_code, 3
    from lots
    where
        lot_id in (select lots_by_part_of_printed_code((select part from asked)))
        and search_key(printed_code) like (select part from asked)
    union all
    select lot_id, 19, 'part_of_supplier_lot_code', supplier_lot_code, 2
    from lots
    where
        lot_id in (select lots_by_part_of_supplier_lot((select part from asked)))
        and search_key(supplier_lot_code) like (select part from asked)
    union all
    select lot_id, 20, 'part_of_document', coalesce(document, shipment_code), 3
    from shipments
    where
        search_key(document) like (select part from asked)
        or search_key(shipment_code) like (select part from asked)
        or search_key(sscc) like (select part from asked)
),

best as (
    select distinct on (lot_id)
        lot_id,
        place,
        matched_by,
        matched,
        min(strength) over of_lot as strength,
        bool_or(matched_by = 'supplier_lot_code') over () as is_of_a_supplier
    from matches
    window of_lot as (partition by lot_id)
    order by lot_id, place
),

-- A GTIN with a lot tells apart lots of one code: those of another product are not meant.
told as (
    select
        best.*,
        lots.happened_at,
        lots.lot_code = any(cast(:taken as text [])) as is_taken,
        best.matched = any(cast(:lot_codes as text [])) as is_as_typed,
        lpad(products.gtin, 14, '0') = cast(:gtin as text) as is_of_gtin
    from best
    inner join lots on best.lot_id = lots.lot_id
    left join products on lots.product_id = products.product_id
    -- Named once more, so that few matches read few lots.
    where lots.lot_id = any(array(select matched_once.lot_id from best as matched_once))
),

judged as (
    select
        *,
        case
            when not bool_or(strength = 1) over () then true
            when strength = 1
                then not :names_lot
                or is_of_gtin is not false
                or not coalesce(bool_or(is_of_gtin and strength = 1) over (), false)
            else strength = 2 and is_of_a_supplier
        end as is_meant
    from told
),

page as (
    select
        *,
        count(*) over () as found_count,
        count(*) filter (where is_meant) over () as meant_count,
        count(*) filter (where is_meant and is_taken) over () as taken_count
    from judged
    order by
        is_meant desc, place, is_of_gtin desc nulls last, is_as_typed desc, happened_at desc,
        lot_id desc
    limit :most
)

select
    lots.lot_code,
    page.matched_by,
    page.matched,
    page.is_meant,
    page.is_of_gtin,
    lots.lot_type,
    products.product_code,
    products.name as product_name,
    partners.name as supplier_name,
    lots.supplier_lot_code,
    lots.printed_code,
    states.disposition,
    lots.happened_at,
    lots.happened_until,
    page.found_count,
    page.meant_count,
    page.taken_count
from page
inner join lots on page.lot_id = lots.lot_id
inner join lot_states(array(select lot_id from page)) as states on page.lot_id = states.lot_id
left join products on lots.product_id = products.product_id
left join partners on lots.supplier_id = partners.partner_id
order by
    page.is_meant desc, page.place, page.is_of_gtin desc nulls last, page.is_as_typed desc,
    page.happened_at desc, page.lot_id desc;
