-- Copy of the products.

create or replace table raw.products (
    product_id bigint not null,
    product_code varchar not null,
    name varchar not null,
    gtin varchar,
    unit varchar,
    kg_per_unit decimal(18, 6),
    storage_class varchar,
    recorded_at timestamptz not null
)
