-- Copy of what must hold across lots, each rule as often as it was stated, with the time in which it held.

create or replace table raw.process_rules (
    rule_id bigint not null,
    rule varchar not null,
    lot_type varchar,
    input_lot_type varchar,
    hours decimal(9, 2),
    is_retired boolean not null,
    in_force_from timestamptz,
    in_force_until timestamptz,
    recorded_at timestamptz not null
)
