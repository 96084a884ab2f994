"""CSV: nothing in it becomes a formula, whichever separator the spreadsheet is set to."""

import csv
import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from dashboards.exports.csv_text import csv_text, harmless
from tests.cases import each_of

SIGNS = "=+-@＝＋－＠"


@each_of(
    "before",
    [
        "",
        " ",
        "\n",
        "\t",
        "\r",
        "\u00a0",
        '"',
        "ok;",
        "ok; ",
        "ok,",
        "ok\t",
        "ok\r\n",
        'ok;"',
        ";;",
    ],
)
@each_of("sign", SIGNS)
@each_of("separator", [",", ";", "\t"])
def test_no_cell_starts_as_a_formula(before, sign, separator) -> None:
    written = csv_text([{"a": f"{before}{sign}1+1", "b": "x"}], ["a", "b"])

    rows = list(csv.reader(written.splitlines(), delimiter=separator))
    assert len(rows) >= 2 and f"{sign}1+1" in written
    for row in rows:
        for cell in row:
            assert not cell.lstrip(' \t\r\n\u00a0"').startswith(tuple(SIGNS)), written


@each_of(
    "value",
    [
        "+36 30 555 0100",
        "+36-30-555-0100",
        "+36 (1) 555/0100",
        "+36305550100",
        "MIX-2",
        "RAW-BEEF-001",
        "a-b, c",
        "5 + 3",
        "me@plant.example",
        "weight = 5",
        "",
        None,
        -2,
        1.5,
        Decimal("-0.5"),
        True,
    ],
)
def test_what_is_no_formula_stays_as_it_is(value) -> None:
    assert harmless(value) == value


@each_of(
    "value", ["+36 30 555 0100+1", "+A1", "+36", "-36 30 555 0100", "=36305550100", "+363055A100"]
)
def test_only_a_phone_number_may_begin_with_a_plus(value) -> None:
    assert harmless(value) == f"'{value}"


def test_headings_are_defused_and_times_are_iso() -> None:
    written = csv_text([{"=1": datetime(2026, 1, 1, tzinfo=UTC)}], ["=1"])

    assert written == "'=1\r\n2026-01-01T00:00:00+00:00\r\n"


def test_tables_offer_no_csv_of_their_own() -> None:
    """Streamlit's own leaves formulas as they are."""
    file = Path(__file__).resolve().parents[3] / ".streamlit" / "config.toml"

    assert tomllib.loads(file.read_text(encoding="utf-8"))["client"]["disableDataExport"] is True
