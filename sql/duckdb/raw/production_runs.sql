-- Copy of the production runs.

create or replace table raw.production_runs (
    run_id bigint not null,
    run_code varchar not null,
    status varchar not null,
    daily_target_kg decimal(18, 6),
    started_at timestamptz,
    ended_at timestamptz,
    recorded_at timestamptz not null
)
