-- What a plant calls its decisions beside PASS, HOLD and FAIL, and as which of the three each counts.
create table facts.decision_words (
    decision_word_id bigint generated always as identity primary key,
    version_id bigint not null references facts.process_versions,
    decision text not null,
    name_en text not null,
    name_hu text not null,
    counts_as text not null,
    is_retired boolean not null default false,
    recorded_at timestamptz not null default facts.time_of_recording(),
    row_xid xid8 not null default pg_current_xact_id(),
    constraint decision_word_is_said_once_a_version unique (decision, version_id),
    constraint decision_word_is_one_of_its_own check (decision not in ('PASS', 'HOLD', 'FAIL')),
    constraint decision_word_has_1_to_20_characters check (char_length(decision) between 1 and 20),
    constraint decision_word_counts_as_a_decision check (counts_as in ('PASS', 'HOLD', 'FAIL'))
);

-- Each word as the process in force says it; one that was retired is left out.
create view decision_words as
select stated.*
from (
    select distinct on (words.decision) words.*
    from facts.decision_words as words
    where words.version_id <= (select process_in_force())
    order by words.decision, words.version_id desc
) as stated
where not stated.is_retired;

create trigger take_turn before insert on facts.decision_words
for each statement execute function facts.take_turn();
create trigger refuse_the_past after insert on facts.decision_words
for each statement execute function facts.refuse_the_past();
create trigger note_inserts after insert on facts.decision_words referencing new table as added
for each statement execute function audit.note_writes('decision_word_id');
create trigger refuse_change before update or delete or truncate on facts.decision_words
for each statement execute function facts.refuse_change();

grant select on facts.decision_words, decision_words
to lotline_app, lotline_pipeline, lotline_auditor;
grant insert (version_id, decision, name_en, name_hu, counts_as, is_retired)
on facts.decision_words to lotline_app;
