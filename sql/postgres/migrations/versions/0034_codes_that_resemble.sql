-- Where a code's separators part its signs: AT-RAW1 after two of them. Spaces are separators here.
create function code_borders(code text) returns bigint []
language sql immutable strict parallel safe
return array(
    select sum(length(part)) over (order by place)
    from regexp_split_to_table(
        trim(both '-' from translate(lot_code_skeleton(replace(code, ' ', '-')), '_./', '---')), '-+'
    ) with ordinality as parts (part, place)
);

-- Whether one code would be taken for the other: they look the same, or a space stands in one for a
-- separator of the other. AT-RAW1 and AT RAW1 are one. P1-11 and P11 1 part their signs otherwise, and
-- A-B and A_B are printed so: these are two.
create function codes_resemble(one text, other text) returns boolean
language sql immutable strict parallel safe
return lot_code_skeleton(one) = lot_code_skeleton(other)
or (
    concat(one, other) like '% %'
    and search_key(one) = search_key(other)
    and (code_borders(one) <@ code_borders(other) or code_borders(other) <@ code_borders(one))
);
