"""What a plant calls its decisions beside PASS, HOLD and FAIL, and as which of them each counts.

The record keeps what a word counts as; the word itself stands first in the decision's notes.
"""

from collections.abc import Mapping

from dashboards.commands import values
from dashboards.commands.refusals import BadValue
from sql.record.transactions import Transaction
from sql.vocabulary import Decision


def words_for_decisions(transaction: Transaction) -> dict[str, Decision]:
    """Return the words of the process in force, each with what it counts as."""
    rows = transaction.all("process_decisions")
    return {row["decision"]: Decision(row["counts_as"]) for row in rows}


def counts_as(words: Mapping[str, Decision], decision: str) -> Decision:
    """Return what a decision counts as; refuse what is neither one of the three nor of `words`."""
    if decision in set(Decision):
        return Decision(decision)
    if decision not in words:
        own = f", or one of this plant's words: {' '.join(words)}" if words else ""
        raise BadValue(
            f"decision must be PASS, HOLD or FAIL{own}, not {decision[:40]!r}. The plant's own "
            "words are made on the screen Plant.",
            field="decision",
            code="VALIDATION",  # as the HTTP contract has it of a word that isn't one of the three
        )
    return words[decision]


def notes_with_word(decision: str, notes: str | None) -> str | None:
    """Put a word of the plant's own in front of the notes; one of the three says itself.

    Raises:
        BadValue: They are too long together.
    """
    if decision in set(Decision):
        return notes
    said = f"{decision}: {notes}" if notes else decision
    return values.free_text(said, "notes")
