"""What a verification of the trail reports: each break it met, and how far it looked."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Break:
    """One place where the trail or a fact isn't what it was.

    Attributes:
        entry_id: The entry of the trail; None where a fact disagrees that has no entry.
        table_name: Of which table, where known.
        row_id: Which row of it, where known.
        text: What is wrong, for a person.
    """

    entry_id: int | None
    table_name: str | None
    row_id: int | None
    text: str


@dataclass
class Verification:
    """What a verification found.

    Attributes:
        length: Entries in the trail.
        head: Hash of the newest, hex; None for an empty trail.
        anchors_checked: How many anchors the trail was held against.
        anchors_skipped: How many speak of other databases.
        breaks: Everything wrong, the chain's first; empty: the record is as it was written.
    """

    length: int = 0
    head: str | None = None
    anchors_checked: int = 0
    anchors_skipped: int = 0
    breaks: list[Break] = field(default_factory=list)
