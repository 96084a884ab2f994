-- Copy of the lot types of the process in force, retired ones too.

create or replace table raw.lot_types (
    lot_type_id bigint not null,
    lot_type varchar not null,
    version_id bigint not null,
    name_en varchar not null,
    name_hu varchar not null,
    position integer not null,
    origin varchar not null,
    lightest_kg decimal(15, 6),
    heaviest_kg decimal(15, 6),
    coldest_c decimal(6, 2),
    warmest_c decimal(6, 2),
    yield_tolerance_ratio decimal(6, 4),
    colour varchar,
    is_retired boolean not null,
    recorded_at timestamptz not null
)
