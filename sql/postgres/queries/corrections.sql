-- name: link_to_void
select
    links.link_id,
    parents.lot_code as parent_lot_code,
    children.lot_code as child_lot_code,
    voids.recorded_at as voided_at,
    users.full_name as voided_by
from facts.lot_genealogy as links
inner join facts.lots as parents on links.parent_lot_id = parents.lot_id
inner join facts.lots as children on links.child_lot_id = children.lot_id
left join facts.link_voids as voids on links.link_id = voids.link_id
left join users on voids.operator_id = users.user_id
where links.link_id = :link_id;

-- name: write_link_void
insert into facts.link_voids (link_id, reason, operator_id)
values (:link_id, :reason, :operator_id)
returning void_id;

-- name: write_lot_correction
insert into facts.lot_corrections (
    lot_id, product_id, weight_kg, temperature_c, expires_on, happened_at, reason, operator_id
) values (
    :lot_id, :product_id, :weight_kg, :temperature_c, :expires_on, :happened_at, :reason,
    :operator_id
)
returning correction_id;

-- name: decision_to_withdraw
select
    decisions.decision_id,
    decisions.decision,
    lots.lot_code,
    withdrawals.recorded_at as withdrawn_at,
    users.full_name as withdrawn_by
from facts.qc_decisions as decisions
inner join facts.lots on decisions.lot_id = lots.lot_id
left join facts.decision_withdrawals as withdrawals
    on decisions.decision_id = withdrawals.decision_id
left join users on withdrawals.operator_id = users.user_id
where decisions.decision_id = :decision_id;

-- name: write_withdrawal
insert into facts.decision_withdrawals (decision_id, reason, operator_id)
values (:decision_id, :reason, :operator_id)
returning withdrawal_id;

-- name: corrections_of_lot
-- Every reading of a lot's correctable values, the first as registered, oldest first; as known
-- at the moment asked for.
select
    versions.recorded_at,
    users.full_name as written_by,
    versions.reason,
    products.product_code,
    versions.weight_kg,
    versions.temperature_c,
    versions.expires_on,
    versions.happened_at
from (
    select
        0 as version, recorded_at, operator_id, null as reason, product_id, weight_kg, temperature_c,
        expires_on, happened_at
    from facts.lots
    where lot_id = :lot_id
    union all
    select
        correction_id, recorded_at, operator_id, reason, product_id, weight_kg, temperature_c,
        expires_on, happened_at
    from facts.lot_corrections
    where lot_id = :lot_id and recorded_at <= known_until()
) as versions
left join products on versions.product_id = products.product_id
left join users on versions.operator_id = users.user_id
order by versions.version;

-- name: voided_links_of_lot
-- The links of a lot that were voided, with why, by whom and when.
select
    parents.lot_code as parent_lot_code,
    children.lot_code as child_lot_code,
    links.quantity_kg,
    links.happened_at,
    voids.reason,
    users.full_name as voided_by,
    voids.recorded_at as voided_at
from facts.lot_genealogy as links
inner join facts.link_voids as voids on links.link_id = voids.link_id
inner join facts.lots as parents on links.parent_lot_id = parents.lot_id
inner join facts.lots as children on links.child_lot_id = children.lot_id
left join users on voids.operator_id = users.user_id
where
    (links.parent_lot_id = :lot_id or links.child_lot_id = :lot_id)
    and voids.recorded_at <= known_until()
order by voids.void_id desc;
