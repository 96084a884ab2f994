"""A process as CSV files: read cell by cell, every wrong one named with its line.

One file a kind of part (`dashboards.commands.process.parts`); a file that is absent has no parts.
The templates that come with Lotline are folders of such files.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path, PurePath

from dashboards.commands.import_files import HEADER_LINE, ImportRejected, Rejection
from dashboards.commands.process.cells import read_part
from dashboards.commands.process.parts import KINDS, Key, Kind, Part, Process
from dashboards.imports.code_pages import text_of
from sql.errors import LotlineError

TEMPLATES = Path(__file__).parent.parent / "templates"
SITE_CODE_PAGE = "cp1250"


class NoSuchProcess(LotlineError):
    """Neither a template nor a folder goes by the name."""


def template_names() -> list[str]:
    """Name the processes that come with Lotline."""
    return sorted(folder.name for folder in TEMPLATES.iterdir() if folder.is_dir())


def find_process(name: str) -> Path:
    """Return the folder of a template, or the folder itself.

    Raises:
        NoSuchProcess: It is neither.
    """
    template = TEMPLATES / name
    if name in template_names():
        return template
    if Path(name).is_dir():
        return Path(name)
    raise NoSuchProcess(
        f"There is no process {name!r}. Name one of {', '.join(template_names())}, or a folder."
    )


def read_process(folder: Path) -> Process:
    """Read a folder's process, called after the folder.

    Raises:
        ImportRejected: As `process_of_files` has it.
    """
    files = [(file.name, file.read_bytes()) for file in folder.iterdir() if file.is_file()]
    return process_of_files(folder.resolve().name, files)


def process_of_files(name: str, files: Sequence[tuple[str, bytes]]) -> Process:
    """Read a process from its files; those that are no CSV are left aside.

    Args:
        name: What the process is called.
        files: Each with its name.

    Raises:
        ImportRejected: A file is unknown or unreadable, or a cell can't be taken; all are named.
    """
    rejections: list[Rejection] = []
    parts: dict[str, dict[Key, Part]] = {kind: {} for kind in KINDS}
    places: dict[tuple[str, Key], tuple[str, int]] = {}
    tables = sorted(file for file in files if PurePath(file[0]).suffix.lower() == ".csv")
    if not tables:
        rejections.append(Rejection(name, HEADER_LINE, "", None, "holds no CSV file."))
    for file, raw in tables:
        kind = KINDS.get(PurePath(file).stem)
        if kind is None:
            reason = f"is none of {', '.join(f'{stem}.csv' for stem in KINDS)}."
            rejections.append(Rejection(file, HEADER_LINE, "", None, reason))
            continue
        for line, part in _rows(file, raw, kind, rejections):
            key = kind.key_of(part)
            if key in parts[kind.name]:
                _file, first = places[kind.name, key]
                reason = f"says the same {kind.thing} as line {first}. Take one out."
                rejections.append(Rejection(file, line, kind.key[0], str(key[0]), reason))
            parts[kind.name][key] = part
            places[kind.name, key] = (file, line)
    if rejections:
        raise ImportRejected(rejections)
    return Process(name, parts, places)


def _rows(file: str, raw: bytes, kind: Kind, rejections: list[Rejection]) -> list[tuple[int, Part]]:
    """Read a file's rows, each with its line; what can't be read is added to the rejections."""
    content, _code_page = text_of(raw, SITE_CODE_PAGE)
    try:
        dialect = csv.Sniffer().sniff(content.partition("\n")[0], ",;\t")
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(io.StringIO(content), dialect)
    try:
        header = [name.strip() for name in next(reader, [])]
        cells_of_lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        reason = "can't be read as CSV."
        rejections.append(Rejection(file, reader.line_num or HEADER_LINE, "", None, reason))
        return []
    lacking = [name for name in kind.columns if name not in (*header, *kind.optional)]
    foreign = [name for name in header if name not in kind.columns]
    if lacking or foreign or len(set(header)) < len(header):
        reason = f"must be {', '.join(kind.columns)}" + (
            f" ({', '.join(sorted(kind.optional))} may be left out)." if kind.optional else "."
        )
        rejections.append(Rejection(file, HEADER_LINE, "header", ",".join(header), reason))
        return []
    rows = []
    for line, cells in cells_of_lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            reason = f"has {len(cells)} cells; the header has {len(header)}."
            rejections.append(Rejection(file, line, "", None, reason))
            continue
        part = _part(file, line, kind, dict(zip(header, cells, strict=True)), rejections)
        if part is not None:
            rows.append((line, part))
    return rows


def _part(
    file: str, line: int, kind: Kind, cells: dict[str, str], rejections: list[Rejection]
) -> Part | None:
    """Read one row; None where a cell can't be taken."""

    def refuse(column: str, cell: str | None, reason: str) -> None:
        rejections.append(Rejection(file, line, column, cell, reason))

    return read_part(kind, cells, refuse)
