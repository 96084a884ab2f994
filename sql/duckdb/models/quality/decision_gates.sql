-- Each decision's gate as the process said when the decision was judged, with its bounds in °C.
--
-- kind: view
-- grain: decision_id
-- columns:
--   decision_id      the decision; one about a lot as such has no row
--   gate_number      where it was made
--   lot_types        what the gate served then; none: whatever came
--   is_ccp           whether it was a critical control point then
--   has_temperature  whether a temperature is measured there: a limit for some lots is in °C
--   coldest_c        the lot had to be at least so warm; null: no such bound
--   warmest_c        and at most so warm
--
-- Which limit counts: see `quality.reading_limits`.

with

judged as (
    select
        decisions.decision_id,
        decisions.lot_id,
        decisions.gate_id,
        decisions.happened_at,
        coalesce(decisions.version_id, 1) as version_id,
        stated.gate_number,
        stated.lot_types,
        stated.is_ccp
    from raw.qc_decisions as decisions
    inner join raw.gates_stated as stated
        on
            decisions.gate_id = stated.gate_id
            and stated.version_id <= coalesce(decisions.version_id, 1)
    qualify row_number() over (
        partition by decisions.decision_id order by stated.version_id desc
    ) = 1
),

in_celsius as (
    select *
    from raw.gate_limits
    where unit = 'C' and not coalesce(is_retired, false)
),

bounded as (
    select
        judged.decision_id,
        limits.lower_bound,
        limits.upper_bound
    from judged
    inner join raw.lots as lots on judged.lot_id = lots.lot_id
    left join raw.products as products on lots.product_id = products.product_id
    inner join in_celsius as limits on judged.gate_id = limits.gate_id
    where
        coalesce(limits.version_id, 1) <= judged.version_id
        and coalesce(limits.replaced_in > judged.version_id, true)
        and coalesce(limits.in_force_from <= judged.happened_at, true)
        and coalesce(limits.in_force_until > judged.happened_at, true)
        and coalesce(limits.lot_type = lots.lot_type, limits.lot_type is null)
        and coalesce(limits.product_id = lots.product_id, limits.product_id is null)
        and coalesce(limits.storage_class = products.storage_class, limits.storage_class is null)
    qualify row_number() over (
        partition by judged.decision_id, limits.characteristic
        order by
            limits.product_id is null,
            limits.storage_class is null,
            limits.lot_type is null,
            limits.in_force_from desc nulls last,
            limits.limit_id desc
    ) = 1
)

select
    judged.decision_id,
    judged.gate_number,
    judged.lot_types,
    judged.is_ccp,
    exists (
        select 1
        from in_celsius
        where
            in_celsius.gate_id = judged.gate_id
            and coalesce(in_celsius.version_id, 1) <= judged.version_id
            and coalesce(in_celsius.replaced_in > judged.version_id, true)
    ) as has_temperature,
    bounds.coldest_c,
    bounds.warmest_c
from judged
left join (
    select
        decision_id,
        max(lower_bound) as coldest_c,
        min(upper_bound) as warmest_c
    from bounded
    group by decision_id
) as bounds on judged.decision_id = bounds.decision_id
