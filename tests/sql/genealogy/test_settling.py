"""What is here of a lot in all is its exact sum rounded once, and every part still adds up."""

import math
from decimal import Decimal as D

from hypothesis import given, settings
from hypothesis import strategies as st

from sql.genealogy.settling import Row, settle
from sql.genealogy.suspect_kilograms import forward_kg
from tests.presence import present

GRAM = D("0.001")
parts_drawn = st.lists(
    st.tuples(*[st.integers(0, 3000).map(lambda thousandth: thousandth / 1000)] * 3),
    min_size=1,
    max_size=8,
)


def lot(weight: str, here: str, away: str, used: str = "0", moved: str = "0") -> dict:
    """Write a lot's balance as the record tells it."""
    return {
        "lot_type": "FG",
        "weight_kg": D(weight),
        "into_children_kg": D(used),
        "shipped_kg": D(away),
        "shipped_at_least_kg": D(away),
        "on_hand_kg": D(here),
        "on_hand_at_most_kg": None,
        "away_kg": D(away),
        "away_at_least_kg": D(away),
        "moved_out_kg": D(moved),
        "is_counted": False,
    }


def test_what_is_here_is_rounded_once_and_not_lot_by_lot() -> None:
    """0.0003 kg here twice are 0.0006 kg, a gram; 0.0004 kg went to a customer: none of it."""
    found = [
        (lot("1", "1", "0"), 0.0003),
        (lot("1", "1", "0"), 0.0003),
        (lot("1", "0", "1"), 0.0004),
    ]

    told = forward_kg(found)

    assert sum(present(row["suspect_on_hand_kg"]) for row in told) == GRAM
    assert sum(present(row["suspect_shipped_kg"]) for row in told) == 0
    assert sum(present(row["suspect_kg"]) for row in told) == GRAM


def test_a_trace_rounds_as_a_board_that_adds_up() -> None:
    """A bakery's flour: 36,650 kg at 0.332886 and 348.9 kg at 0.199732 are 12,269.9584... kg."""
    shares = (0.6 * 12400 / 37250 / 0.6, 0.6 * 12400 / 37250)
    found = [
        (lot("37250", "36650", "0", used="600"), shares[0]),
        (lot("350", "348.9", "1.1"), shares[1]),
    ]
    exact = 36650 * shares[0] + 348.9 * shares[1]

    told = forward_kg(found)

    assert sum(present(row["suspect_on_hand_kg"]) for row in told) == round(D(exact), 3)


@settings(max_examples=300)
@given(drawn=parts_drawn)
def test_cells_and_rows_stay_rounded_and_the_whole_keeps_its_sum(drawn) -> None:
    rows = [Row(parts, [math.floor(part) for part in parts]) for parts in drawn]
    for row in rows:  # rows first, as they are rounded before
        missing = round(math.fsum(row.parts)) - sum(row.cells)
        order = sorted(range(3), key=lambda at: row.cells[at] - row.parts[at])
        for at in order[: max(missing, 0)]:
            row.cells[at] += 1
    whole = sum(sum(row.cells) for row in rows)
    before = [[*row.cells] for row in rows]
    wanted = [round(math.fsum(row.parts[at] for row in rows)) for at in range(2)]

    settle(rows, [*wanted, None])

    assert sum(sum(row.cells) for row in rows) == whole
    for row, cells in zip(rows, before, strict=True):
        assert abs(sum(row.cells) - row.whole) < 1 + 1e-6 or sum(row.cells) == sum(cells)
        for cell, part in zip(row.cells, row.parts, strict=True):
            assert abs(cell - part) < 1 + 1e-6
