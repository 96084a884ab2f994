"""Every number on the quality board, worked out by hand from one small plant.

Kilograms, as the links and shipments below give them:

    lot  weight  inputs  given out       accounted          yield
    R1   200     -       4 x 100 = 400   400 / 200 = 2      -
    R2   ?       -       0               ?                  -    as R3, R4, R5
    M1   100     100     40 and ?        40 / 100 = 0.4     100 / 100 = 1
    M2   90      100     10              10 / 90            90 / 100 = 0.9
    M3   96      100     10              10 / 96            96 / 100 = 0.96
    M4   103     100     ?               0 / 103 = 0        103 / 100 = 1.03
    F1   50      40+10   50              50 / 50 = 1        50 / 50 = 1
    F2   60      ?       66              66 / 60 = 1.1      unknown, as its input is
    X    10      10      0               0                  10 / 10 = 1
"""

from datetime import date
from decimal import Decimal as D

import pytest

from tests import small_plants
from tests.small_plants import at

BLUE = "#1d4ed8"  # what the process of these plants says of MIX


@pytest.fixture(scope="module")
def board(warehouse_of_module):
    """Build the plant; its copy is of Tuesday 2026-01-20, 08:00 UTC."""
    return small_plants.build(
        warehouse_of_module,
        copied_at="2026-01-20 08:00",
        lots={
            "R1": {"lot_type": "RAW", "kg": 200},
            **{code: {"lot_type": "RAW"} for code in ("R2", "R3", "R4", "R5")},
            "M1": {"lot_type": "MIX", "kg": 100},
            "M2": {"lot_type": "MIX", "kg": 90},
            "M3": {"lot_type": "MIX", "kg": 96},
            "M4": {"lot_type": "MIX", "kg": 103},
            "F1": {"lot_type": "FG", "kg": 50},
            "F2": {"lot_type": "FG", "kg": 60},
            "X": {"kg": 10},
        },
        links=[
            ("R1", "M1", 100),
            ("R1", "M2", 100),
            ("R1", "M3", 100),
            ("R1", "M4", 100),
            ("M1", "F1", 40),
            ("M2", "F1", 10),
            ("M1", "F2", None),
            ("M3", "X", 10),
        ],
        shipments=[("F1", "K", 50), ("F2", "K", 66), ("M4", "K", None)],
        decisions=[
            ("R1", 1, "PASS", "2026-01-05 08:00"),
            ("F1", 1, "HOLD", "2026-01-12 08:00"),
            ("F1", 1, "PASS", "2026-01-12 12:00"),
            ("F2", 1, "PASS", "2026-01-12 08:00"),
            ("M1", 2.5, "HOLD", "2026-01-13 08:00"),
            ("F1", 2.5, "PASS", "2026-01-13 09:00"),
            ("M1", 2.5, "HOLD", "2026-01-14 08:00"),
            ("M2", 2.5, "HOLD", "2026-01-18 08:00"),  # a Sunday
            ("M2", 2.5, "FAIL", "2026-01-18 14:00"),
            ("M3", 2.5, "PASS", "2026-01-19 08:00"),  # a Monday
            ("M4", None, "HOLD", "2026-01-19 20:00"),
            ("R3", None, "HOLD", "2026-01-19 22:00"),
        ],
    )


def test_the_tiles(board) -> None:
    """First pass: R1, F2, M3 and F1 at gate 2.5, of them and F1, M1, M2: 4 of 7."""
    assert board.named("quality_figures").row(0, named=True) == {
        "lots_count": 12,
        "pending_count": 4,  # R2, R4, R5, X
        "released_count": 2,  # R1, M3
        "hold_count": 3,  # M1, M4, R3
        "stopped_count": 2,  # F1, made of M1 and M2, and F2, of M1
        "expired_count": 0,
        "rejected_count": 1,  # M2
        "first_pass_ratio": pytest.approx(4 / 7),
        "over_count": 2,  # R1, F2; F1 gave out just what it weighs
        "unknown_count": 7,  # R2 to R5 by weight, M1 and M4 by what went out, F2 by what went in
    }


def test_every_number_of_a_state_has_its_lots_behind_it(board) -> None:
    """And together they are every lot."""
    lots = {
        "released": ["M3", "R1"],
        "pending": ["R2", "R4", "R5", "X"],
        "hold": ["M1", "M4", "R3"],
        "stopped": ["F1", "F2"],
        "expired": [],
        "rejected": ["M2"],
    }
    for state, codes in lots.items():
        behind = board.named("lots_of_disposition", disposition=state)
        assert sorted(behind["lot_code"]) == codes
        assert behind["found_count"].to_list() == [len(codes)] * len(codes)
    assert len(board.named("lots_of_disposition", disposition=None)) == 12


def test_what_the_first_pass_yield_lacks_is_named_newest_first(board) -> None:
    """Of the 7 lots at gates above, those 3 whose first decision there was a HOLD."""
    assert board.named("lots_not_passed_first").rows() == [
        ("M2", "MIX", D("2.5"), "HOLD", at("2026-01-18 08:00"), None, 3),
        ("M1", "MIX", D("2.5"), "HOLD", at("2026-01-13 08:00"), None, 3),
        ("F1", "FG", D(1), "HOLD", at("2026-01-12 08:00"), None, 3),
    ]


def test_decisions_by_day_are_those_of_the_days_asked_for(board) -> None:
    """Seven days to the newest, 19 January: from the 13th on. The 12th comes with an eighth."""
    second, none = (D("2.5"), "2.5 Gate named 2.5"), (None, "No gate")
    seven = [
        (*second, date(2026, 1, 13), "HOLD", 1),
        (*second, date(2026, 1, 13), "PASS", 1),
        (*second, date(2026, 1, 14), "HOLD", 1),
        (*second, date(2026, 1, 18), "FAIL", 1),
        (*second, date(2026, 1, 18), "HOLD", 1),
        (*second, date(2026, 1, 19), "PASS", 1),
        (*none, date(2026, 1, 19), "HOLD", 2),
    ]
    first = (D(1), "1 Gate named 1", date(2026, 1, 12))

    assert board.named("gate_decisions_by_day", days=7).rows() == seven
    assert board.named("gate_decisions_by_day", days=8).rows() == [
        (*first, "HOLD", 1),
        (*first, "PASS", 2),
        *seven,
    ]


def test_first_pass_by_week_adds_up_the_gates_of_a_type(board) -> None:
    """FG in the week of the 12th: at gate 1 one of two, at 2.5 one of one: 2 of 3."""
    newer = [
        (date(2026, 1, 12), "MIX", 4, BLUE, 2, 0, 0.0),  # M1 and M2; Sunday belongs to it
        (date(2026, 1, 12), "FG", 7, None, 3, 2, pytest.approx(2 / 3)),
        (date(2026, 1, 19), "MIX", 4, BLUE, 1, 1, 1.0),
    ]

    assert board.named("first_pass_by_week", days=14).rows() == newer
    assert board.named("first_pass_by_week", days=15).rows() == [
        (date(2026, 1, 5), "RAW", 1, None, 1, 1, 1.0),
        *newer,
    ]


def test_open_holds_stand_with_their_age_longest_first(board) -> None:
    """M1 since its first HOLD, seven days before the copy; M4 since twelve hours, R3 since ten."""
    assert board.named("holds_open").rows() == [
        ("M1", D("2.5"), at("2026-01-13 08:00"), None, 168.0),
        ("M4", None, at("2026-01-19 20:00"), None, 12.0),
        ("R3", None, at("2026-01-19 22:00"), None, 10.0),
    ]


def test_ended_holds_stand_with_what_ended_them(board) -> None:
    assert board.named("holds_ended").rows() == [
        ("F1", D(1), at("2026-01-12 08:00"), None, at("2026-01-12 12:00"), None, "PASS", 4.0),
        ("M2", D("2.5"), at("2026-01-18 08:00"), None, at("2026-01-18 14:00"), None, "FAIL", 6.0),
    ]


def test_every_lot_counts_once_in_its_type_and_disposition(board) -> None:
    assert board.named("dispositions_by_type").rows() == [
        ("RAW", 1, "hold", 1),
        ("RAW", 1, "pending", 3),
        ("RAW", 1, "released", 1),
        ("MIX", 4, "hold", 2),
        ("MIX", 4, "rejected", 1),
        ("MIX", 4, "released", 1),
        ("FG", 7, "stopped", 2),
        (None, None, "pending", 1),
    ]


def over(kg: int) -> tuple:
    """Return what stands from the bound of what was shipped to that of what is overdrawn."""
    return (None, None, None, kg, None)


def test_balances_to_look_at_are_those_over_and_those_far_off_their_inputs(board) -> None:
    """R1 and F2 gave out too much; M2 is 10 % short. M3, 4 % short, and M4, 3 % over, are not."""
    off = board.named("balances_off")

    assert off.rows() == [
        # Beside each kilogram stands its bound; on hand, at most, overdrawn, at least.
        ("R1", "RAW", D(200), 0, None, 400, None, 0, *over(200), 2.0, None, 0, True, 3),
        ("F2", "FG", D(60), None, 0, 0, None, 66, *over(6), pytest.approx(1.1), None, 0, True, 3),
        ("M2", "MIX", D(90), 100, None, 10, None, 0, None, 80, None, None, None)
        + (pytest.approx(1 / 9), 0.9, 0, False, 3),
    ]


def test_yields_by_type_are_spread_between_the_lots_there_are(board) -> None:
    """Mixes 0.9, 0.96, 1, 1.03; a part p lies 3 p steps from the first: the middle at 1.5.

    0.05: 0.9 + 0.15 x 0.06; 0.25: 0.9 + 0.75 x 0.06; 0.75: 1 + 0.25 x 0.03; 0.95: 1 + 0.85 x 0.03.
    """
    assert board.named("yields_by_type").rows() == [
        ("MIX", 4, BLUE, 4, *map(pytest.approx, (0.909, 0.945, 0.98, 1.0075, 1.0255))),
        ("FG", 7, None, 1, 1.0, 1.0, 1.0, 1.0, 1.0),
        (None, None, None, 1, 1.0, 1.0, 1.0, 1.0, 1.0),
    ]


def test_every_balance_is_the_one_in_the_table_above(board) -> None:
    names = [
        "lot_code",
        "inputs_kg",
        "into_children_kg",
        "shipped_kg",
        "on_hand_kg",
        "on_hand_at_most_kg",
        "overdrawn_kg",
        "unknown_quantities_count",
    ]
    rows = board.rows("genealogy.mass_balance", names).sort("lot_code")

    assert rows.rows() == [
        ("F1", 50, 0, 50, 0, None, None, 0),
        ("F2", None, 0, 66, None, None, 6, 0),
        ("M1", 100, None, 0, None, 60, None, 1),
        ("M2", 100, 10, 0, 80, None, None, 0),
        ("M3", 100, 10, 0, 86, None, None, 0),
        ("M4", 100, 0, None, None, 103, None, 1),
        ("R1", 0, 400, 0, None, None, 200, 0),
        *((code, 0, 0, 0, None, None, None, 0) for code in ("R2", "R3", "R4", "R5")),
        ("X", 10, 0, 0, 10, None, None, 0),
    ]


def test_a_lot_that_gave_out_too_much_counts_though_some_of_it_is_unknown(warehouse) -> None:
    """Of 10 kg, 15 kg were shipped and an unknown amount more: at least 5 kg too much."""
    small_plants.build(
        warehouse, lots={"R": {"kg": 10}}, shipments=[("R", "K", 15), ("R", "K", None)]
    )

    assert warehouse.named("quality_figures")["over_count"].to_list() == [1]
    (row,) = warehouse.named("balances_off").to_dicts()
    assert (row["gives_out_too_much"], row["overdrawn_kg"]) == (True, None)
    assert row["overdrawn_at_least_kg"] == 5


def test_what_charts_can_t_place_is_counted(warehouse, board) -> None:
    """By the month: a PASS, a HOLD as such; two firsts (a PASS, a FAIL); one hold of no hours."""
    assert board.named("times_left_open").rows() == [(0, 0, 0)]
    small_plants.build(
        warehouse,
        copied_at="2026-03-20 08:00",
        lots={code: {"lot_type": "RAW"} for code in "ABC"},
        decisions=[
            ("A", 1, "PASS", "2026-01"),
            ("B", 1, "FAIL", "2026-02"),
            ("B", 1, "PASS", "2026-03-03"),  # its day is known
            ("C", 1, "PASS", "2026-01-05"),
            ("C", None, "HOLD", "2026-02"),
            ("C", None, "PASS", "2026-03-03 08:00"),
        ],
        models=["quality.gate_daily", "quality.first_decisions", "quality.first_pass_yield"]
        + ["quality.hold_times"],
    )

    assert warehouse.named("times_left_open").rows() == [(3, 2, 1)]
    weeks = warehouse.rows("quality.first_pass_yield").sort("week")
    assert weeks[["week", "lots_started_count", "passed_first_count"]].rows() == [
        (None, 2, 1),
        (date(2026, 1, 5), 1, 1),
    ]
