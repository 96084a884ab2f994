-- 0 kg is no movement, whoever writes it. Where an old record has such rows they stay, and the rule
-- holds from now on; elsewhere it holds for all.
alter table facts.lot_genealogy
drop constraint link_quantity_is_not_negative,
add constraint link_moves_more_than_0_kg check (quantity_kg > 0) not valid;
alter table facts.shipments
drop constraint shipped_quantity_is_not_negative,
add constraint shipment_moves_more_than_0_kg check (quantity_kg > 0) not valid;

do $$
begin
    if not exists (select from facts.lot_genealogy where quantity_kg <= 0) then
        alter table facts.lot_genealogy validate constraint link_moves_more_than_0_kg;
    end if;
    if not exists (select from facts.shipments where quantity_kg <= 0) then
        alter table facts.shipments validate constraint shipment_moves_more_than_0_kg;
    end if;
end
$$;
