-- Copy of what must hold across lots by the process in force.

create or replace table raw.process_rules (
    rule_id bigint not null,
    rule varchar not null,
    lot_type varchar,
    input_lot_type varchar,
    hours decimal(9, 2),
    is_retired boolean not null,
    recorded_at timestamptz not null
)
