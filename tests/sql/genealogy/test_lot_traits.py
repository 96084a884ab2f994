"""What one lot may have brought along, trait by trait, by hand."""

from decimal import Decimal as D

from tests import small_plants
from tests.small_plants import at

READ = {"reading_id": 1, "characteristic": "t", "value": D(2), "unit": "C"}


def traits(warehouse, code: str) -> list[tuple]:
    """Return kind, key, code and detail of every trait of a lot, sorted."""
    rows = warehouse.rows("genealogy.lot_traits").to_dicts()
    assert len({(r["lot_id"], r["kind"], r["trait_key"]) for r in rows}) == len(rows)
    ids = dict(warehouse.rows("raw.lots", ["lot_code", "lot_id"]).rows())
    return sorted(
        (row["kind"], row["trait_key"], row["code"], row["detail"])
        for row in rows
        if row["lot_id"] == ids[code]
    )


def test_a_lot_has_every_trait_it_may_have_brought_along(warehouse) -> None:
    """Gate 2.5 is 125 by its id. 23:30 UTC of the 28th is the 29th in Budapest, when the clocks
    change: the reading of that night and the HOLD of the morning are one day at the gate.
    """
    small_plants.build(
        warehouse,
        models=["genealogy.lot_traits"],
        lots={
            "A": {
                "lot_type": "RAW",
                "run_id": 7,
                "supplier_id": 8,
                "supplier_lot_code": "S-1",
                "product_id": 9,
            },
            "B": {},
        },
        production_runs=[{"run_id": 7, "run_code": "RUN7", "status": "ACTIVE"}],
        partners=[{"partner_id": 8, "partner_code": "FARM", "name": "Farm", "role": "SUPPLIER"}],
        products=[{"product_id": 9, "product_code": "BEEF", "name": "Beef"}],
        decisions=[
            ("A", 2.5, "HOLD", "2026-03-29 06:00"),
            ("A", 2.5, "HOLD", "2026-03-29 21:59"),  # 23:59 of the 29th
            ("A", 2.5, "PASS", "2026-03-29 22:00"),  # 00:00 of the 30th
            ("A", None, "FAIL", "2026-03-30 06:00"),  # came to no gate
            ("B", 1, "FAIL", "2026-03-30 06:00"),
        ],
        readings=[
            READ | {"lot_id": 1, "gate_id": 125, "happened_at": at("2026-03-28 23:30")},
            READ | {"reading_id": 2, "lot_id": 1, "happened_at": at("2026-03-27 08:00")},
        ],
    )

    assert traits(warehouse, "A") == [
        ("gate_day", "125 2026-03-29", "2.5", "2026-03-29"),
        ("gate_day", "125 2026-03-30", "2.5", "2026-03-30"),
        ("gate_stop", "125 HOLD", "2.5", "HOLD"),
        ("lot", "1", "A", "RAW"),
        ("product", "9", "BEEF", "Beef"),
        ("run", "7", "RUN7", None),
        ("supplier", "8", "FARM", "Farm"),
        ("supplier_lot", "8 S-1", "S-1", "Farm"),
    ]
    assert traits(warehouse, "B") == [
        ("gate_day", "110 2026-03-30", "1", "2026-03-30"),
        ("gate_stop", "110 FAIL", "1", "FAIL"),
        ("lot", "2", "B", None),
    ]


def test_a_lot_number_without_its_supplier_is_a_trait_of_its_own(warehouse) -> None:
    """The same number of two suppliers, and of nobody known, are three things."""
    small_plants.build(
        warehouse,
        models=["genealogy.lot_traits"],
        lots={
            "A": {"supplier_id": 8, "supplier_lot_code": "S-1"},
            "B": {"supplier_id": 9, "supplier_lot_code": "S-1"},
            "C": {"supplier_lot_code": "S-1"},
        },
    )

    keys = {key for code in "ABC" for kind, key, *_ in traits(warehouse, code) if kind != "lot"}
    assert keys == {"8 S-1", "9 S-1", " S-1"}


def test_what_is_known_by_its_month_came_to_a_gate_on_no_day(warehouse) -> None:
    """It counted as the first of the month, a day that bad lots may share by chance alone."""
    month = {"happened_at": at("2026-03-31 22:00"), "happened_until": at("2026-04-30 22:00")}
    day = {"happened_at": at("2026-03-28 23:00"), "happened_until": at("2026-03-29 22:00")}
    small_plants.build(
        warehouse,
        models=["genealogy.lot_traits"],
        lots={"A": {}},
        decisions=[("A", 2.5, "PASS", "2026-03-02 06:00")],
        readings=[
            READ | {"lot_id": 1, "gate_id": 125, **month},
            READ | {"reading_id": 2, "lot_id": 1, "gate_id": 125, **day},
        ],
    )

    days = {detail for kind, _key, _code, detail in traits(warehouse, "A") if kind == "gate_day"}
    assert days == {"2026-03-02", "2026-03-29"}
