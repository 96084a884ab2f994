-- A result may carry a sign (<10) or be a word (not detected), and a limit may ask for a word.

alter table facts.readings alter column value drop not null;
alter table facts.readings add column sign text;
alter table facts.readings add column word text;
alter table facts.readings
add constraint reading_is_a_number_or_a_word check (num_nonnulls(value, word) = 1),
add constraint reading_sign_is_known
check (sign is null or value is not null and sign in ('<', '≤', '>', '≥')),
add constraint reading_word_is_known check (word in ('detected', 'not detected', 'ok', 'not ok'));

alter table gate_limits add column word text;
alter table gate_limits
add constraint limit_is_bounds_or_a_word
check (word is null or num_nonnulls(lower_bound, upper_bound) = 0),
add constraint limit_word_is_known check (word in ('detected', 'not detected', 'ok', 'not ok'));

create or replace view readings as
select readings.*
from facts.readings
where
    readings.recorded_at <= (select known_until())
    and not exists (
        select from facts.reading_voids as voids
        where voids.reading_id = readings.reading_id and voids.recorded_at <= (select known_until())
    );

-- A result as people write it: a word, or a number behind its sign.
create function result_words(sign text, value numeric, word text) returns text
language sql immutable parallel safe
return coalesce(word, coalesce(sign, '') || trim_scale(value));

-- Whether a result keeps its limit; null: there is none, or it can't be said. A sign stands for all
-- numbers on that side: <10 keeps an upper bound of 10 or more, breaks a lower bound of 10, and says
-- nothing about an upper bound of 5.
create function result_within(
    sign text, value numeric, word text, lower_bound numeric, upper_bound numeric, wanted text
) returns boolean
language sql immutable parallel safe
return case
    when num_nonnulls(word, wanted) > 0 then word = wanted
    when num_nonnulls(lower_bound, upper_bound) = 0 then null
    when sign is null
        then value >= coalesce(lower_bound, '-infinity') and value <= coalesce(upper_bound, 'infinity')
    when sign in ('<', '≤')
        then
            case
                when value < lower_bound or value = lower_bound and sign = '<' then false
                when lower_bound is null and value <= upper_bound then true
            end
    else
        case
            when value > upper_bound or value = upper_bound and sign = '>' then false
            when upper_bound is null and value >= lower_bound then true
        end
end;

grant insert (sign, word) on facts.readings to lotline_app;
