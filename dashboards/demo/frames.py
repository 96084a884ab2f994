"""Write the book of the demo plant as the import folder's frames, every value text or null.

Grams become kilograms here.
"""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import polars

from dashboards.demo.book import Book, Lot
from dashboards.demo.check_digits import with_check_digit
from dashboards.demo.masters import COMPANY_PREFIX, GATES, PARTNERS, PRODUCTS, SELLABLE
from dashboards.demo.pallets import packings
from dashboards.demo.site_time import local, local_date
from dashboards.demo.stores import PLACES, moves

COLUMNS = {
    "products": "product_code name gtin",
    "partners": "partner_code name role gln address phone email",
    "production_runs": "run_code status daily_target_kg started_at ended_at",
    "lots": "lot_code lot_type product_code weight_kg happened_at supplier_code supplier_lot_code"
    " run_code temperature_c expires_on metadata",
    "genealogy": "parent_lot_code child_lot_code quantity_kg happened_at",
    "readings": "lot_code characteristic value unit happened_at gate_number",
    "qc_decisions": "lot_code decision happened_at gate_number notes temperature_c decided_by",
    "shipments": "shipment_code lot_code customer_code quantity_kg happened_at document sscc",
    "packings": "sscc lot_code inner_sscc quantity_kg happened_at",
    "places": "place_code name kind",
    "moves": "lot_code place_code quantity_kg happened_at",
}


def frames(book: Book, days: list[date], until: datetime) -> dict[str, polars.DataFrame]:
    """Write the book as the import folder's frames, every value text or null."""
    runs = [row for day in days if (row := _run(day, until))]
    known_runs = {row[0] for row in runs}
    rows = {
        "products": [_product(*item, number) for number, item in enumerate(PRODUCTS.items())],
        "partners": [_partner(row, number) for number, row in enumerate(PARTNERS)],
        "production_runs": runs,
        "lots": [_lot(lot, known_runs) for lot in book.lots],
        "genealogy": [(p.code, c.code, kg(grams), iso(at)) for p, c, grams, at in book.links],
        "readings": [
            (lot.code, name, str(value), unit, iso(at), str(GATES[lot.kind]))
            for lot in book.lots
            for at, name, value, unit in lot.readings
        ],
        "qc_decisions": [
            (lot.code, word, iso(at), str(GATES[lot.kind]), notes, _text(temperature_c), by)
            for lot in book.lots
            for at, word, notes, temperature_c, by in lot.decisions
        ],
        "shipments": [
            (code, lot.code, customer, kg(grams), iso(at), document, sscc)
            for code, lot, customer, grams, at, document, sscc in book.shipments
        ],
        "packings": [
            (sscc, lot and lot.code, inner, None if grams is None else kg(grams), iso(at))
            for sscc, lot, inner, grams, at in packings(book, until)
        ],
        "places": PLACES,
        "moves": [(lot.code, place, None, iso(lot.at)) for lot, place in moves(book, until)],
    }
    return {
        name: polars.DataFrame(
            rows[name], schema=dict.fromkeys(columns.split(), polars.String), orient="row"
        )
        for name, columns in COLUMNS.items()
    }


def run_code(day: date) -> str:
    """Name the day's production run."""
    return f"PRD-{day:%Y%m%d}-0001"


def kg(grams: int) -> str:
    """Write grams as kilograms, 3 places at most."""
    return f"{Decimal(grams).scaleb(-3).normalize():f}"


def iso(moment: datetime) -> str:
    """Write a moment as ISO 8601 in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _product(code: str, name: str, number: int) -> tuple:
    gtin = with_check_digit(f"{COMPANY_PREFIX}{number + 101:05d}") if code in SELLABLE else None
    return (code, name, gtin)


def _partner(row: tuple, number: int) -> tuple:
    code, role, name, address, domain = row
    gln = with_check_digit(f"{COMPANY_PREFIX}{number + 501:05d}")
    email = f"quality@{domain.removesuffix('.example')}.example"
    return (code, name, role, gln, address, f"+36 1 555 {number + 100:04d}", email)


def _run(day: date, until: datetime) -> tuple | None:
    started_at, ended_at = local(day, 0), local(day, 12 * 60)
    if started_at > until:
        return None
    if until < ended_at:
        return (run_code(day), "ACTIVE", "1000", iso(started_at), None)
    return (run_code(day), "COMPLETED", "1000", iso(started_at), iso(ended_at))


def _lot(lot: Lot, known_runs: set[str]) -> tuple:
    run = run_code(local_date(lot.at))
    metadata = json.dumps({"species": lot.species}) if lot.species else None
    return (
        lot.code,
        lot.kind,
        lot.product,
        kg(lot.grams),
        iso(lot.at),
        lot.supplier,
        lot.supplier_lot,
        run if run in known_runs else None,
        _text(lot.temperature_c),
        _text(lot.expires_on),
        metadata,
    )
