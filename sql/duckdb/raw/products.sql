-- Copy of the products.

create or replace table raw.products (
    product_id bigint not null,
    product_code varchar not null,
    name varchar not null,
    gtin varchar,
    recorded_at timestamptz not null
)
