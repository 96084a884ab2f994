-- Copy of the gates where quality decides.

create or replace table raw.qc_gates (
    gate_id bigint not null,
    gate_number decimal(4, 1) not null,
    phase_id bigint,
    lot_types varchar [] not null,
    name_en varchar not null,
    name_hu varchar not null,
    gate_type varchar not null,
    is_ccp boolean not null,
    is_retired boolean not null,
    recorded_at timestamptz not null
)
