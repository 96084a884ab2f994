"""Decisions of an import in the plant's own words: what each counts as, the word in its notes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboards.commands.decision_words import counts_as, notes_with_word, words_for_decisions
from dashboards.commands.import_decisions import DECISIONS
from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from dashboards.commands.refusals import BadValue
from sql.record.transactions import Transaction
from sql.vocabulary import Decision


def with_decisions_meant(
    transaction: Transaction, files: Mapping[str, Rows], found: list[Rejection]
) -> Mapping[str, Rows]:
    """Return the files with each decision as the record keeps it; reject words nobody knows."""
    rows = files.get(DECISIONS)
    if rows is None or set(rows.columns["decision"]) <= {None, *Decision}:
        return files
    words = words_for_decisions(transaction)
    decisions: list[Any] = []
    notes: list[Any] = []
    said = zip(rows.lines, rows.columns["decision"], rows.columns["notes"], strict=True)
    for line, decision, note in said:
        kept, kept_note = decision, note
        if decision is not None:
            try:
                kept = counts_as(words, decision)
                kept_note = notes_with_word(decision, note)
            except BadValue as bad:
                column = bad.field or "decision"
                value = decision if column == "decision" else note
                found.append(rejected_cell(DECISIONS, line, column, value, str(bad)))
                kept = None
        decisions.append(kept)
        notes.append(kept_note)
    columns = {**rows.columns, "decision": decisions, "notes": notes}
    return {**files, DECISIONS: replace(rows, columns=columns)}
