"""Identifiers that a spreadsheet spoilt are taken and named; a trace through one is incomplete."""

import polars as pl
import pytest

from dashboards.imports.csv_folder import import_frames
from sql.genealogy.gaps import GapKind
from sql.genealogy.trace import trace
from sql.vocabulary import Direction
from tests.cases import each_of
from tests.engines import ask

AT = "2026-03-09T06:30:00+01:00"
GTIN, GLN, SSCC = "09506000134352", "9506000134352", "059991234500000012"

SPOILT = [
    ("code", "2.02611E+11", "scientific"),
    ("code", "1.00E+05", "scientific"),
    ("code", "2,02611E+11", "scientific"),
    ("code", "2E+11", "scientific"),
    ("code", "1.5E-05", "scientific"),
    ("code", "03-Apr", "date"),
    ("code", "3-Apr-26", "date"),
    ("code", "Apr-26", "date"),
    ("code", "03.ápr", "date"),
    ("code", "#NAME?", "error"),
    ("code", "#N/A", "error"),
    ("code", "#DIV/0!", "error"),
    ("code", "#NÉV?", "error"),
    ("code", "########", "error"),
    ("gtin", "0950600013435", "check_digit"),
    ("gtin", "950600013435", "check_digit"),
    ("gtin", "123", "length"),
    ("gtin", "9.506E+12", "length"),
    ("gln", GTIN, "length"),
    ("gln", "9506000134353", "check_digit"),
    ("sscc", "1234", "length"),
    ("sscc", f"{SSCC[:-1]}8", "check_digit"),
    ("sscc", f"{SSCC[:-1]}O", "length"),
    ("code", "RAW-1", None),
    ("code", "10D9T", None),
    ("code", "7E05", None),
    ("code", "12-MAR", None),
    ("code", "45998", None),
    ("code", "#12", None),
    ("code", "APR-26-0001", None),
    ("code", "2026-04-03", None),
    ("gtin", GTIN, None),
    ("gtin", GLN, None),
    ("gln", GLN, None),
    ("sscc", SSCC, None),
    ("sscc", f"(00){SSCC}", None),
    ("sscc", f"{SSCC[:9]} {SSCC[9:]}", None),
]


@each_of(("kind", "written", "damage"), SPOILT)
def test_what_is_spoilt_is_told_from_what_is_a_code(transaction, kind, written, damage) -> None:
    found = ask(transaction, "select identifier_damage(:kind, :text)", kind=kind, text=written)

    assert found.fetchall() == [(damage,)]


def frame(header: str, *rows: str) -> pl.DataFrame:
    names = header.split()
    cells = [[{"@": AT, "-": None}.get(cell, cell) for cell in row.split()] for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")


LOTS = "lot_code lot_type product_code weight_kg happened_at supplier_lot_code"
LINKS = "parent_lot_code child_lot_code quantity_kg happened_at"
SHIPMENTS = "shipment_code lot_code customer_code quantity_kg happened_at sscc"


@pytest.fixture
def named(transaction) -> list[tuple[str, int, str]]:
    """Import a plant with one spoilt identifier of each kind, and return what was named."""
    warned = []
    files = {
        "products": frame("product_code name gtin", "GOOD G -", f"BAD B {GTIN[:-1]}3"),
        "partners": frame(
            "partner_code name role gln",
            f"C1 Shop CUSTOMER {GLN[:-1]}3",
            f"C2 Shop CUSTOMER {GLN}",
        ),
        "lots": frame(
            LOTS,
            "A-1 RAW GOOD 10 @ 2.02611E+11",
            "03-Apr MIX GOOD 10 @ -",
            "FG-1 FG GOOD 10 @ -",
            "FG-2 FG GOOD 10 @ -",
            "FG-3 FG BAD 10 @ -",
            "CLEAN RAW GOOD 10 @ 45998",
        ),
        "genealogy": frame(LINKS, "03-Apr FG-1 5 @"),
        "shipments": frame(SHIPMENTS, "SH-1 FG-2 C1 1 @ 1234", f"SH-2 CLEAN C2 1 @ {SSCC}"),
    }
    import_frames(transaction, files, by=None, warn=warned.append)
    return [(one.file, one.line, one.column) for one in warned]


def test_an_import_names_each_spoilt_cell_and_takes_it(transaction, named) -> None:
    assert set(named) == {
        ("products.csv", 3, "gtin"),
        ("partners.csv", 2, "gln"),
        ("lots.csv", 2, "supplier_lot_code"),
        ("lots.csv", 3, "lot_code"),
        ("lots.csv", 7, "supplier_lot_code"),
        ("shipments.csv", 2, "sscc"),
    }
    assert transaction.value("lot_id_by_code", lot_code="03-Apr") is not None


def damaged(transaction, code: str, direction: Direction = Direction.BOTH) -> tuple[str, ...]:
    found = trace(transaction, code, direction)
    assert found is not None
    gaps = {gap.kind: gap.lot_codes for gap in found.verdict.gaps}
    assert not (GapKind.DAMAGED_IDENTIFIER in gaps and found.verdict.is_complete)
    return gaps.get(GapKind.DAMAGED_IDENTIFIER, ())


def test_a_trace_through_a_spoilt_identifier_is_not_complete(transaction, named) -> None:
    assert damaged(transaction, "A-1") == ("A-1",), "its supplier's lot"
    assert damaged(transaction, "FG-1") == ("03-Apr",), "a lot behind it"
    assert damaged(transaction, "FG-2") == ("FG-2",), "a pallet it left on"
    assert damaged(transaction, "FG-3") == ("FG-3",), "its product's GTIN"
    assert damaged(transaction, "CLEAN") == (), "a day's number may be a code"


RUNS = "run_code status"
MORE_LOTS = "lot_code lot_type product_code weight_kg happened_at supplier_code run_code"
PARTNERS = "partner_code name role gln"


@pytest.fixture
def masters(transaction) -> None:
    """Import lots of which only a product, partner or run has a spoilt identifier."""
    files = {
        "products": frame("product_code name gtin", "GOOD G -", "1.00E+05 B -"),
        "production_runs": frame(RUNS, "RUN-1 ACTIVE", "3-Apr ACTIVE"),
        "partners": frame(
            PARTNERS,
            f"GLN-1 Farm SUPPLIER {GLN[:-1]}3",
            "2.02611E+11 Barn SUPPLIER -",
            f"FINE Farm SUPPLIER {GLN}",
            f"C-GLN Shop CUSTOMER {GLN[:-1]}3",
            "#NAME? Shop CUSTOMER -",
            "C-FINE Shop CUSTOMER -",
        ),
        "lots": frame(
            MORE_LOTS,
            "PRODUCT RAW 1.00E+05 10 @ FINE RUN-1",
            "RUN RAW GOOD 10 @ FINE 3-Apr",
            "SUPPLIER-GLN RAW GOOD 10 @ GLN-1 RUN-1",
            "SUPPLIER-CODE RAW GOOD 10 @ 2.02611E+11 RUN-1",
            "CUSTOMER-GLN FG GOOD 10 @ FINE RUN-1",
            "CUSTOMER-CODE FG GOOD 10 @ FINE RUN-1",
            "CLEAN FG GOOD 10 @ FINE RUN-1",
        ),
        "shipments": frame(
            SHIPMENTS,
            "SH-1 CUSTOMER-GLN C-GLN 1 @ -",
            "SH-2 CUSTOMER-CODE #NAME? 1 @ -",
            "SH-3 CLEAN C-FINE 1 @ -",
        ),
    }
    warned = []
    import_frames(transaction, files, by=None, warn=warned.append)
    assert len(warned) == 6
    assert all("a trace through it is not complete" in one.reason for one in warned)


SPOILT_OF = {
    "PRODUCT": ("product_code", "scientific"),
    "RUN": ("run_code", "date"),
    "SUPPLIER-GLN": ("supplier_gln", "check_digit"),
    "SUPPLIER-CODE": ("supplier_code", "scientific"),
    "CUSTOMER-GLN": ("customer_gln", "check_digit"),
    "CUSTOMER-CODE": ("customer_code", "error"),
    "CLEAN": None,
}


@pytest.mark.parametrize("code", list(SPOILT_OF))
def test_a_spoilt_identifier_of_a_product_partner_or_run_is_one_of_its_lots(
    transaction, masters, code
) -> None:
    lot_id = transaction.value("lot_id_by_code", lot_code=code)
    rows = transaction.all("damaged_identifiers", lot_ids=[lot_id])
    expected = [] if SPOILT_OF[code] is None else [(code, *SPOILT_OF[code])]

    assert [(row["lot_code"], row["field"], row["damage"]) for row in rows] == expected
    assert damaged(transaction, code) == (() if SPOILT_OF[code] is None else (code,))
