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
-- the most specific: of the product, else the storage class, else the type, else of all lots. The
-- record says the same (`limits_of`); a test holds them equal.

select
    readings.reading_id,
    limits.lower_bound,
    limits.upper_bound,
    limits.word
from raw.readings as readings
inner join raw.lots as lots on readings.lot_id = lots.lot_id
left join raw.products as products on lots.product_id = products.product_id
inner join raw.gate_limits as limits
    on
        readings.gate_id = limits.gate_id
        and readings.characteristic = limits.characteristic
        and readings.unit = limits.unit
where
    not coalesce(limits.is_retired, false)
    and coalesce(limits.version_id, 1) <= coalesce(readings.version_id, 1)
    and coalesce(limits.replaced_in > coalesce(readings.version_id, 1), true)
    and coalesce(limits.in_force_from <= readings.happened_at, true)
    and coalesce(limits.in_force_until > readings.happened_at, true)
    and coalesce(limits.lot_type = lots.lot_type, limits.lot_type is null)
    and coalesce(limits.product_id = lots.product_id, limits.product_id is null)
    and coalesce(limits.storage_class = products.storage_class, limits.storage_class is null)
qualify row_number() over (
    partition by readings.reading_id
    order by
        limits.product_id is null,
        limits.storage_class is null,
        limits.lot_type is null,
        limits.in_force_from desc nulls last,
        limits.limit_id desc
) = 1
