-- A trace asks for the few of them each time.
create index products_with_damaged_code on products (product_id)
where identifier_damage('code', product_code) is not null or identifier_damage('gtin', gtin) is not null;
create index partners_with_damaged_code on partners (partner_id)
where identifier_damage('code', partner_code) is not null or identifier_damage('gln', gln) is not null;
create index runs_with_damaged_code on production_runs (run_id)
where identifier_damage('code', run_code) is not null;

-- Spoilt identifiers of what these lots are, come from and went to: of products, suppliers, customers
-- and runs. Nearly always there are none in the whole record, and no lot is looked at.
create function damaged_masters_of(of_lot_ids bigint []) returns table (
    lot_id bigint, field text, kind text, written text
)
language plpgsql stable as $$
begin
    if not exists (
        select from products
        where identifier_damage('code', product_code) is not null
        or identifier_damage('gtin', gtin) is not null
    ) and not exists (
        select from partners
        where identifier_damage('code', partner_code) is not null
        or identifier_damage('gln', gln) is not null
    ) and not exists (
        select from production_runs where identifier_damage('code', run_code) is not null
    ) then
        return;
    end if;
    return query
    select lots.lot_id, named.field, named.kind, named.written
    from lots
    left join products on lots.product_id = products.product_id
    left join partners on lots.supplier_id = partners.partner_id
    left join production_runs on lots.run_id = production_runs.run_id
    cross join lateral (
        values
        ('product_code', 'code', products.product_code),
        ('gtin', 'gtin', products.gtin),
        ('supplier_code', 'code', partners.partner_code),
        ('supplier_gln', 'gln', partners.gln),
        ('run_code', 'code', production_runs.run_code)
    ) as named (field, kind, written)
    where lots.lot_id = any(of_lot_ids) and identifier_damage(named.kind, named.written) is not null
    union all
    select distinct shipments.lot_id, named.field, named.kind, named.written
    from shipments
    inner join partners on shipments.customer_id = partners.partner_id
    cross join lateral (
        values ('customer_code', 'code', partners.partner_code), ('customer_gln', 'gln', partners.gln)
    ) as named (field, kind, written)
    where
        shipments.lot_id = any(of_lot_ids)
        and identifier_damage(named.kind, named.written) is not null;
end
$$;
