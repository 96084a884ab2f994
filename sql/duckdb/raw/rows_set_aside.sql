-- Copy of the rows of imports that stand aside: what they say is in no answer.

create or replace table raw.rows_set_aside (
    row_id bigint not null,
    table_name varchar not null,
    file varchar not null,
    line integer,
    said varchar not null,
    source_key varchar,
    lot_code varchar,
    other_lot_code varchar,
    reason varchar not null,
    operator_id bigint,
    recorded_at timestamptz not null
)
