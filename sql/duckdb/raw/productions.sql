-- Copy of the productions: what went in together and what came of it, once an event.

create or replace table raw.productions (
    production_id bigint not null,
    production_code varchar not null,
    run_id bigint,
    place varchar,
    waste_kg decimal(18, 6),
    operator_id bigint,
    happened_at timestamptz not null,
    recorded_at timestamptz not null,
    happened_until timestamptz
)
