-- Why a stopped lot went into another, which starts on HOLD.
alter table facts.lot_genealogy
add column rework_reason text,
add constraint rework_reason_is_said check (char_length(btrim(rework_reason)) >= 10);

create or replace view lot_genealogy as
select links.*
from facts.lot_genealogy as links
where
    links.recorded_at <= (select known_until())
    and not exists (
        select from facts.link_voids as voids
        where voids.link_id = links.link_id and voids.recorded_at <= (select known_until())
    );

alter table facts.decision_signatures
add column link_id bigint references facts.lot_genealogy,
drop constraint signature_is_under_one_thing,
drop constraint signature_meaning_is_known,
add constraint link_is_signed_once unique (link_id),
add constraint signature_is_under_one_thing
check (num_nonnulls(decision_id, withdrawal_id, assessment_id, movement_id, link_id) = 1),
add constraint signature_meaning_is_known
check (
    meaning in (
        'RELEASE', 'PASS', 'LIFT', 'REJECT', 'HOLD', 'WITHDRAW', 'ASSESS', 'DESTROY', 'REWORK'
    )
);

grant insert (rework_reason) on facts.lot_genealogy to lotline_app;
grant insert (link_id) on facts.decision_signatures to lotline_app;

-- An unknown amount is measured by nobody, of movements as of links and shipments.
drop trigger guard_kilograms on facts.movements;
create trigger guard_kilograms after insert on facts.movements
referencing new table as added
for each statement execute function facts.guard_kilograms(
    'lot_id', 'kind not in (''RETURNED'', ''DOWNGRADED'') and quantity_kg is not null', 'happened_at',
    'recorded_at'
);
