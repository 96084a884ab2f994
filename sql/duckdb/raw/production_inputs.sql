-- Copy of what went into productions, as it was entered; links say it by output.

create or replace table raw.production_inputs (
    input_id bigint not null,
    production_id bigint not null,
    lot_id bigint not null,
    quantity_kg decimal(18, 6),
    quantity decimal(18, 6),
    unit varchar,
    expiry_reason varchar,
    recorded_at timestamptz not null
)
