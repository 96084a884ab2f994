"""A file of a whole export that was cut off behind its headings voids nothing."""

from collections.abc import Mapping

from dashboards.commands.import_files import HEADER_LINE, Rejection, Rows, rejected_cell
from dashboards.commands.import_gone import Gone

_EMPTIED = (
    "The file has no row, and {count} of its table came by earlier imports: nothing was voided for "
    "it. Where there are none any more, leave the file out and void them by hand."
)


def emptied(files: Mapping[str, Rows], gone: Gone) -> list[Rejection]:
    """Refuse a file without a single row that would void all that imports brought of its table.

    An import of every night is confirmed by nobody who looks at what is listed.
    """
    return [
        rejected_cell(stem, HEADER_LINE, "", None, _EMPTIED.format(count=f"{count:,}"))
        for stem, count in gone.counts().items()
        if stem in files and not files[stem].lines
    ]
