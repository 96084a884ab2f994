"""A trace tells suspect loaves and litres on every paper that it fills, unlike units apart."""

import csv
import io
import zipfile
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest

from dashboards.exports import trace_page
from dashboards.exports.trace_page import page
from dashboards.exports.trace_workbook import workbook
from dashboards.views.downloads import csv_bytes
from dashboards.views.genealogy import customers_reached, summary
from dashboards.views.here import by_place, here_words
from dashboards.views.trace_nodes import drawing_of
from dashboards.views.trace_option import option
from dashboards.views.trace_tables import LOT_COLUMNS
from sql.genealogy.trace import Trace, trace
from sql.genealogy.whereabouts import Whereabouts, whereabouts
from sql.vocabulary import Direction
from tests.counted_plants import register_counted
from tests.presence import present

ZONE = ZoneInfo("Europe/Budapest")


@pytest.fixture
def answer(record, people) -> tuple[Trace, Whereabouts]:
    with record.transaction() as transaction:
        register_counted(transaction, people)
    with record.snapshot() as snapshot:
        found = present(trace(snapshot, "FLOUR", Direction.FORWARD))
        return found, whereabouts(snapshot, found.lots, found.shipments)


def test_the_answer_in_a_line_says_pieces_and_litres_apart(answer) -> None:
    assert summary(answer[0]) == (
        "FLOUR touches 2 other lots; 50 pcs of FLOUR itself and of what was made from it went to "
        "1 customer. 10 pcs of that came back. Of FLOUR, in itself and in what was made from it, "
        "30 l + 80 pcs are still here."
    )


def test_what_is_here_is_said_in_its_units(answer) -> None:
    _found, where = answer
    (row,) = by_place(where.here)

    assert here_words(where.here) == "2 lots here to hold: 30 l + 160 pcs."
    assert row["on_hand_in_units"] == "30 l + 160 pcs"
    assert row["suspect_on_hand_in_units"] == "30 l + 80 pcs"


def test_a_lot_at_two_places_is_told_in_pieces_at_each(answer) -> None:
    """Of 160 loaves 80 are suspect: of the 100 in the cold at least 20, of the 60 at most 60."""
    _found, where = answer
    (lot,) = (lot for lot in where.here if lot["lot_code"] == "LOAVES")
    unknown = {"on_hand_kg": None, "on_hand_at_most_kg": None, "on_hand_at_least_kg": None}
    parts = [
        {"place": place, "place_code": place, **unknown, "on_hand_quantity": D(count)}
        for place, count in (("Cold", 100), ("Shop", 60))
    ]

    rows = by_place([{**lot, "at_places": parts}])

    assert [(row["place"], row["on_hand_in_units"]) for row in rows] == [
        ("Cold", "100 pcs"),
        ("Shop", "60 pcs"),
    ]
    assert [row["suspect_on_hand_in_units"] for row in rows] == ["at most 80 pcs", "at most 60 pcs"]


def test_a_customer_is_told_how_many_pieces_to_look_for(answer) -> None:
    (customer,) = customers_reached(answer[0].shipments)

    assert customer["quantity_kg"] is None
    said = {name: customer[f"{name}_in_units"] for name in ("quantity", "returned", "away")}
    assert said == {"quantity": "50 pcs", "returned": "10 pcs", "away": "40 pcs"}


def test_the_drawing_says_of_a_lot_how_many_pieces_are_suspect(answer) -> None:
    nodes = option(drawing_of(answer[0], ZONE))["series"][0]["data"]

    names = {node["name"].split(" · ")[0]: node["name"] for node in nodes}
    assert "200 pcs · suspect 100 pcs" in names["LOAVES"]
    assert "30 l · suspect 30 l" in names["DRINK"]


@pytest.fixture
def written(monkeypatch) -> list[str]:
    """Collect what is written on a page, as text."""
    said: list[str] = []
    for name in ("drawString", "drawRightString"):
        plain = getattr(trace_page.Canvas, name)

        def noted(self, x, y, text, plain=plain):
            said.append(text)
            return plain(self, x, y, text)

        monkeypatch.setattr(trace_page.Canvas, name, noted)
    return said


def test_the_page_tells_a_stage_in_each_of_its_units(answer, written) -> None:
    found, where = answer
    page(found, customers_reached(found.shipments), {}, ["What it comes to."], where)

    at = written.index("MIX")
    rows = [written[at + n : at + n + 5] for n in (0, 5, 10)]
    assert rows[0] == ["MIX", "2", "unknown", "unknown", "unknown"]
    assert rows[1:] == [
        ["", "1", "30 l", "30 l", "30 l"],
        ["", "1", "200 pcs", "100 pcs", "80 pcs"],
    ]
    shop = written.index("Shop")
    assert written[shop : shop + 6] == ["Shop", "unknown", "1", "", "", "40 pcs"]


def test_the_workbook_and_the_csv_have_columns_for_them(answer) -> None:
    found, where = answer
    whole = workbook(found, customers_reached(found.shipments), {}, ZONE, where)
    with zipfile.ZipFile(io.BytesIO(whole)) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
    for heading in ("Suspect quantity", "Suspect on hand quantity", "Suspect shipped quantity"):
        assert f"<t>{heading}</t>" in texts
    assert "<t>40 pcs</t>" in texts

    lots = csv.DictReader(csv_bytes(found.lots, LOT_COLUMNS, ZONE).decode("utf-8-sig").splitlines())
    told = {row["lot_code"]: (row["suspect_quantity"], row["unit"]) for row in lots}
    assert told == {"FLOUR": ("", ""), "LOAVES": ("100.000", "pcs"), "DRINK": ("30.000", "l")}
