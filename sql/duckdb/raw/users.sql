-- Copy of the people, without what signs them in.

create or replace table raw.users (
    user_id bigint not null,
    email varchar not null,
    full_name varchar not null,
    role varchar not null,
    is_active boolean not null,
    recorded_at timestamptz not null
)
