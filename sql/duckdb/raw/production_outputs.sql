-- Copy of what came of productions.

create or replace table raw.production_outputs (
    output_id bigint not null,
    production_id bigint not null,
    lot_id bigint not null,
    quantity_kg decimal(18, 6),
    quantity decimal(18, 6),
    unit varchar,
    kind varchar not null,
    recorded_at timestamptz not null
)
