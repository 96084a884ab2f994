-- name: lot_types_known
-- The types that a new lot may have, in the order in which the plant makes them.
select
    lot_type,
    name_en,
    name_hu,
    position,
    origin,
    yield_tolerance_ratio,
    colour
from lot_types
where not is_retired
order by position, lot_type;

-- name: lot_types_ever
-- Every type there is, and those of which there are lots: history names retired ones too.
select lot_type
from lot_types
where
    not is_retired
    or exists (select from facts.lots where lots.lot_type = lot_types.lot_type)
    or exists (
        select from facts.lot_corrections where lot_corrections.lot_type = lot_types.lot_type
    )
order by is_retired, position, lot_type;

-- name: bounds_of_type
-- Whether lots of a type may be registered, and what such a lot plausibly weighs and measures: what
-- the type says, else the plant. No type: what the plant says.
select
    cast(:lot_type as text) is null or types.lot_type is not null as is_known,
    array(
        select known.lot_type from lot_types as known
        where not known.is_retired
        order by known.position, known.lot_type
    ) as lot_types,
    coalesce(types.lightest_kg, plant.lightest_kg) as lightest_kg,
    coalesce(types.heaviest_kg, plant.heaviest_kg) as heaviest_kg,
    coalesce(types.coldest_c, plant.coldest_c) as coldest_c,
    coalesce(types.warmest_c, plant.warmest_c) as warmest_c
from plant_bounds as plant
left join lot_types as types on types.lot_type = :lot_type and not types.is_retired;

-- name: process_name
select name from process_versions order by version_id desc limit 1;

-- name: process_lot_types
select
    lot_type,
    name_en,
    name_hu,
    position,
    origin,
    trim_scale(lightest_kg) as lightest_kg,
    trim_scale(heaviest_kg) as heaviest_kg,
    trim_scale(coldest_c) as coldest_c,
    trim_scale(warmest_c) as warmest_c,
    trim_scale(yield_tolerance_ratio) as yield_tolerance_ratio,
    colour
from lot_types
where not is_retired
order by position, lot_type;

-- name: process_phases
select
    phase_id as phase_number,
    name_en,
    name_hu,
    stream
from phases
where not is_retired
order by phase_id;

-- name: process_gates
select
    trim_scale(gate_number) as gate_number,
    name_en,
    name_hu,
    lot_types,
    gate_type,
    is_ccp,
    phase_id as phase_number
from qc_gates
where not is_retired
order by qc_gates.gate_number;

-- name: process_checklists
select
    trim_scale(gates.gate_number) as gate_number,
    points.place as point,
    points.said ->> 'en' as text_en,
    points.said ->> 'hu' as text_hu
from qc_gates as gates
cross join lateral jsonb_array_elements(gates.checklist) with ordinality as points (said, place)
where not gates.is_retired
order by gates.gate_number, points.place;

-- name: process_limits
-- Limits as they stand, ended ones too; a limit that a later version restated is shown as that says.
select
    trim_scale(gates.gate_number) as gate_number,
    limits.characteristic,
    limits.unit,
    limits.lot_type,
    products.product_code,
    limits.storage_class,
    limits.in_force_from,
    trim_scale(limits.lower_bound) as lower_bound,
    trim_scale(limits.upper_bound) as upper_bound,
    limits.word,
    limits.in_force_until
from gate_limits as limits
inner join qc_gates as gates on limits.gate_id = gates.gate_id
left join products on limits.product_id = products.product_id
where limits.replaced_in is null and not limits.is_retired and not gates.is_retired
order by
    gates.gate_number, limits.characteristic, limits.unit, limits.lot_type nulls first,
    products.product_code nulls first, limits.storage_class nulls first,
    limits.in_force_from nulls first;

-- name: process_rules
-- The rules that hold now.
select
    rule,
    lot_type,
    input_lot_type,
    trim_scale(hours) as hours
from process_rules
where in_force_until is null and not is_retired
order by rule, lot_type nulls first, input_lot_type nulls first;

-- name: process_settings
select
    setting,
    trim_scale(value) as value
from process_settings
where value is not null
order by setting;

-- name: process_decisions
select
    decision,
    name_en,
    name_hu,
    counts_as
from decision_words
order by decision;

-- name: process_ids
-- What parts of a process name, by the ids that the record keeps: of every part there ever was.
select 'lot_types' as kind, lot_type as name, lot_type_id as id from lot_types
union all
select 'phases', cast(phase_id as text), phase_id from phases
union all
select 'gates', cast(trim_scale(gate_number) as text), gate_id from qc_gates
union all
select 'products', product_code, product_id from products
where product_code = any(cast(:product_codes as text []));

-- name: is_as_begun
-- Whether the process is the one that the record began with, and no lot was registered yet.
select
    (select count(*) from facts.process_versions) = 1
    and not exists (select from facts.lots) as is_as_begun;

-- name: types_with_lots
-- How many lots that stand have each of these types.
select
    lot_type,
    count(*) as lots_count
from lots
where lot_type = any(cast(:lot_types as text []))
group by lot_type
order by lot_type;

-- name: stops_at_gates_by_type
-- At which gates a HOLD or FAIL stands, about how many lots of which type, and one of them.
select
    trim_scale(qc_gates.gate_number) as gate_number,
    lots.lot_type,
    count(*) as lots_count,
    min(lots.lot_code) as lot_code
from standing_stops
inner join qc_gates on standing_stops.gate_id = qc_gates.gate_id
inner join lots on standing_stops.lot_id = lots.lot_id
group by qc_gates.gate_number, lots.lot_type
order by qc_gates.gate_number, lots.lot_type;

-- name: process_history
-- Every version, the newest first.
select
    versions.version_id,
    versions.name,
    versions.recorded_at,
    coalesce(users.full_name, 'the terminal') as applied_by,
    versions.reason,
    versions.holds_from
from process_versions as versions
left join users on versions.operator_id = users.user_id
order by versions.version_id desc;

-- name: write_process_version
-- In a plant without lots a version holds since ever, else for lots made from now on.
insert into facts.process_versions (name, reason, holds_from, operator_id)
select
    :name,
    :reason,
    case when exists (select from facts.lots) then now() end,
    cast(:operator_id as bigint)
returning version_id, holds_from;

-- name: write_lot_type
insert into facts.lot_types (
    lot_type, version_id, name_en, name_hu, position, origin, lightest_kg, heaviest_kg, coldest_c,
    warmest_c, yield_tolerance_ratio, colour
) values (
    :lot_type, :version_id, :name_en, :name_hu, :position, :origin, :lightest_kg, :heaviest_kg,
    :coldest_c, :warmest_c, :yield_tolerance_ratio, :colour
)
returning lot_type_id;

-- name: write_lot_type_revision
insert into facts.lot_type_revisions (
    lot_type_id, version_id, name_en, name_hu, position, origin, lightest_kg, heaviest_kg,
    coldest_c, warmest_c, yield_tolerance_ratio, colour, is_retired
) values (
    :lot_type_id, :version_id, :name_en, :name_hu, :position, :origin, :lightest_kg, :heaviest_kg,
    :coldest_c, :warmest_c, :yield_tolerance_ratio, :colour, :is_retired
);

-- name: write_phase
insert into facts.phases (phase_id, version_id, stream, name_en, name_hu)
values (:phase_number, :version_id, :stream, :name_en, :name_hu)
returning phase_id;

-- name: write_phase_revision
insert into facts.phase_revisions (phase_id, version_id, stream, name_en, name_hu, is_retired)
values (:phase_id, :version_id, :stream, :name_en, :name_hu, :is_retired);

-- name: write_gate
insert into facts.qc_gates (
    gate_number, version_id, phase_id, lot_types, name_en, name_hu, gate_type, is_ccp, checklist
) values (
    :gate_number, :version_id, :phase_id, cast(:lot_types as text []), :name_en, :name_hu,
    :gate_type, :is_ccp, cast(:checklist as jsonb)
)
returning gate_id;

-- name: write_gate_revision
insert into facts.gate_revisions (
    gate_id, version_id, phase_id, lot_types, name_en, name_hu, gate_type, is_ccp, checklist,
    is_retired
) values (
    :gate_id, :version_id, :phase_id, cast(:lot_types as text []), :name_en, :name_hu, :gate_type,
    :is_ccp, cast(:checklist as jsonb), :is_retired
);

-- name: write_limit
insert into facts.gate_limits (
    gate_id, characteristic, unit, lower_bound, upper_bound, word, version_id, lot_type, product_id,
    storage_class, in_force_from, in_force_until, is_retired
) values (
    :gate_id, :characteristic, :unit, :lower_bound, :upper_bound, :word, :version_id, :lot_type,
    :product_id, :storage_class, :in_force_from, :in_force_until, :is_retired
);

-- name: write_process_rule
insert into facts.process_rules (version_id, rule, lot_type, input_lot_type, hours, is_retired)
values (:version_id, :rule, :lot_type, :input_lot_type, :hours, :is_retired);

-- name: write_decision_word
insert into facts.decision_words (version_id, decision, name_en, name_hu, counts_as, is_retired)
values (:version_id, :decision, :name_en, :name_hu, :counts_as, :is_retired);

-- name: write_process_setting
insert into facts.process_settings (version_id, setting, value)
values (:version_id, :setting, :value);
