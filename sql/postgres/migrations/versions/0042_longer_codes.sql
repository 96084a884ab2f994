-- Other plants' systems make codes of more than 100 characters: product, order, line and date in one.
alter table facts.lots drop constraint lot_code_has_1_to_100_characters;
alter table facts.lots add constraint lot_code_has_1_to_250_characters
check (char_length(lot_code) between 1 and 250);
