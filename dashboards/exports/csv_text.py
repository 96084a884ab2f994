"""Rows as CSV text of which no spreadsheet takes anything for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sql.amounts import without_spare_zeros

# Where a cell may begin: a spreadsheet set to another separator (in Hungary the semicolon) cuts a
# text at that, quoted or not. What it skips comes next, then a sign that starts a formula.
# A phone number is none: six digits or more and nothing that could call or read anything.
_PHONE = r"\+\d(?:[ ()/.\-]{0,3}\d){5,14}(?:$|[;,\t\r\n])"
_FORMULA = re.compile(rf'(^|[;,\t\r\n])(?!{_PHONE})(?=[\s\x00-\x20\u200b\ufeff"]*[=+\-@＝＋－＠])')
_PROTECTED = re.compile(r"(^|[;,\t\r\n])'")
_SKIPPED_STARTS = ("\t", "\r")


def csv_text(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Write rows as CSV with a heading; times are ISO 8601."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(name) for name in columns])
    for row in rows:
        writer.writerow([harmless(row.get(name)) for name in columns])
    return text.getvalue()


def harmless(value: Any) -> Any:
    """Put an apostrophe before whatever in a text may become a formula; numbers stay numbers."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return without_spare_zeros(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    text = _FORMULA.sub(r"\1'", str(value))
    return f"'{text}" if text.startswith(_SKIPPED_STARTS) else text


def as_written(cell: str) -> str:
    """Take away the apostrophes that `harmless` put in; any other stays."""
    if "'" not in cell:
        return cell
    bare = _PROTECTED.sub(r"\1", cell)
    return bare if harmless(bare) == cell else cell
