"""Import of a folder of CSV files: read, checked cell by cell, then one command.

Nothing stops at the first mistake: every line that can't be taken is named, and the rules that
only the record knows are asked in the same go. Files are read by `csv_files`, cells by `cells`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from dashboards.commands.authority import Person
from dashboards.commands.import_files import ImportRejected, Rejection
from dashboards.commands.import_writing import Progress
from dashboards.commands.importing import Warn, import_rows
from dashboards.imports.cells import checked
from dashboards.imports.csv_files import LINE, read_files, wrong_header
from sql.record.transactions import Transaction

__all__ = ["ImportRejected", "Rejection", "import_folder", "import_frames", "read_folder"]


def import_folder(
    transaction: Transaction,
    paths: Sequence[Path],
    *,
    by: Person | None,
    progress: Progress | None = None,
    corrects: bool = False,
    again: bool = False,
    warn: Warn | None = None,
    pass_over: Warn | None = None,
) -> dict[str, int]:
    """Read a folder or files and add them to the record; arguments as for `import_frames`.

    Raises:
        NotPermitted: The person may not import.
        ImportRejected: Names what can't be read together with what can't be taken.

    """
    frames, unreadable = read_files(paths)
    return _import(transaction, frames, unreadable, by, progress, corrects, again, warn, pass_over)


def import_frames(
    transaction: Transaction,
    frames: Mapping[str, pl.DataFrame],
    *,
    by: Person | None,
    progress: Progress | None = None,
    corrects: bool = False,
    again: bool = False,
    warn: Warn | None = None,
    pass_over: Warn | None = None,
) -> dict[str, int]:
    """Check frames of text cell by cell and add to the record what it does not hold yet.

    Args:
        transaction: Open transaction; nothing is committed here.
        frames: By file stem; every column text, an empty cell null.
        by: The signed-in person; None: whoever runs the server's own terminal.
        progress: Told the stem and the rows checked, then the stem and the rows added.
        corrects: Rows with a known source key and other content take the place of what is held.
        again: Rows that equal a link, reading or shipment that was voided are recorded anew.
        warn: Told each cell that is taken although its identifier is spoilt, and how it is.
        pass_over: Told each row that is not taken, since what it says was voided, withdrawn or
            corrected in the record.

    Returns:
        Rows added by stem, all eight, in the order they were written.

    Raises:
        NotPermitted: The person may not import.
        ImportRejected: At least one cell can't be taken; nothing was saved.

    """
    return _import(transaction, frames, [], by, progress, corrects, again, warn, pass_over)


def read_folder(paths: Sequence[Path]) -> dict[str, pl.DataFrame]:
    """Read the CSV files of a folder, or the files named, as text; an empty cell is null.

    Returns:
        A frame by file stem. Where blank lines or line breaks in cells move the rows off their
        lines, a column `#line` keeps each row's line.

    Raises:
        ImportRejected: A file is unknown, no UTF-8, ragged, or its header is wrong.

    """
    frames, unreadable = read_files(paths)
    if unreadable:
        raise ImportRejected(unreadable)
    return frames


def _import(
    transaction: Transaction,
    frames: Mapping[str, pl.DataFrame],
    unreadable: list[Rejection],
    by: Person | None,
    progress: Progress | None,
    corrects: bool,
    again: bool,
    warn: Warn | None,
    pass_over: Warn | None,
) -> dict[str, int]:
    """Check every frame, then ask the record, so that one refusal tells everything."""
    rejections, files = list(unreadable), {}
    spoilt = {(rejection.file, rejection.line) for rejection in unreadable}
    for stem, frame in frames.items():
        wrong = list(wrong_header(stem, [name for name in frame.columns if name != LINE]))
        rejections += wrong
        if not wrong:
            files[stem], found = checked(stem, frame)
            rejections += [one for one in found if (one.file, one.line) not in spoilt]
            if progress is not None:
                progress(stem, frame.height)
    return import_rows(
        transaction,
        files,
        by=by,
        rejections=rejections,
        progress=progress,
        corrects=corrects,
        again=again,
        warn=warn,
        pass_over=pass_over,
    )
