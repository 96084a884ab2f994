alter table facts.decision_signatures
drop constraint signature_meaning_is_known,
add constraint signature_meaning_is_known
check (meaning in ('RELEASE', 'PASS', 'LIFT', 'REJECT', 'HOLD', 'WITHDRAW', 'ASSESS'));
