-- A process may ask that a PASS has a value for each limit of its gate. The reference process doesn't:
-- there a critical gate alone needs what it measures.
alter table facts.process_rules drop constraint process_rule_is_known;
alter table facts.process_rules add constraint process_rule_is_known check (
    rule in (
        'ONE_PRODUCT', 'ONE_SPECIES', 'SAME_DAY', 'LONGEST_WAIT',
        'PALLET_OF_ONE_PRODUCT', 'PALLET_OF_ONE_CUSTOMER', 'PASS_NEEDS_VALUES'
    )
);
