"""A lot is found by whatever is on its label, the surest match first."""

import pytest
from sqlalchemy import text

from dashboards.commands.lots import Parent, register_lot
from sql.genealogy.search import find_lots
from sql.record.engine import DatabaseRole, Record
from tests.cases import each_of
from tests.engines import engine_of
from tests.presence import present

GTIN = "5991234567894"


@pytest.fixture
def plant(record, people, database):
    """Three lots of a product with a GTIN, one of another; one shipped."""
    by = people["MANAGER"]
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).begin() as connection:
        connection.exec_driver_sql(
            "insert into products (product_code, name, gtin) values"
            f" ('ROD15', 'Döner rod 15 kg', '{GTIN}'), ('ROD30', 'Döner rod 30 kg', null)"
        )
        connection.exec_driver_sql(
            "insert into partners (partner_code, name, role) values"
            " ('FARM', 'Farm', 'SUPPLIER'), ('SHOP', 'Shop', 'CUSTOMER')"
        )
    owner.close()
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=by,
            lot_code="RAW-7",
            weight_kg=100,
            supplier_code="FARM",
            supplier_lot_code="S/100%_x",
        )
        for code, product in (("FG-1", "ROD15"), ("FG-12", "ROD15"), ("10D9T", "ROD30")):
            register_lot(
                transaction,
                by=by,
                lot_code=code,
                weight_kg=10,
                product_code=product,
                parents=[Parent("RAW-7", 10)],
            )
    ship(database, "SH-1", "FG-12", "DN 77/2026", "359912345678901231")


def ship(database, code: str, lot: str, document: str, sscc: str | None = None) -> None:
    """Write a shipment past the guards: what may leave the plant is tested elsewhere."""
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(
            text(
                "insert into facts.shipments (shipment_code, lot_id, customer_id, quantity_kg,"
                " document, sscc, happened_at) select :code, lot_id, partner_id, 1, :document,"
                " :sscc, now() from lots, partners where lot_code = :lot"
                " and partner_code = 'SHOP'"
            ),
            {"code": code, "lot": lot, "document": document, "sscc": sscc},
        )
    owner.close()


def found(record, typed, **asked) -> list[tuple[str, str]]:
    with record.snapshot() as snapshot:
        result = find_lots(snapshot, typed, **asked)
    assert result.count >= len(result.lots)
    return [(lot["lot_code"], lot["matched_by"]) for lot in result.lots]


def sure(record, typed, **asked) -> str | None:
    with record.snapshot() as snapshot:
        lot = find_lots(snapshot, typed, **asked).sure
    return lot["lot_code"] if lot else None


def test_the_whole_code_comes_before_its_parts(record, plant) -> None:
    assert found(record, "FG-1") == [("FG-1", "lot_code"), ("FG-12", "part_of_lot_code")]
    assert sure(record, "FG-1") == "FG-1"
    assert found(record, "fg-1")[0] == ("FG-1", "lot_code_alike")
    assert sure(record, "fg – 1") == "FG-1"


@each_of(
    ("typed", "lot_code", "matched_by"),
    [
        ("S/100%_x", "RAW-7", "supplier_lot_code"),
        ("100%", "RAW-7", "part_of_supplier_lot_code"),
        ("359912345678901231", "FG-12", "sscc"),
        ("DN 77/2026", "FG-12", "document"),
        ("SH-1", "FG-12", "shipment_code"),
        ("77/20", "FG-12", "part_of_document"),
        ("30 kg", "10D9T", "product"),
        ("rod30", "10D9T", "product"),
        ("0D9", "10D9T", "part_of_lot_code"),
    ],
)
def test_a_lot_is_found_by(record, plant, typed, lot_code, matched_by) -> None:
    assert found(record, typed) == [(lot_code, matched_by)]
    whole = not matched_by.startswith("part_of") and matched_by != "product"
    assert sure(record, typed) == (lot_code if whole else None)


@each_of("typed", ["%", "_", "nobody", "\\", "'; drop table lots", "a" * 500])
def test_nothing_is_found_by_signs_of_a_pattern(record, plant, typed) -> None:
    expected = {"%": ["RAW-7"], "_": ["RAW-7"]}.get(typed, [])
    assert [code for code, _why in found(record, typed)] == expected


def test_a_gtin_gives_its_lots_and_with_a_lot_that_one(record, plant) -> None:
    assert found(record, GTIN, gtin=GTIN.zfill(14)) == [("FG-12", "gtin"), ("FG-1", "gtin")]
    with record.snapshot() as snapshot:
        result = find_lots(snapshot, "x", lot_codes=["FG-1"], gtin=GTIN.zfill(14))
    sure_lot = present(result.sure)
    assert (sure_lot["lot_code"], sure_lot["is_of_gtin"]) == ("FG-1", True)


def test_a_page_says_how_many_there_are(record, plant) -> None:
    with record.snapshot() as snapshot:
        result = find_lots(snapshot, "FG", most=1)
    assert (len(result.lots), result.count, result.sure) == (1, 2, None)


def test_two_lots_on_one_document_are_offered_and_none_is_taken(record, plant, database) -> None:
    ship(database, "SH-2", "FG-1", "DN 77/2026")
    assert sure(record, "DN 77/2026") is None
    assert len(found(record, "DN 77/2026")) == 2
