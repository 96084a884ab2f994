-- name: product_retired
-- Since when a product is retired, by whom and why; none: it is in use.
select
    revisions.recorded_at as retired_at,
    revisions.reason,
    coalesce(users.full_name, 'an import') as retired_by
from facts.product_revisions as revisions
left join users on revisions.operator_id = users.user_id
where
    revisions.product_id = :id
    and revisions.is_retired
    and not exists (
        select from facts.product_revisions as later
        where
            later.product_id = revisions.product_id
            and later.revision_id > revisions.revision_id
            and not later.is_retired
    )
order by revisions.revision_id
limit 1;

-- name: partner_retired
-- Since when a partner is retired, by whom and why; none: it is in use.
select
    revisions.recorded_at as retired_at,
    revisions.reason,
    coalesce(users.full_name, 'an import') as retired_by
from facts.partner_revisions as revisions
left join users on revisions.operator_id = users.user_id
where
    revisions.partner_id = :id
    and revisions.is_retired
    and not exists (
        select from facts.partner_revisions as later
        where
            later.partner_id = revisions.partner_id
            and later.revision_id > revisions.revision_id
            and not later.is_retired
    )
order by revisions.revision_id
limit 1;

-- name: products_retired
select product_code, name, unit, kg_per_unit from products
where is_retired
order by product_code;

-- name: suppliers_retired
select partner_code, name from partners
where delivers(role) and is_retired
order by name, partner_code;

-- name: customers_retired
select partner_code, name from partners
where receives(role) and is_retired
order by name, partner_code;

-- name: partners_retired
select partner_code, name from partners where is_retired order by name, partner_code;
