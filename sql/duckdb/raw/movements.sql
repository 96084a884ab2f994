-- Copy of what else happened to a lot's kilograms: waste, samples, returns, counts and the like.

create or replace table raw.movements (
    movement_id bigint not null,
    lot_id bigint not null,
    kind varchar not null,
    quantity_kg decimal(18, 6),
    quantity decimal(18, 6),
    unit varchar,
    reason varchar,
    partner_id bigint,
    shipment_id bigint,
    operator_id bigint,
    happened_at timestamptz not null,
    recorded_at timestamptz not null,
    happened_until timestamptz,
    place_id bigint
)
