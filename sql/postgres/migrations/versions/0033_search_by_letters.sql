-- A search finds a code in whatever accents and punctuation somebody wrote it, and a name by its words.

-- What a search compares: the letters and digits of a code's skeleton, without accents. P-4471,
-- p 4471, P#4471 and (P)4471 have one key, TEJFÖL-12 and tejfol-12 another; 10 and 1O have two. What
-- has neither letter nor digit is compared as it is written. No extension: a plant's own server may
-- have none.
create or replace function search_key(written text) returns text
language sql immutable strict parallel safe
return case
    when written ~ '^[\x20-\x7e]*$'
        then coalesce(
            nullif(lower(translate(written, ' !"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', '')), ''),
            lot_code_skeleton(written)
        )
    else coalesce(
        nullif(
            regexp_replace(
                lot_code_skeleton(
                    translate(
                        replace(replace(replace(replace(replace(replace(
                            regexp_replace(
                                normalize(written, NFKD),
                                '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]',
                                '', 'g'
                            ),
                            'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'),
                        'łŁđĐðÐøØħĦŧŦ', 'lLdDdDoOhHtT'
                    )
                ),
                '[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\u00a1-\u00bf\u00d7\u00f7\u02b0-\u02ff\u2010-\u206f\u20a0-\u20cf\u2100-\u2bff\u2e00-\u2e7f\u3000-\u303f\U0001f000-\U0001faff]',
                '', 'g'
            ),
            ''
        ),
        lot_code_skeleton(written)
    )
end;

-- The words of a name, each by its key, with one space between; a word ends at any sign that is
-- neither letter nor digit. Dear beside a comparison of keys: asked of names alone.
create function search_words(written text) returns text
language sql immutable strict parallel safe cost 1000
return coalesce(
    (
        select string_agg(search_key(word), ' ' order by place)
        from
            regexp_split_to_table(
                written,
                '[\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\u00a0-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2000-\u200a\u2010-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f\U0001f000-\U0001faff]+'
            ) with ordinality as words (word, place)
        where word <> ''
    ),
    ''
);

-- Their keys are computed anew. Those of parts are missing where the server has no trigrams.
do $$
declare
    index_name text;
begin
    foreach index_name in array array[
        'lots_by_key', 'lots_by_supplier_lot_key', 'lots_by_part_of_code',
        'lots_by_part_of_supplier_lot', 'shipments_by_code_key', 'shipments_by_sscc_key',
        'shipments_by_document_key', 'shipments_by_part'
    ]
    loop
        if to_regclass('facts.' || index_name) is not null then
            execute format('reindex index facts.%I', index_name);
        end if;
    end loop;
end
$$;
