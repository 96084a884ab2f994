-- What the lot of each decision had to keep at the gate where it was decided.
--
-- kind: view
-- grain: decision_id, characteristic, unit
-- columns:
--   decision_id     the decision; one about a lot as such has no row
--   lot_id          the lot
--   gate_id         where it was made
--   decision        PASS, HOLD or FAIL
--   temperature_c   what it says was measured
--   happened_at     when it was made
--   happened_until  where that is known by the day or month, its end
--   characteristic  what is measured there
--   unit            in which unit
--   lower_bound     at least; null: no such bound
--   upper_bound     at most
--   word            what a result that is a word must be
--
-- By the version of the process that the decision was judged under. Which limit counts: see
-- `quality.reading_limits`.

select
    decisions.decision_id,
    decisions.lot_id,
    decisions.gate_id,
    decisions.decision,
    decisions.temperature_c,
    decisions.happened_at,
    decisions.happened_until,
    limits.characteristic,
    limits.unit,
    limits.lower_bound,
    limits.upper_bound,
    limits.word
from raw.qc_decisions as decisions
inner join raw.lots as lots on decisions.lot_id = lots.lot_id
left join raw.products as products on lots.product_id = products.product_id
inner join raw.gate_limits as limits on decisions.gate_id = limits.gate_id
where
    not coalesce(limits.is_retired, false)
    and coalesce(limits.version_id, 1) <= coalesce(decisions.version_id, 1)
    and coalesce(limits.replaced_in > coalesce(decisions.version_id, 1), true)
    and coalesce(limits.in_force_from <= decisions.happened_at, true)
    and coalesce(limits.in_force_until > decisions.happened_at, true)
    and coalesce(limits.lot_type = lots.lot_type, limits.lot_type is null)
    and coalesce(limits.product_id = lots.product_id, limits.product_id is null)
    and coalesce(limits.storage_class = products.storage_class, limits.storage_class is null)
qualify row_number() over (
    partition by decisions.decision_id, limits.characteristic, limits.unit
    order by
        limits.product_id is null,
        limits.storage_class is null,
        limits.lot_type is null,
        limits.in_force_from desc nulls last,
        limits.limit_id desc
) = 1
