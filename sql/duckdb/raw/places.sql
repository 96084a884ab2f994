-- Copy of the places where goods stand; partner_id is the site, null: the plant itself.

create or replace table raw.places (
    place_id bigint not null,
    place_code varchar not null,
    name varchar not null,
    kind varchar,
    partner_id bigint,
    recorded_at timestamptz not null,
    is_retired boolean not null
)
