-- Copy of what was put into logistic units and taken out of them: lots, and whole units.

create or replace table raw.packings (
    packing_id bigint not null,
    sscc varchar not null,
    kind varchar not null,
    lot_id bigint,
    inner_sscc varchar,
    quantity_kg decimal(18, 6),
    quantity decimal(18, 6),
    unit varchar,
    operator_id bigint,
    happened_at timestamptz not null,
    recorded_at timestamptz not null
)
