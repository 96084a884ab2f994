-- Copy of the limits that readings must keep, each as often as it was stated.

create or replace table raw.gate_limits (
    limit_id bigint not null,
    gate_id bigint not null,
    characteristic varchar not null,
    unit varchar not null,
    lower_bound decimal(12, 3),
    upper_bound decimal(12, 3),
    recorded_at timestamptz not null,
    word varchar,
    version_id bigint not null,
    replaced_in bigint,
    lot_type varchar,
    product_id bigint,
    storage_class varchar,
    in_force_from timestamptz,
    in_force_until timestamptz,
    is_retired boolean not null
)
