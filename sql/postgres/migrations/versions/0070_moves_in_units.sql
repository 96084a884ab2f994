-- What was moved between places was kept in kilograms alone, and what nobody could weigh not at all. A move
-- keeps the unit it was said in; without kilograms and without an amount it is all that stood there.
alter table facts.moves
add column quantity numeric(18, 6),
add column unit text,
add constraint move_has_a_number_with_its_unit check (num_nulls(quantity, unit) in (0, 2)),
add constraint move_counts_more_than_0 check (quantity > 0);

grant insert (quantity, unit) on facts.moves to lotline_app;

create or replace view moves as
select moves.*
from facts.moves
where
    moves.recorded_at <= (select known_until())
    and not exists (
        select from facts.move_voids as voids
        where
            voids.move_id = moves.move_id
            and voids.recorded_at <= (select known_until())
    );
