-- Copy of the decisions of quality.

create or replace table raw.qc_decisions (
    decision_id bigint not null,
    lot_id bigint not null,
    gate_id bigint,
    decision varchar not null,
    notes varchar,
    temperature_c decimal(6, 2),
    operator_id bigint,
    decided_by varchar,
    version_id bigint,
    happened_at timestamptz not null,
    recorded_at timestamptz not null,
    happened_until timestamptz
)
