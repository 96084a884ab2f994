"""Every number on the exposure board, worked out by hand from one small plant.

    received        went into     that into   on hand of it and of what was made
    A  1 January    M1 50 kg                  50 + 20 (M1: 50, less 30 shipped) = 70
    B  8 January    M2 60 kg      F1 40 kg    40 + 40 (M2) + 25 (F1: 40, less 15 shipped) = 105
    C  12 January   M2 20 kg      F1 40 kg     0 + 40 + 25 = 65
    D  20 January   M3 10 kg                  30 + 10 = 40
    E  22 January                             its weight is unknown: 0

C comes at 23:30 UTC of Sunday the 11th, which is Monday the 12th in Budapest. Of M2, and so of F1,
60 / 80 = 0.75 is B's and 0.25 is C's.
"""

from datetime import date

import pytest

from tests import small_plants

BEEF, SPICE, MIX = 11, 12, 13


@pytest.fixture(scope="module")
def board(warehouse_of_module):
    """Build the plant."""
    return small_plants.build(
        warehouse_of_module,
        lots={
            "A": {
                "lot_type": "RAW",
                "kg": 100,
                "at": "2026-01-01 08:00",
                "product_id": BEEF,
                "supplier_id": 91,
                "supplier_lot_code": "S-9",
            },
            "B": {"lot_type": "RAW", "kg": 100, "at": "2026-01-08 08:00", "product_id": BEEF},
            "C": {"lot_type": "RAW", "kg": 20, "at": "2026-01-11 23:30", "product_id": SPICE},
            "D": {"lot_type": "RAW", "kg": 40, "at": "2026-01-20 08:00", "product_id": BEEF},
            "E": {"lot_type": "RAW", "at": "2026-01-22 08:00"},
            "M1": {"lot_type": "MIX", "kg": 50, "at": "2026-01-03 08:00"},
            "M2": {"lot_type": "MIX", "kg": 80, "at": "2026-01-13 08:00"},
            "F1": {"lot_type": "MIX", "kg": 40, "at": "2026-01-16 08:00", "product_id": MIX},
            "M3": {"lot_type": "MIX", "kg": 10, "at": "2026-01-21 08:00"},
        },
        links=[
            ("A", "M1", 50),
            ("B", "M2", 60),
            ("C", "M2", 20),
            ("M2", "F1", 40),
            ("D", "M3", 10),
        ],
        shipments=[("M1", "K1", 30), ("F1", "K1", 10), ("F1", "K2", 5)],
        products=[
            {"product_id": BEEF, "product_code": "P1", "name": "Beef"},
            {"product_id": SPICE, "product_code": "P2", "name": "Spice"},
            {"product_id": MIX, "product_code": "P3", "name": "Mix"},
        ],
        partners=[{"partner_id": 91, "partner_code": "FARM", "name": "Farm", "role": "SUPPLIER"}],
    )


def test_each_received_lot_stands_with_what_it_drags_along(board) -> None:
    """Suspect on hand: B's 40 + 0.75 x 65 = 88.75, C's 0.25 x 65 = 16.25; shipped: of 15 kg."""
    names = [
        "lot_code",
        "received_on",
        "is_in_use",
        "lots_count",
        "steps_furthest",
        "days_spread",
        "customers_count",
        "on_hand_kg",
        "shipped_kg",
        "suspect_on_hand_kg",
        "suspect_shipped_kg",
        "unknown_count",
    ]
    rows = board.rows("genealogy.exposed_lots", names).sort("lot_code").rows()

    assert rows == [
        ("A", date(2026, 1, 1), True, 1, 1, 2, 1, 70, 30, 70.0, 30.0, 0),
        ("B", date(2026, 1, 8), True, 2, 2, 8, 2, 105, 15, 88.75, 11.25, 0),
        ("C", date(2026, 1, 12), False, 2, 2, 4, 2, 65, 15, 16.25, 3.75, 0),
        ("D", date(2026, 1, 20), True, 1, 1, 1, 0, 40, 0, 40.0, 0.0, 0),
        # Nobody weighed E: some of it may be here, how much is unknown.
        ("E", date(2026, 1, 22), True, 0, 0, 0, 0, None, 0, None, 0.0, 1),
    ]


def test_what_people_know_a_lot_by_stands_beside_it(board) -> None:
    names = ["lot_code", "product_code", "product_name", "supplier_name", "supplier_lot_code"]
    rows = board.rows("genealogy.exposed_lots", names).sort("lot_code").rows()

    assert rows == [
        ("A", "P1", "Beef", "Farm", "S-9"),
        ("B", "P1", "Beef", None, None),
        ("C", "P2", "Spice", None, None),
        ("D", "P1", "Beef", None, None),
        ("E", None, None, None, None),
    ]


def test_measures_are_the_columns_they_are_named_after(board) -> None:
    measures = dict(board.rows("genealogy.exposed_lots", ["lot_code", "measures"]).rows())

    assert measures["B"] == {
        "lots_count": 2,
        "customers_count": 2,
        "shipped_kg": 15,
        "on_hand_kg": 105,
    }


def test_products_to_choose_are_those_of_received_lots(board) -> None:
    assert board.named("exposed_products").rows() == [("P1", "Beef"), ("P2", "Spice")]


def figures(board, **asked) -> dict:
    return board.named("exposure_figures", **asked).row(0, named=True)


def test_the_figures_of_all_lots(board) -> None:
    """On hand 0, 40, 65, 70, 105: 19 in 20 lie below 70 + 0.8 x 35 = 98; the mean is 280 / 5.

    They spread within 0, 1, 2, 4, 8 days; 8 days before 22 January is the 14th. Until then A, B and
    C came; B's day parts them: C is newer, A and B are older: (70 + 105) / 2.
    """
    assert figures(board, measure="on_hand_kg", days=30, product_code=None) == {
        "lots_count": 5,
        "worst": 105.0,
        "worst_lot_code": "B",
        "worst_count": 1,
        "mean": 56.0,
        "nineteen_in_twenty": pytest.approx(98),
        "days_to_spread": 8,
        "settled_until": date(2026, 1, 14),
        "newer_mean": 65.0,
        "older_mean": 87.5,
        "in_use_count": 4,  # A, B, D, and E, which nobody weighed
        "least_count": 1,  # E
        "unknown_count": 1,  # E
    }


def test_the_figures_of_one_product(board) -> None:
    """Beef 40, 70, 105: 70 + 0.9 x 35 = 101.5. Settled are A and B, parted by A's day."""
    assert figures(board, measure="on_hand_kg", days=30, product_code="P1") == {
        "lots_count": 3,
        "worst": 105.0,
        "worst_lot_code": "B",
        "worst_count": 1,
        "mean": pytest.approx(215 / 3),
        "nineteen_in_twenty": pytest.approx(101.5),
        "days_to_spread": 8,
        "settled_until": date(2026, 1, 14),
        "newer_mean": 105.0,
        "older_mean": 70.0,
        "in_use_count": 3,
        "least_count": 0,
        "unknown_count": 0,
    }


@pytest.mark.parametrize(("days", "lots"), [(10, 2), (11, 3), (14, 3), (15, 4), (22, 5)])
def test_days_are_counted_back_from_the_newest_lot(board, days, lots) -> None:
    """11 days to 22 January begin with the 12th, on which C came."""
    asked = {"measure": "shipped_kg", "days": days, "product_code": None}

    assert figures(board, **asked)["lots_count"] == lots
    assert sum(board.named("exposure_by_week", **asked)["lots_count"]) == lots
    assert (
        board.named("exposure_worst", is_ranked=True, most=9, **asked)["found_count"].to_list()
        == [lots] * lots
    )


def test_exposure_by_week_begins_its_weeks_on_monday(board) -> None:
    weeks = board.named("exposure_by_week", measure="on_hand_kg", days=30, product_code=None)

    assert weeks.rows() == [
        (date(2025, 12, 29), 1, 70.0, 70.0),
        (date(2026, 1, 5), 1, 105.0, 105.0),
        (date(2026, 1, 12), 1, 65.0, 65.0),
        (date(2026, 1, 19), 2, 20.0, 40.0),  # D 40, E 0
    ]


@pytest.mark.parametrize(
    ("measure", "codes"),
    [
        ("shipped_kg", ["A", "B", "C", "D", "E"]),  # 30, then 15 twice, then 0 twice: D made a lot
        ("on_hand_kg", ["B", "A", "C", "D", "E"]),
        ("lots_count", ["B", "C", "A", "D", "E"]),
        ("customers_count", ["B", "C", "A", "D", "E"]),
    ],
)
def test_the_worst_come_first_and_ties_by_lots_then_code(board, measure, codes) -> None:
    asked = {"measure": measure, "days": 30, "product_code": None}

    assert (
        board.named("exposure_worst", is_ranked=True, most=9, **asked)["lot_code"].to_list()
        == codes
    )
    first = board.named("exposure_worst", is_ranked=True, most=2, **asked)
    assert first["lot_code"].to_list() == codes[:2]
    assert first["found_count"].to_list() == [5, 5]


def test_stretches_are_those_that_end_in_the_days_asked_for(board) -> None:
    """M2 of the 13th went into F1 of the 16th, both mixes: 40 kg carried over, one stretch."""
    stretches = [
        (date(2026, 1, 3), date(2026, 1, 3), 1, 1, 0, 0, None, ""),
        (date(2026, 1, 13), date(2026, 1, 16), 2, 2, 1, 40, None, "MIX"),
        (date(2026, 1, 21), date(2026, 1, 21), 1, 1, 0, 0, None, ""),
    ]

    assert board.named("carry_over_stretches", days=5).rows() == stretches[2:]
    assert board.named("carry_over_stretches", days=6).rows() == stretches[1:]
    assert board.named("carry_over_stretches", days=19).rows() == stretches


def test_the_closure_by_code_is_the_plants(board) -> None:
    assert sorted(board.rows("genealogy.closure_by_code").rows()) == [
        ("A", "M1", 1, 1.0),
        ("B", "F1", 2, 0.75),
        ("B", "M2", 1, 0.75),
        ("C", "F1", 2, 0.25),
        ("C", "M2", 1, 0.25),
        ("D", "M3", 1, 1.0),
        ("M2", "F1", 1, 1.0),
    ]
    assert board.named("closure_noted").rows() == [(7, 0)]


def test_of_lots_as_bad_the_figures_name_the_one_that_is_listed_first(board) -> None:
    """By customers several may be worst; the tile and the list below it agree on one."""
    for measure in ("lots_count", "customers_count", "shipped_kg", "on_hand_kg"):
        asked = {"measure": measure, "days": 30, "product_code": None}
        listed = board.named("exposure_worst", most=99, is_ranked=True, **asked).to_dicts()
        shown = figures(board, **asked)
        values = dict(board.rows("genealogy.exposed_lots", ["lot_code", "measures"]).rows())

        assert shown["worst_lot_code"] == listed[0]["lot_code"], measure
        as_bad = [one for one in values.values() if one[measure] == shown["worst"]]
        assert shown["worst_count"] == len(as_bad), measure
