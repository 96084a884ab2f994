-- Codes are found in whatever spelling somebody heard them; a label has a short code for its lot.

-- What a search compares: a code's skeleton without what people leave out or swap when they type
-- from hearing. P-4471, p-4471, P 4471 and P/4471 have one key; 10 and 1O have two.
create function search_key(written text) returns text
language sql immutable strict parallel safe
return translate(lot_code_skeleton(written), '-_./', '');

drop index facts.lots_by_supplier_lot;
drop index facts.shipments_by_sscc;
drop index facts.shipments_by_document;
drop index if exists facts.lots_by_part_of_code;
drop index if exists facts.lots_by_part_of_supplier_lot;
create index lots_by_key on facts.lots (search_key(lot_code));
create index lots_by_supplier_lot_key on facts.lots (search_key(supplier_lot_code))
where supplier_lot_code is not null;
create index shipments_by_code_key on facts.shipments (search_key(shipment_code));
create index shipments_by_sscc_key on facts.shipments (search_key(sscc)) where sscc is not null;
create index shipments_by_document_key on facts.shipments (search_key(document))
where document is not null;

-- Finding a lot by part of a code among a million takes an index of trigrams. Where the server has
-- no pg_trgm, or the owner may not make it, searches read every lot: slower, and as right.
do $$
begin
    create extension if not exists pg_trgm;
    create index lots_by_part_of_code on facts.lots using gin (search_key(lot_code) gin_trgm_ops);
    create index lots_by_part_of_supplier_lot
    on facts.lots using gin (search_key(supplier_lot_code) gin_trgm_ops)
    where supplier_lot_code is not null;
exception
    when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
        raise notice 'no trigram index: %', sqlerrm;
end
$$;

-- The short code on a lot's label: L, its id in 29 signs that nobody mixes up, and three more that
-- only this record gives to this id, so that another plant's label, or a misread one, names no lot.
-- The trail's first entry is what no two records share. Read back in
-- `sql/genealogy/label_codes.py`.
create function lot_label_code(of_lot_id bigint) returns text
language sql stable parallel safe
return (
    with signs (sign) as (
        values ('23456789ABCDEFGHJKMNPQRSTVWXY')
    ),

    checked (hash) as (
        select
            sha256(
                coalesce((select hash from audit.entries where entry_id = 1), sha256('lotline'))
                || convert_to(cast(of_lot_id as text), 'UTF8')
            )
    )

    select
        'L'
        || (
            select
                string_agg(
                    substr(sign, cast(div(of_lot_id, power(29::numeric, place)) % 29 as int) + 1, 1),
                    '' order by place desc
                )
            from generate_series(0, 12) as places (place)
            where place < 4 or power(29::numeric, place) <= of_lot_id
        )
        || (
            select
                string_agg(
                    substr(
                        sign, (256 * get_byte(hash, 2 * byte) + get_byte(hash, 2 * byte + 1)) % 29 + 1, 1
                    ),
                    '' order by byte
                )
            from generate_series(0, 2) as bytes (byte)
        )
    from signs
    cross join checked
);
