"""What the ground floor raises.

LotlineError
├── SettingsIncomplete     a setting is missing or can't be used
├── RecordUnavailable      the record can't be used just now, by us or at all
│   └── RecordUncertain    the connection broke in a commit: saved or not, nobody here knows
├── RecordUnsuitable       PostgreSQL is too old, or holds no or another record
├── EmbeddedFailed         the embedded PostgreSQL did not start
├── NotPrivate             a folder of ours is a link, of somebody else, or open to others
├── MomentAhead            the record was asked what will be known at a moment to come
├── RuleBroken             a named constraint of the record said no
├── TextNotKept            a text holds what no text of the record can hold
├── WarehouseBusy          another pipeline run is under way
├── NotSound               the working file lacks a step, or a check that blocks failed
├── NoEdition              nothing has been published yet
├── EditionOutdated        the edition was made by an earlier version, and lacks what is asked
├── ModelUnreadable        a model or rule file's head and select don't agree
└── BadQuestion            a person's own select can't be answered

The first six and those about editions are told to a person in one line; each says the way out.
"""

from collections.abc import Sequence
from datetime import datetime

MOST_NAMED = 5


class LotlineError(Exception):
    """Anything the ground floor raises on purpose; its text is fit to be shown."""


class SettingsIncomplete(LotlineError):
    """A setting is missing or can't be used."""


class RecordUnavailable(LotlineError):
    """The record can't be used just now; the text says why, and that nothing was saved."""

    def __init__(self, text: str, words: str | None = None) -> None:
        """Keep what is told to everybody.

        Args:
            text: For who runs the server; may name its address, never a password.
            words: For who asks from outside; None: the same.
        """
        super().__init__(text)
        self.words = words or text


class RecordUncertain(RecordUnavailable):
    """The connection broke in a commit: it may or may not have been saved."""


class RecordUnsuitable(LotlineError):
    """PostgreSQL answers, but can't hold this record."""


class EmbeddedFailed(LotlineError):
    """The embedded PostgreSQL did not start."""


class NotPrivate(LotlineError):
    """A folder that only our account may enter is a link, of somebody else, or open to others."""


class MomentAhead(LotlineError):
    """The record was asked as of a moment to come; it knows what was written until now."""

    def __init__(self, moment: datetime) -> None:
        """Name the moment."""
        super().__init__(
            f"{moment.isoformat()} lies ahead. The record knows what was written until now: ask "
            "about an earlier moment, or leave it out."
        )


class RuleBroken(LotlineError):
    """A named constraint of the record said no; commands turn the name into a refusal."""

    def __init__(self, constraint: str, detail: str) -> None:
        """Keep the constraint's name, which is the contract, and the server's detail."""
        super().__init__(f"{constraint}: {detail}")
        self.constraint = constraint
        self.detail = detail


class TextNotKept(LotlineError):
    """A text that was typed or sent can be neither kept nor looked for."""

    def __init__(self) -> None:
        """Say what is wrong with it, and the way out; the sign itself can't be shown."""
        super().__init__(
            "What was typed holds a sign that no code or text can hold (such as U+0000). Type it "
            "as printed on the label."
        )


class WarehouseBusy(LotlineError):
    """Another pipeline run is under way; one run at a time."""


class NotSound(LotlineError):
    """The working file isn't proven sound, so nothing is published from it."""

    def __init__(self, gaps: Sequence[str]) -> None:
        """Name what is missing or failed, the first few of it; `gaps` keeps all."""
        more = f" And {len(gaps) - MOST_NAMED} more." if len(gaps) > MOST_NAMED else ""
        super().__init__(
            f"Nothing is published: {'; '.join(gaps[:MOST_NAMED])}.{more} "
            "Run the whole job: Run now on the Data quality screen, or lotline refresh."
        )
        self.gaps = tuple(gaps)


class NoEdition(LotlineError):
    """Nothing has been published yet."""


class EditionOutdated(LotlineError):
    """The edition was made by an earlier version, and lacks what is asked of it."""


class ModelUnreadable(LotlineError):
    """A model or rule file's head and select don't agree."""


class BadQuestion(LotlineError):
    """A person's own select can't be answered; the text says why."""
