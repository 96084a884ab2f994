-- A lot that was registered again under another code: who meets the old one is told of the new one.
-- What imports renamed before says so in the reason of its void alone.
alter table facts.lot_voids add column renamed_id bigint references facts.lots;
alter table facts.lot_voids add constraint lot_is_not_renamed_to_itself check (renamed_id <> lot_id);
create index lots_renamed_from on facts.lot_voids (lot_id) where renamed_id is not null;
create index lots_renamed_to on facts.lot_voids (renamed_id) where renamed_id is not null;

-- A rename is signed, and so is each thing that was signed under the old code.
alter table facts.decision_signatures add column lot_void_id bigint references facts.lot_voids;
alter table facts.decision_signatures add constraint lot_void_is_signed_once unique (lot_void_id);
alter table facts.decision_signatures drop constraint signature_is_under_one_thing;
alter table facts.decision_signatures add constraint signature_is_under_one_thing
check (
    num_nonnulls(decision_id, withdrawal_id, assessment_id, movement_id, link_id, lot_void_id) = 1
);
alter table facts.decision_signatures drop constraint signature_meaning_is_known;
alter table facts.decision_signatures add constraint signature_meaning_is_known
check (
    meaning in (
        'RELEASE', 'PASS', 'LIFT', 'REJECT', 'HOLD', 'WITHDRAW', 'ASSESS', 'DESTROY', 'REWORK',
        'RENAME'
    )
);

-- What these lots were registered as since, over every rename of them; as known.
create function lots_renamed(of_lot_ids bigint [])
returns table (was_lot_id bigint, lot_id bigint)
language sql stable parallel safe
begin atomic
    with recursive went (was_lot_id, lot_id) as (
        select voids.lot_id, voids.renamed_id
        from facts.lot_voids as voids
        where
            voids.lot_id = any(of_lot_ids)
            and voids.renamed_id is not null
            and voids.recorded_at <= (select known_until())
        union all
        select went.was_lot_id, voids.renamed_id
        from went
        inner join facts.lot_voids as voids on went.lot_id = voids.lot_id
        where voids.renamed_id is not null and voids.recorded_at <= (select known_until())
    )

    select went.was_lot_id, went.lot_id from went;
end;

grant insert (renamed_id) on facts.lot_voids to lotline_app;
grant insert (lot_void_id) on facts.decision_signatures to lotline_app;
