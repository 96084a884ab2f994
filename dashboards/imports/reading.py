"""How the files of an import are to be read: as the site has it, and as whoever imports says."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.commands.refusals import BadValue
from sql.settings import Settings


class Unreadable(Exception):
    """A file can't be read at all; the text goes on from the file's name."""


@dataclass(frozen=True)
class Reading:
    """How files are to be read, as the site has it and whoever imports says.

    Attributes:
        zone: In which times without an offset are.
        site_code_page: Of files that say nothing of theirs.
        code_page: Said by whoever imports; None: found out.
        separator: The same.
        decimal: The sign before decimals, `.` or `,`; None: found out, column by column.
        sheets: The sheets to read, hidden ones too; None: all that are visible.
        expanded_bytes: How large a workbook may become when it is unpacked.
        most_rows: How many rows a sheet may have.
    """

    zone: ZoneInfo
    site_code_page: str = "cp1250"
    code_page: str | None = None
    separator: str | None = None
    decimal: str | None = None
    sheets: frozenset[str] | None = None
    expanded_bytes: int = 1 << 30
    most_rows: int = 500_000


def known_code_page(name: str | None) -> str | None:
    """Return a code page's name; None for none.

    Raises:
        BadValue: Nobody knows it.
    """
    try:
        "".encode(name or "utf-8")
    except (LookupError, UnicodeError) as unknown:
        raise BadValue(
            f"{name} is no code page. Write one such as cp1250.", field="code_page"
        ) from unknown
    return name


def reading_of(config: Settings, **said: Any) -> Reading:
    """Tell how the site reads files, and what whoever imports says about these."""
    return Reading(
        config.zone,
        site_code_page=config.code_page,
        expanded_bytes=config.import_unpacked_mb << 20,
        most_rows=config.import_rows,
        **said,
    )


def refuse_too_many(rows: int, most: int) -> None:
    """Refuse a sheet of more rows than an import takes."""
    if rows > most:
        raise Unreadable(
            f"has {rows:,} rows; an import takes {most:,} a sheet. Send it in parts, or raise "
            "LOTLINE_IMPORT_ROWS."
        )
