-- Copy of the gates that lots of a type must pass, those made from a moment on; null: all.

create or replace table raw.gates_to_pass (
    gate_id bigint not null,
    lot_type varchar,
    made_from timestamptz,
    recorded_at timestamptz not null
)
