-- Copy of the plant's phases.

create or replace table raw.phases (
    phase_id bigint not null,
    stream varchar,
    name_en varchar not null,
    name_hu varchar not null,
    recorded_at timestamptz not null
)
