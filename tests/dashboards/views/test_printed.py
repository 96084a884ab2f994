"""What paper shows of a table: every column, each value as the grid on the screen writes it."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest

from dashboards.reader import signs
from dashboards.views.printed import MOST_PRINTED, printed
from dashboards.views.tables import frame
from tests.cases import each_of

ZONE = ZoneInfo("Europe/Budapest")


@pytest.fixture
def comma(monkeypatch) -> None:
    """Read as somebody does whose language writes a decimal comma."""
    monkeypatch.setattr(signs, "_askers", [lambda: ","])


def cells(name: str, *values: object) -> list[str]:
    whole = printed(frame([{name: value} for value in values], [name], ZONE))
    return re.findall(r"<td[^>]*>(.*?)</td>", whole)


@each_of(
    ("name", "value", "said"),
    [
        ("lot_code", "<b>R&D</b>", "&lt;b&gt;R&amp;D&lt;/b&gt;"),
        ("happened_at", datetime(2026, 1, 15, 23, 30, tzinfo=UTC), "2026-01-16 00:30"),
        ("expires_on", date(2026, 2, 1), "2026-02-01"),
        ("weight_kg", D("1234.500"), "1,234.5"),
        ("weight_kg", D("0.001"), "0.001"),
        ("weight_kg", D("200"), "200"),
        ("share", 0.60634, "60.63%"),
        ("share", 1.0, "100%"),
        ("hours", D("528.3"), "528.3"),
        ("gate_number", D("6.5"), "6.5"),
        ("gate_number", D("10"), "10"),
        ("disposition", "hold", "‖ On HOLD"),
        ("suspects", ("R1", "R2"), "R1, R2"),
        ("weight_kg", None, "–"),
    ],
)
def test_a_value_is_written(name, value, said) -> None:
    assert cells(name, value) == [said]


@each_of(
    ("name", "value", "said"),
    [
        ("weight_kg", D("1234.500"), "1\u00a0234,5"),
        ("share", 0.60634, "60,63%"),
        ("result", "<6.2", "&lt;6,2"),
        ("gate_number", D("6.5"), "6.5"),
    ],
)
def test_a_value_is_written_for_who_reads_a_comma(comma, name, value, said) -> None:
    assert cells(name, value) == [said]


def test_rows_that_are_left_out_are_said() -> None:
    rows = [{"lot_code": f"L{number}"} for number in range(MOST_PRINTED + 1)]
    whole = printed(frame(rows, ["lot_code"], ZONE))

    assert "The first 500 of 501 rows are printed" in whole
    assert whole.count("<td") == MOST_PRINTED
    assert "caption" not in printed(frame(rows[:MOST_PRINTED], ["lot_code"], ZONE))
