-- Copy of the links: so many kilograms of a parent in a child. What went into a production and nobody
-- allotted to its outputs (`unallotted_kg`; in a unit `unallotted_quantity`) stands with its first link.

create or replace table raw.lot_genealogy (
    link_id bigint not null,
    parent_lot_id bigint not null,
    child_lot_id bigint not null,
    quantity_kg decimal(18, 6),
    unallotted_kg decimal(18, 6),
    quantity decimal(18, 6),
    unit varchar,
    unallotted_quantity decimal(18, 6),
    unallotted_unit varchar,
    operator_id bigint,
    expiry_reason varchar,
    rework_reason varchar,
    happened_at timestamptz not null,
    recorded_at timestamptz not null,
    happened_until timestamptz
)
