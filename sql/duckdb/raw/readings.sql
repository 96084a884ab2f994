-- Copy of the readings: a number, less or more than one (sign), or a word.

create or replace table raw.readings (
    reading_id bigint not null,
    lot_id bigint not null,
    gate_id bigint,
    characteristic varchar not null,
    value decimal(24, 12),
    unit varchar not null,
    operator_id bigint,
    happened_at timestamptz not null,
    recorded_at timestamptz not null,
    sign varchar,
    word varchar,
    version_id bigint,
    happened_until timestamptz
)
