-- Copy of the assessments: lots let go although their origin stops them.

create or replace table raw.origin_assessments (
    assessment_id bigint not null,
    lot_id bigint not null,
    decision_ids bigint [] not null,
    reason varchar not null,
    operator_id bigint,
    recorded_at timestamptz not null
)
