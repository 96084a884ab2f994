-- Copy of the limits that readings must keep.

create or replace table raw.gate_limits (
    limit_id bigint not null,
    gate_id bigint not null,
    characteristic varchar not null,
    unit varchar not null,
    lower_bound decimal(12, 3),
    upper_bound decimal(12, 3),
    recorded_at timestamptz not null,
    word varchar
)
