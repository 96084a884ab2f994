-- Identifiers that a spreadsheet or a misreading spoilt are known for it, whoever brought them in.

-- Whether a number's GS1 check digit is right: from the right, digits weigh 1 (the check digit
-- itself), 3, 1, 3 ...; the sum is a multiple of 10.
create function has_right_check_digit(digits text) returns boolean
language sql immutable strict parallel safe
return (
    select sum(cast(substr(digits, at, 1) as integer) * (1 + (length(digits) - at) % 2 * 2)) % 10 = 0
    from generate_series(1, length(digits)) as at
);

-- What is wrong with an identifier; null: nothing that shows. A code may have become a number in
-- scientific notation, a date, or an error of a spreadsheet; a GTIN, GLN or SSCC may have another
-- length, letters, or a wrong check digit.
create function identifier_damage(kind text, written text) returns text
language sql immutable strict parallel safe
return case
    when kind = 'code'
        then
            case
                when written ~ '^[0-9]([.,][0-9]+)?[Ee][+][0-9]{2,3}$|^[0-9][.,][0-9]+[Ee]-[0-9]{2,3}$'
                    then 'scientific'
                when written ~ '^#+$|^#[A-ZÁÉÍÓÖŐÚÜŰ/0]+[?!]?$' then 'error'
                when written
                    ~ '^[0-9]{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(-[0-9]{2}([0-9]{2})?)?$'
                    or written
                    ~ '^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-[0-9]{2}([0-9]{2})?$'
                    or written
                    ~ '^[0-9]{1,2}[.]?[ -]?(jan|febr|márc|ápr|máj|jún|júl|aug|szept|okt|nov|dec)[.]?$'
                    then 'date'
            end
    when regexp_replace(written, '^\(00\)|[ ]', '', 'g') !~ case kind
        when 'gtin' then '^([0-9]{8}|[0-9]{12,14})$'
        when 'gln' then '^[0-9]{13}$'
        else '^[0-9]{18}$'
    end then 'length'
    when not has_right_check_digit(regexp_replace(written, '^\(00\)|[ ]', '', 'g')) then 'check_digit'
end;

-- The few of them are found at once among a million lots.
create index lots_with_damaged_code on facts.lots (lot_id)
where
identifier_damage('code', lot_code) is not null
or identifier_damage('code', supplier_lot_code) is not null;
create index shipments_with_damaged_code on facts.shipments (lot_id)
where
identifier_damage('code', shipment_code) is not null
or identifier_damage('code', document) is not null
or identifier_damage('sscc', sscc) is not null;
