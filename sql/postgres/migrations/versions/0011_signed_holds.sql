-- Holding at once what is here of a trace is signed: a meaning of its own.
alter table facts.decision_signatures drop constraint signature_meaning_is_known;
alter table facts.decision_signatures add constraint signature_meaning_is_known
check (meaning in ('RELEASE', 'LIFT', 'REJECT', 'HOLD', 'WITHDRAW'));
