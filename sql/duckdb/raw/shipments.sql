-- Copy of what left the plant for which customer.

create or replace table raw.shipments (
    shipment_id bigint not null,
    shipment_code varchar not null,
    lot_id bigint not null,
    customer_id bigint not null,
    quantity_kg decimal(18, 6),
    quantity decimal(18, 6),
    unit varchar,
    document varchar,
    sscc varchar,
    operator_id bigint,
    expiry_reason varchar,
    happened_at timestamptz not null,
    recorded_at timestamptz not null,
    happened_until timestamptz,
    from_place_id bigint
)
