"""Identifiers of an import that a spreadsheet or a misreading spoilt: taken, and named.

History is taken as it was written. What is spoilt is judged in the record, by `identifier_damage`,
which traces ask too; here it is only found in the files, cell by cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from sql.record.transactions import Transaction

# A spreadsheet's days are counted from here; plants write dates of these years.
EPOCH = date(1899, 12, 30)
SERIAL_DIGITS, FIRST_SERIAL, LAST_SERIAL = 5, 40_179, 58_439  # of 2010 to 2059

PACKINGS = "packings"  # a trace goes by lots, not by the units they stand in
PRINTED = "printed_code"  # beside a lot's own code, by which a trace goes
# What kind of identifier a column holds; codes of lots in fact files are named where lots are.
KINDS = {
    "products": {"product_code": "code", "gtin": "gtin"},
    "partners": {"partner_code": "code", "gln": "gln"},
    "production_runs": {"run_code": "code"},
    "lots": {"lot_code": "code", "supplier_lot_code": "code", "printed_code": "code"},
    PACKINGS: {"sscc": "sscc", "inner_sscc": "sscc"},
    "shipments": {"shipment_code": "code", "document": "code", "sscc": "sscc"},
}
TAKEN = "It is taken as it is."
NOT_TRACED = "It is taken as it is, and a trace through it is not complete."
DAMAGES = {
    "scientific": "was made a number by a spreadsheet. Export it as text.",
    "date": "was made a date by a spreadsheet. Export it as text.",
    "error": "is an error of a spreadsheet. Look at the cell it came from.",
    "length": "has not the digits of a {kind}: one may be missing, or it is another number.",
    "check_digit": "has a wrong check digit: a digit may be misread.",
}


def damage_said(damage: str, kind: str) -> str:
    """Say how an identifier of a kind is spoilt, as the end of a sentence."""
    return DAMAGES[damage].format(kind=kind.upper())


def damaged_cells(transaction: Transaction, files: Mapping[str, Rows]) -> Iterator[Rejection]:
    """Yield each cell of the files with a spoilt identifier, with how it is spoilt."""
    for stem, kinds in KINDS.items():
        for column, kind in kinds.items() if stem in files else ():
            cells = list(files[stem].cells(column))
            texts = list({text for _line, text in cells})
            rows = transaction.all("identifiers_damaged", kind=kind, texts=texts) if texts else ()
            damages = {row["written"]: row["damage"] for row in rows}
            for line, text in cells if damages else ():
                if text in damages:
                    taken = TAKEN if stem == PACKINGS or column == PRINTED else NOT_TRACED
                    said = f"{damage_said(damages[text], kind)} {taken}"
                    yield rejected_cell(stem, line, column, text, said)
            if kind == "code":
                yield from _serials(stem, column, cells)


def _serials(stem: str, column: str, cells: Sequence[tuple[int, str]]) -> Iterator[Rejection]:
    """Find what may be the number of a day, among codes that are mostly no plain numbers.

    Told only: such a number may be a code, and alone it can't be told from one.
    """
    numbers = [(line, text) for line, text in cells if text.isascii() and text.isdigit()]
    if len(numbers) * 2 > len(cells):
        return
    for line, text in numbers:
        if len(text) == SERIAL_DIGITS and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
            day = EPOCH + timedelta(days=int(text))
            said = f"may be the date {day} that a spreadsheet made a number."
            yield rejected_cell(stem, line, column, text, f"{said} {TAKEN}")
