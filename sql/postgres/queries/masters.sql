-- name: products_listed
-- Each of these three: the page of those that match what was typed, and how many do in all.
select
    product_id as id,
    product_code,
    name,
    gtin,
    unit,
    kg_per_unit,
    storage_class,
    is_retired,
    revision_id,
    count(*) over () as found_count
from products
where
    cast(:search as text) is null
    or search_key(product_code) like '%' || search_key(:search) || '%'
    or search_key(name) like '%' || search_key(:search) || '%'
    or gtin like '%' || cast(:search as text) || '%'
order by product_code
limit :most;

-- name: partners_listed
select
    partner_id as id,
    partner_code,
    name,
    role,
    gln,
    address,
    phone,
    email,
    is_retired,
    revision_id,
    count(*) over () as found_count
from partners
where
    cast(:search as text) is null
    or search_key(partner_code) like '%' || search_key(:search) || '%'
    or search_key(name) like '%' || search_key(:search) || '%'
    or gln like '%' || cast(:search as text) || '%'
order by partner_code
limit :most;

-- name: production_runs_listed
select
    run_id as id,
    run_code,
    status,
    daily_target_kg,
    started_at,
    ended_at,
    revision_id,
    count(*) over () as found_count
from production_runs
where
    cast(:search as text) is null
    or search_key(run_code) like '%' || search_key(:search) || '%'
order by started_at desc nulls last, run_code
limit :most;

-- name: history_of_products
-- Each of these three: every statement about one row, the first as it was registered, oldest first.
select
    versions.recorded_at,
    users.full_name as written_by,
    versions.from_import,
    versions.reason,
    versions.name,
    versions.gtin,
    versions.unit,
    versions.kg_per_unit,
    versions.storage_class,
    coalesce(versions.is_retired, false) as is_retired
from (
    select
        0 as version, recorded_at, operator_id, null as from_import, null as reason, name, gtin, unit,
        kg_per_unit, storage_class, null as is_retired
    from facts.products
    where product_id = :id
    union all
    select
        revision_id, recorded_at, operator_id, from_import, reason, name, gtin, unit, kg_per_unit,
        storage_class, is_retired
    from facts.product_revisions
    where product_id = :id
) as versions
left join users on versions.operator_id = users.user_id
order by versions.version;

-- name: history_of_partners
select
    versions.recorded_at,
    users.full_name as written_by,
    versions.from_import,
    versions.reason,
    versions.name,
    versions.role,
    versions.gln,
    versions.address,
    versions.phone,
    versions.email,
    coalesce(versions.is_retired, false) as is_retired
from (
    select
        0 as version, recorded_at, operator_id, null as from_import, null as reason, name, role, gln,
        address, phone, email, null as is_retired
    from facts.partners
    where partner_id = :id
    union all
    select
        revision_id, recorded_at, operator_id, from_import, reason, name, role, gln, address, phone,
        email, is_retired
    from facts.partner_revisions
    where partner_id = :id
) as versions
left join users on versions.operator_id = users.user_id
order by versions.version;

-- name: history_of_production_runs
select
    versions.recorded_at,
    users.full_name as written_by,
    versions.from_import,
    versions.reason,
    versions.status,
    versions.daily_target_kg,
    versions.started_at,
    versions.ended_at
from (
    select
        0 as version, recorded_at, operator_id, null as from_import, null as reason, status,
        daily_target_kg, started_at, ended_at
    from facts.production_runs
    where run_id = :id
    union all
    select
        revision_id, recorded_at, operator_id, from_import, reason, status, daily_target_kg,
        started_at, ended_at
    from facts.run_revisions
    where run_id = :id
) as versions
left join users on versions.operator_id = users.user_id
order by versions.version;

-- name: facts_hang_on_products
-- Each of these three: whether a lot or a shipment names the row.
select exists (select from facts.lots where product_id = :id)
or exists (select from facts.lot_corrections where product_id = :id);

-- name: facts_hang_on_partners
select exists (select from facts.lots where supplier_id = :id)
or exists (select from facts.lot_corrections where supplier_id = :id)
or exists (select from facts.shipments where customer_id = :id);

-- name: facts_hang_on_production_runs
select exists (select from facts.lots where run_id = :id)
or exists (select from facts.lot_corrections where run_id = :id);

-- name: write_products
insert into facts.products (
    product_code, name, gtin, unit, kg_per_unit, storage_class, operator_id
) values (:product_code, :name, :gtin, :unit, :kg_per_unit, :storage_class, :operator_id)
returning product_id;

-- name: write_partners
insert into facts.partners (partner_code, name, role, gln, address, phone, email, operator_id)
values (:partner_code, :name, :role, :gln, :address, :phone, :email, :operator_id)
returning partner_id;

-- name: write_production_runs
insert into facts.production_runs (
    run_code, status, daily_target_kg, started_at, ended_at, operator_id
) values (:run_code, :status, :daily_target_kg, :started_at, :ended_at, :operator_id)
returning run_id;

-- name: revise_products
insert into facts.product_revisions (
    product_id, name, gtin, unit, kg_per_unit, storage_class, is_retired, reason, operator_id
) values (
    :id, :name, :gtin, :unit, :kg_per_unit, :storage_class, :is_retired, :reason, :operator_id
)
returning revision_id;

-- name: revise_partners
insert into facts.partner_revisions (
    partner_id, name, role, gln, address, phone, email, is_retired, reason, operator_id
) values (
    :id, :name, :role, :gln, :address, :phone, :email, :is_retired, :reason, :operator_id
)
returning revision_id;

-- name: revise_production_runs
insert into facts.run_revisions (
    run_id, status, daily_target_kg, started_at, ended_at, reason, operator_id
) values (:id, :status, :daily_target_kg, :started_at, :ended_at, :reason, :operator_id)
returning revision_id;
