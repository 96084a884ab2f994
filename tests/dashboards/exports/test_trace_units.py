"""A trace's workbook and page name the units to find here, and those that left."""

import re
from zoneinfo import ZoneInfo

import pytest

from dashboards.exports import trace_page
from dashboards.exports.trace_page import page
from dashboards.exports.trace_units import to_find, units_words
from dashboards.exports.trace_workbook import workbook
from dashboards.views.genealogy import customers_reached
from sql.genealogy.trace import trace
from sql.genealogy.whereabouts import Whereabouts, whereabouts
from sql.vocabulary import Direction
from tests.dashboards.imports.workbooks import parts_of
from tests.packed_plants import CASE, GONE, PALLET, register_packed


@pytest.fixture
def answer(record, people):
    with record.transaction() as transaction:
        register_packed(transaction, people)
    with record.snapshot() as snapshot:
        found = trace(snapshot, "R", Direction.FORWARD)
        assert found is not None
        return found, whereabouts(snapshot, found.lots, found.shipments)


def test_a_workbook_has_a_sheet_of_units_and_names_them_beside_their_lots(answer) -> None:
    found, where = answer
    zone = ZoneInfo("Europe/Budapest")
    parts = parts_of(workbook(found, customers_reached(found.shipments), {}, zone, where))

    texts = re.findall(r"<t>([^<]*)</t>", parts["xl/sharedStrings.xml"].decode())
    for text in (CASE, PALLET, GONE, f"{GONE} (S-1)", "In units here", "On the floor as"):
        assert text in texts, text
    assert parts["xl/worksheets/sheet9.xml"].count(b"<row ") == 3


def test_a_page_names_the_units_to_find_and_counts_those_it_has_no_room_for(
    answer, monkeypatch
) -> None:
    found, where = answer
    said: list[str] = []
    monkeypatch.setattr(
        trace_page.Sheet, "wrapped", lambda self, text, *a, **more: said.append(text)
    )
    page(found, [], {}, [], where)
    assert any(f"1 unit left the plant. Units to find here: {PALLET}" in text for text in said)

    many = [{**where.units[0], "outermost_sscc": f"{n:018}"} for n in range(11)]
    assert str(to_find(many, 9)).endswith(f"{8:018}, and 2 more")
    assert to_find(where.units[1:], 9) is None
    assert units_words([]) == "By the record nothing of these lots was packed in a unit."


def test_a_page_of_nothing_packed_says_nothing_of_units(answer, monkeypatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        trace_page.Sheet, "wrapped", lambda self, text, *a, **more: said.append(text)
    )
    page(answer[0], [], {}, [], Whereabouts([], [], []))
    assert not any("unit" in text for text in said)
