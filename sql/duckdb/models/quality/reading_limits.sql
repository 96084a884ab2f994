-- The limit that each result had to keep: of its gate, for its lot, when it was taken.
--
-- kind: view
-- grain: reading_id
-- columns:
--   reading_id   the result; one without a limit has no row
--   lower_bound  at least; null: no such bound
--   upper_bound  at most
--   word         what a result that is a word must be
--
-- By the version of the process that it was judged under, and of its limits in force at that moment
-- the most specific: of the product, else the storage class, else the type, else of all lots. A result
-- taken at no gate had to keep what the gates that serve its lot's type ask; where they differ, the
-- mildest bound of each side counts. The record says the same (`limits_of`, `limits_at_no_gate`); a
-- test holds them equal.

with

statements as (
    select
        versions.version_id,
        gates.gate_id,
        gates.lot_types
    from (
        select distinct coalesce(readings.version_id, 1) as version_id
        from raw.readings as readings
        where readings.gate_id is null
    ) as versions
    inner join raw.gates_stated as gates on gates.version_id <= versions.version_id
    qualify
        row_number() over (
            partition by versions.version_id, gates.gate_id order by gates.version_id desc
        ) = 1
        and not gates.is_retired
),

judged_at as (
    select
        readings.reading_id,
        readings.lot_id,
        readings.gate_id,
        readings.characteristic,
        readings.unit,
        readings.happened_at,
        coalesce(readings.version_id, 1) as version_id
    from raw.readings as readings
    where readings.gate_id is not null
    union all
    select
        readings.reading_id,
        readings.lot_id,
        statements.gate_id,
        readings.characteristic,
        readings.unit,
        readings.happened_at,
        statements.version_id
    from raw.readings as readings
    inner join raw.lots as lots on readings.lot_id = lots.lot_id
    inner join statements
        on
            coalesce(readings.version_id, 1) = statements.version_id
            and list_contains(statements.lot_types, lots.lot_type)
    where readings.gate_id is null
),

asked as (
    select
        judged_at.reading_id,
        limits.lower_bound,
        limits.upper_bound,
        limits.word
    from judged_at
    inner join raw.lots as lots on judged_at.lot_id = lots.lot_id
    left join raw.products as products on lots.product_id = products.product_id
    inner join raw.gate_limits as limits
        on
            judged_at.gate_id = limits.gate_id
            and judged_at.characteristic = limits.characteristic
            and judged_at.unit = limits.unit
    where
        not coalesce(limits.is_retired, false)
        and coalesce(limits.version_id, 1) <= judged_at.version_id
        and coalesce(limits.replaced_in > judged_at.version_id, true)
        and coalesce(limits.in_force_from <= judged_at.happened_at, true)
        and coalesce(limits.in_force_until > judged_at.happened_at, true)
        and coalesce(limits.lot_type = lots.lot_type, limits.lot_type is null)
        and coalesce(limits.product_id = lots.product_id, limits.product_id is null)
        and coalesce(limits.storage_class = products.storage_class, limits.storage_class is null)
    qualify row_number() over (
        partition by judged_at.reading_id, judged_at.gate_id
        order by
            limits.product_id is null,
            limits.storage_class is null,
            limits.lot_type is null,
            limits.in_force_from desc nulls last,
            limits.limit_id desc
    ) = 1
)

select
    reading_id,
    if(count(*) = count(lower_bound), min(lower_bound), null) as lower_bound,
    if(count(*) = count(upper_bound), max(upper_bound), null) as upper_bound,
    if(count(*) = count(word) and min(word) = max(word), min(word), null) as word
from asked
group by reading_id
