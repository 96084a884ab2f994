-- Copy of the numbers that hold for the whole plant by the process in force.

create or replace table raw.process_settings (
    setting_id bigint not null,
    setting varchar not null,
    value decimal(15, 6),
    recorded_at timestamptz not null
)
