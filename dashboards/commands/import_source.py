"""Where the rows of an import come from: their files' names, and each row as it was sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def _nothing(_stem: str, _line: int) -> str | None:
    return None


@dataclass(frozen=True)
class Source:
    """The files of an import as whoever sent them knows them.

    Attributes:
        files: What each table's file is called.
        said: Returns what a row says, as it was sent, by table and line; None: there is none.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    said: Callable[[str, int], str | None] = _nothing

    def file(self, stem: str) -> str:
        """Name a table's file."""
        return self.files.get(stem, f"{stem}.csv")

    def row(self, stem: str, line: int) -> str:
        """Name a row."""
        return f"{self.file(stem)} line {line}"

    def gone(self, stem: str) -> str:
        """Say that something vanished, as the reason of a void."""
        return f"no longer in {self.file(stem)}"


NOBODYS = Source()
