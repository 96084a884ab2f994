-- Copy of what was moved to places: neither kilograms nor a quantity, all that stood where it came from.

create or replace table raw.moves (
    move_id bigint not null,
    lot_id bigint not null,
    place_id bigint not null,
    from_place_id bigint,
    quantity_kg decimal(18, 6),
    quantity decimal(18, 6),
    unit varchar,
    reason varchar,
    operator_id bigint,
    happened_at timestamptz not null,
    happened_until timestamptz,
    recorded_at timestamptz not null
)
