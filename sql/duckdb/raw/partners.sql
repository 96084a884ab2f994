-- Copy of the suppliers, customers and the site itself.

create or replace table raw.partners (
    partner_id bigint not null,
    partner_code varchar not null,
    name varchar not null,
    role varchar not null,
    gln varchar,
    address varchar,
    phone varchar,
    email varchar,
    recorded_at timestamptz not null
)
