"""What a table is handed: typed columns, so that sorting one goes by magnitude."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import polars as pl
import pytest
import streamlit as st

from dashboards.views.columns import column_shown
from dashboards.views.table_heights import height_of
from dashboards.views.tables import frame, local_of, table
from tests.cases import each_of

ZONE = ZoneInfo("Europe/Budapest")
AT = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


def ascending(name: str, *values: object) -> list:
    return frame([{name: value} for value in values], [name], ZONE)[name].sort().to_list()


@pytest.mark.parametrize("name", ["age_hours", "hours", "held_hours"])
def test_ten_days_come_after_two_hours(name) -> None:
    assert ascending(name, D("240"), D("2"), D("36.5")) == [2, 36.5, 240]


def test_gate_ten_comes_after_gate_two_and_before_none_is_lost() -> None:
    assert ascending("gate_number", D("10"), D("2"), D("4.5"), None) == [None, 2, 4.5, 10]


def test_a_moment_stays_a_moment_and_reads_as_the_sites_clock_says() -> None:
    earlier = AT - timedelta(days=300)
    moments = frame([{"held_at": AT}, {"held_at": earlier}], ["held_at"], ZONE)["held_at"]

    assert moments.dtype == pl.Datetime("us", "Europe/Budapest")
    assert [f"{one:%Y-%m-%d %H:%M}" for one in moments] == ["2026-01-16 00:30", "2025-03-22 00:30"]
    assert moments.sort()[0].astimezone(UTC) == earlier


def test_a_day_and_a_month_are_shown_as_that_and_sort_among_moments() -> None:
    rows = [
        {"happened_at": AT, "happened_until": None},
        {"happened_at": datetime(2026, 1, 14, 23, tzinfo=UTC), "happened_until": AT - HALF_HOUR},
        {
            "happened_at": datetime(2025, 12, 31, 23, tzinfo=UTC),
            "happened_until": datetime(2026, 1, 31, 23, tzinfo=UTC),
        },
    ]
    shown = frame(rows, ["happened_at"], ZONE)["happened_at"]
    assert shown.to_list() == ["2026-01-16 00:30", "2026-01-15", "2026-01"]
    assert shown.sort().to_list() == ["2026-01", "2026-01-15", "2026-01-16 00:30"]
    assert local_of(rows[1], ZONE) == "2026-01-15"


def test_both_hours_of_an_autumn_night_keep_their_order() -> None:
    """As text both read 02:30, and a table sorted by it would mix them."""
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)

    in_order = ascending("recorded_at", second, first)
    assert [one.astimezone(UTC) for one in in_order] == [first, second]


@each_of(
    ("name", "dtype"),
    [
        ("voided_at", pl.Datetime("us", "Europe/Budapest")),
        ("last_login", pl.Datetime("us", "Europe/Budapest")),
        ("received_on", pl.Date()),
        ("first_day", pl.Date()),
        ("hours", pl.Float64()),
        ("quantity_kg", pl.Float64()),
        ("gate_number", pl.Float64()),
        ("decision", pl.List(pl.String())),
        ("notes", pl.String()),
    ],
)
def test_a_column_in_which_nothing_is_known_keeps_its_type(name, dtype) -> None:
    """Else one page of a list sorts otherwise than the next."""
    if name == "decision":
        assert frame([], [name], ZONE)[name].dtype == dtype
    else:
        assert frame([{name: None}, {}], [name], ZONE)[name].dtype == dtype


@each_of(
    ("name", "value", "kind", "shown"),
    [
        ("happened_at", AT, "datetime", "YYYY-MM-DD HH:mm"),
        ("expires_on", date(2026, 2, 1), "date", "YYYY-MM-DD"),
        ("age_hours", D("1"), "number", "localized"),
        ("weight_kg", D("1"), "number", "localized"),
        ("temperature_c", D("1"), "number", "localized"),
        ("chance", 924, "number", "localized"),
        ("yield_ratio", 0.9, "number", "percent"),
    ],
)
def test_the_browser_is_told_how_to_write_each_type(name, value, kind, shown) -> None:
    column = frame([{name: value}], [name], ZONE)[name]
    told = column_shown(column, ZONE)["type_config"]

    assert (told["type"], told["format"]) == (kind, shown)
    assert told.get("timezone") == ("Europe/Budapest" if kind == "datetime" else None)


def test_values_of_two_kinds_in_one_column_are_shown_as_text() -> None:
    """Findings keep whatever a rule selected."""
    assert ascending("odd", "x", 3) == ["3", "x"]


def test_states_are_said_in_words_and_unknown_ones_too() -> None:
    rows = [
        {"disposition": "hold", "decision": "PASS", "within": False},
        {"disposition": None, "decision": "FAIL", "within": None},
    ]
    assert frame(rows, ["disposition", "decision", "within"], ZONE).rows() == [
        (["‖ On HOLD"], ["✓ PASS"], "✕ outside"),
        (["unknown"], ["✕ FAIL"], "– no limit"),
    ]


def test_what_streamlit_is_handed_is_the_typed_frame(monkeypatch) -> None:
    handed = []
    plain = st.dataframe
    monkeypatch.setattr(st, "dataframe", lambda data, **how: handed.append(data) or plain(data))
    table([{"hours": D(240)}, {"hours": D(2)}], ["hours"], ZONE, key="t")

    assert handed[0].sort("hours")["hours"].to_list() == [2, 240]


def shown(*columns: str, **row: object) -> dict:
    """Return how each column is shown of a table with this one row."""
    handed = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(st, "dataframe", lambda _data, **how: handed.update(how["column_config"]))
        table([row], columns, ZONE, key="t")
    return handed


def test_what_is_seldom_so_has_a_column_only_where_a_row_says_it() -> None:
    late = {"entered_at": AT + timedelta(days=3), "happened_at": AT}

    assert list(shown("lot_code", "late", lot_code="L1", entered_at=AT, happened_at=AT)) == [
        "lot_code"
    ]
    assert list(shown("lot_code", "late", lot_code="L1", **late)) == ["lot_code", "late"]


def test_of_many_columns_the_first_stays_in_view() -> None:
    many = ["lot_code", "what", "notes", "unit", "document", "sscc", "gtin"]

    told = shown(*many, **dict.fromkeys(many, "x"))
    assert [name for name in many if told[name]["pinned"]] == ["lot_code"]
    assert not shown("lot_code", "what", lot_code="L1", what="x")["lot_code"]["pinned"]


def test_a_text_column_is_as_wide_as_its_longest_text_up_to_a_bound() -> None:
    short, long = (shown("notes", notes="x" * signs)["notes"]["width"] for signs in (20, 500))

    assert 100 < short < long == 300


@pytest.mark.parametrize(
    ("name", "late", "signs"),
    [
        ("expires_on", date(2026, 12, 31), len("2026-12-31")),
        ("happened_at", AT, len("2026-01-15 23:30")),
        ("on_hand_kg", D("1234567.25"), len("1,234,567.250")),
        ("on_hand_kg", D("-24720"), len("-24,720")),
        ("lots_count", 1234567, len("1,234,567")),
    ],
)
def test_a_column_is_wide_enough_for_a_value_far_below_empty_rows(name, late, signs) -> None:
    """The browser looks at the first rows: it cut 2026-12-31 to 2026-12, as a month is written."""
    column = frame([*[{name: None}] * 20, {name: late}], [name], ZONE)[name]

    width = column_shown(column, ZONE)["width"]
    assert width >= 7 * signs + 24


def test_a_table_wider_than_the_page_leaves_room_for_the_bar_below_its_last_row() -> None:
    """Three rows and the headings of 35 pixels, 2 of the border; 18 of the bar."""
    narrow = pl.DataFrame({"lot_code": ["A", "B", "C"]})
    wide = narrow.with_columns(
        pl.lit("a long sentence, told in full").alias(f"c{n}") for n in range(6)
    )

    assert height_of(narrow, "content") == height_of(narrow, 260) == "content"
    assert height_of(wide, "content") == height_of(wide, "auto") == 3 * 35 + 35 + 2 + 18
    assert height_of(wide, 260) == 160 and height_of(wide, 100) == 100
    assert height_of(pl.concat([wide] * 4), "auto") == "auto"
