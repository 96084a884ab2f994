"""Which facts of an import the record holds already, which are new, and which correct a held one.

The record is asked here; how rows and held facts are matched is said in `import_matching`. Nothing
is written.
"""

from collections.abc import Iterator, Mapping, Sequence

from dashboards.commands.import_columns import deciders, with_ids
from dashboards.commands.import_files import Known, Rejection, Rows, Sorted, rejected_cell
from dashboards.commands.import_held_weights import as_held
from dashboards.commands.import_known import with_stretches
from dashboards.commands.import_likeness import IDENTITIES, KEY
from dashboards.commands.import_matching import Matching
from dashboards.commands.import_movements import corrected_under_returns
from dashboards.commands.import_packings import STEM as PACKINGS
from dashboards.commands.import_retired import retired_of_facts
from dashboards.commands.import_tables import REFERENCES
from dashboards.commands.import_unpacking import settle_packings
from dashboards.commands.import_wording import no_lot_now
from sql.record.transactions import Transaction


def sort_facts(
    transaction: Transaction,
    files: Mapping[str, Rows],
    known: Known,
    rejections: Sequence[Rejection],
    *,
    again: bool,
    is_whole: bool = False,
    keeps_packings: bool = False,
) -> dict[str, Sorted]:
    """Tell known, new and correcting facts apart, file by file.

    Args:
        transaction: Open transaction that holds the write lock.
        files: Checked rows by file stem.
        known: What the record holds under the codes that the files use.
        rejections: What was found already; rows with something wrong are passed over.
        again: Asked for by whoever imports: rows that equal what was voided are new.
        is_whole: The files are all there is: what they don't have is gone.
        keeps_packings: A row of packings stands aside, so none vanishes: their order tells.
    """
    wrong = {(rejection.file, rejection.line) for rejection in rejections}
    ids = {table: {code: row["id"] for code, row in rows.items()} for table, rows in known.items()}
    every_lot = [row["lot_id"] for row in transaction.all("all_lot_ids")] if is_whole else []
    found = {}
    for stem in IDENTITIES:
        if stem not in files:
            continue
        rows, columns = files[stem], with_ids(stem, files[stem].columns, ids)
        if stem == "qc_decisions":
            columns["decided_by"] = deciders(transaction, columns["decided_by"])[1]
        facts = transaction.all(
            f"held_{stem}",
            lot_ids=every_lot or list({lot for lot in columns[about(columns)] if lot is not None}),
            keys=[key for key in columns[KEY] if key is not None],
            **_units(transaction, columns, is_whole=is_whole),
        )
        held = [with_stretches(fact) for fact in facts]
        sound = [at for at, line in enumerate(rows.lines) if (f"{stem}.csv", line) not in wrong]
        columns = as_held(stem, rows, columns, held)
        sorted_rows = Matching(stem, rows, columns, held, again, is_whole).sort(sound)
        sorted_rows.rejections += about_voided_lots(stem, rows, sorted_rows.new, known)
        sorted_rows.rejections += retired_of_facts(stem, files, sorted_rows, known)
        if stem == "shipments":
            sorted_rows.rejections += _second_customers(transaction, rows, sorted_rows)
            sorted_rows.rejections += corrected_under_returns(transaction, rows, sorted_rows)
        if stem == PACKINGS:
            if keeps_packings or len(sound) < len(rows.lines) or sorted_rows.rejections:
                sorted_rows.gone = []
            if len(sound) == len(rows.lines) and not sorted_rows.rejections:
                settle_packings(transaction, rows, sorted_rows, found.get("shipments"))
        found[stem] = sorted_rows
    return found


def _units(
    transaction: Transaction, columns: Mapping[str, Sequence[object]], *, is_whole: bool
) -> dict[str, list[object]]:
    """Name the units that packings are found by, beside their lots: of a whole export, all."""
    if "inner_sscc" not in columns:
        return {}
    packed = transaction.all("units_packed") if is_whole else ()
    return {"ssccs": list({*columns["sscc"], *(row["sscc"] for row in packed)} - {None})}


def about(columns: Mapping[str, Sequence[object]]) -> str:
    """Name the column of the lot that a fact is found by."""
    return "child_lot_id" if "child_lot_id" in columns else "lot_id"


def about_voided_lots(
    stem: str, rows: Rows, new: Sequence[int], known: Known
) -> Iterator[Rejection]:
    """Find new facts about a lot that was voided, or renamed: an old code is no lot's."""
    voided = {code: lot["renamed_to"] for code, lot in known["lots"].items() if lot["is_voided"]}
    columns = [name for name, table in REFERENCES[stem].items() if table == "lots"]
    for at in new if voided else ():
        for column in columns:
            code = rows.columns[column][at]
            if code in voided:
                yield rejected_cell(stem, rows.lines[at], column, code, no_lot_now(voided[code]))


def _second_customers(
    transaction: Transaction, rows: Rows, sorted_rows: Sorted
) -> Iterator[Rejection]:
    """Find new lines of a shipment that goes to another customer, in the record or in the file."""
    codes, customers = rows.columns["shipment_code"], rows.columns["customer_code"]
    replaced = {fact_id for fact_id, _key in sorted_rows.replaced}
    asked = list({codes[at] for at in sorted_rows.new})
    customer_of = {
        line["shipment_code"]: (line["customer_code"], "in the record")
        for line in (transaction.all("customers_of_shipments", codes=asked) if asked else ())
        if line["shipment_id"] not in replaced
    }
    for at in sorted_rows.new:
        said = (customers[at], f"on line {rows.lines[at]}")
        customer, where = customer_of.setdefault(codes[at], said)
        if customer != customers[at]:
            reason = (
                f"is not the customer of shipment {codes[at]}: {where} it goes to {customer}. One "
                "shipment has one customer; use another code."
            )
            yield rejected_cell("shipments", rows.lines[at], "customer_code", customers[at], reason)
