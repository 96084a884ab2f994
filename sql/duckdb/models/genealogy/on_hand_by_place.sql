-- How many kilograms are on hand at each place, and at no known one.
--
-- kind: view
-- grain: place_id
-- columns:
--   place_id             the place; null: nobody said where
--   place_code           its code
--   place                its code, name and site, as people read it
--   lots_count           lots of which something is or may be there
--   on_hand_kg           their kilograms there; null: not all of them are known exactly
--   on_hand_at_most_kg   then, no more than this; null: nobody knows
--   on_hand_at_least_kg  then, no less than this; null: nothing is sure to be there
--   unknown_count        of how many of these lots nobody knows exactly what is there
--
-- A lot that may stand in several places counts in each, so the lots and what is at most there are not
-- to be added up over places.

select
    place_id,
    any_value(place_code) as place_code,
    any_value(place) as place,
    count(*) as lots_count,
    case when count(*) = count(on_hand_kg) then sum(on_hand_kg) end as on_hand_kg,
    case
        when count(*) > count(on_hand_kg) and count(*) = count(coalesce(on_hand_kg, on_hand_at_most_kg))
            then sum(coalesce(on_hand_kg, on_hand_at_most_kg))
    end as on_hand_at_most_kg,
    case
        when count(*) > count(on_hand_kg)
            then nullif(sum(coalesce(on_hand_kg, on_hand_at_least_kg, 0)), 0)
    end as on_hand_at_least_kg,
    count(*) - count(on_hand_kg) as unknown_count
from genealogy.standing
group by place_id
