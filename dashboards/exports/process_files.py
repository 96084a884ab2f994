"""A process as the CSV files of a folder, which `process apply` reads back."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from dashboards.commands.process.parts import KINDS, Process


def process_files(process: Process) -> dict[str, str]:
    """Write a process's files, by name; equal processes have equal files."""
    return {f"{name}.csv": _file(process, name) for name in KINDS}


def process_archive(process: Process) -> bytes:
    """Pack the same files into one archive (.zip)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in process_files(process).items():
            archive.writestr(name, text)
    return packed.getvalue()


def _file(process: Process, name: str) -> str:
    kind, text = KINDS[name], io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(kind.columns)
    for part in process.of(name).values():
        writer.writerow([cell_text(part[column]) for column in kind.columns])
    return text.getvalue()


def cell_text(value: Any) -> str:
    """Write a value as a cell, or a field, that reads back to it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple):
        return " ".join(value)
    return str(value)
