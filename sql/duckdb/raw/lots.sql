-- Copy of the lots. Of what is known by the day or month only, here and elsewhere, happened_at is the
-- beginning and happened_until the end; null: it is known to the minute.

create or replace table raw.lots (
    lot_id bigint not null,
    lot_code varchar not null,
    lot_type varchar,
    product_id bigint,
    run_id bigint,
    phase_id bigint,
    supplier_id bigint,
    supplier_lot_code varchar,
    printed_code varchar,
    weight_kg decimal(18, 6),
    quantity decimal(18, 6),
    unit varchar,
    temperature_c decimal(6, 2),
    expires_on date,
    metadata varchar,
    beyond_reason varchar,
    operator_id bigint,
    happened_at timestamptz not null,
    recorded_at timestamptz not null,
    happened_until timestamptz
)
