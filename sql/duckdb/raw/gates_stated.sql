-- Copy of every statement of every gate: a decision was made at its gate as the version said.

create or replace table raw.gates_stated (
    gate_id bigint not null,
    version_id bigint not null,
    gate_number decimal(4, 1) not null,
    lot_types varchar [] not null,
    gate_type varchar not null,
    is_ccp boolean not null,
    is_retired boolean not null,
    recorded_at timestamptz not null
)
