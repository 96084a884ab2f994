-- Copy of lots' renames: the code that one had, and what it was registered as again.

create or replace table raw.renamed_lots (
    void_id bigint not null,
    former_code varchar not null,
    was_lot_id bigint not null,
    renamed_id bigint not null,
    renamed_at timestamptz not null,
    reason varchar not null,
    operator_id bigint,
    recorded_at timestamptz not null
)
