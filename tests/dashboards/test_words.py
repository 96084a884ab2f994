"""Times and words agree on every face: the floor's time in the site's zone, no code words."""

import csv
import io
import re
from datetime import UTC, datetime
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands import values
from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import BadValue, NotEnough, ParentNotUsable
from dashboards.commands.refusals.words import FIELDS
from dashboards.terminal.printing import in_words, in_zone
from dashboards.views.audit import changes
from dashboards.views.downloads import csv_bytes
from dashboards.views.genealogy import customers_reached
from dashboards.views.tables import frame
from tests.cases import each_of
from tests.engines import ask
from tests.house.source import files_of

BUDAPEST = ZoneInfo("Europe/Budapest")
AT = datetime(2026, 11, 26, 6, 50, tzinfo=UTC)
CODE_WORD = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


@each_of("field", list(FIELDS))
def test_a_refusal_names_an_input_as_people_call_it(field) -> None:
    said = str(BadValue(f"{field} must not be empty.", field=field))

    assert not CODE_WORD.search(said) and said[0].isupper(), said


def test_a_code_that_is_too_long_is_refused_in_a_person_s_words() -> None:
    with pytest.raises(BadValue, match="^Lot code has 313 characters; at most 250.$") as refused:
        values.code("x" * 313, "lot_code")
    assert refused.value.field == "lot_code"


def test_a_refusal_tells_the_time_on_the_floor_in_the_sites_zone(transaction, people) -> None:
    by = people["MANAGER"]
    for code in ("P", "C"):
        register_lot(transaction, by=by, lot_code=code, weight_kg=9999, happened_at=AT)
    with pytest.raises(NotEnough, match="Lot P has 9999 kg left; 10000 kg is too much"):
        link_lots(transaction, by=by, parent_lot_code="P", child_lot_code="C", quantity_kg=10000.0)
    decide(
        transaction, by=by, lot_code="P", decision="HOLD", notes="torn packaging", happened_at=AT
    )

    said = r"on HOLD since 2026-11-26 07:50 \(Europe/Budapest\) \(Manager\)"
    with pytest.raises(ParentNotUsable, match=said):
        link_lots(transaction, by=by, parent_lot_code="P", child_lot_code="C")


def test_one_module_writes_the_times_of_refusals() -> None:
    """And `values` shows how a program writes one, with its offset."""
    writes = {file.stem for file in files_of("dashboards/commands") if "%H" in file.read_text()}

    assert writes == {"wording", "values"}


def test_a_file_tells_times_as_the_site_s_clock_did_and_names_the_zone() -> None:
    rows = [{"lot_code": "L", "happened_at": AT, "disposition": "pending", "weight_kg": D("1.5")}]
    written = csv_bytes(rows, list(rows[0]), BUDAPEST).decode("utf-8-sig")

    assert list(csv.DictReader(io.StringIO(written))) == [
        {
            "lot_code": "L",
            "happened_at (Europe/Budapest)": "2026-11-26T07:50:00+01:00",
            "disposition": "Waiting",
            "weight_kg": "1.5",
        }
    ]


def test_a_terminal_says_states_and_times_as_the_screens_do() -> None:
    (row,) = in_words(in_zone([{"disposition": "pending", "happened_at": AT}]))

    assert (row["disposition"], str(row["happened_at"])) == ("Waiting", "2026-11-26 07:50:00+01:00")


def test_what_was_measured_is_said_without_underscores() -> None:
    shown = frame(
        [{"characteristic": "mix_temperature", "unit": "C"}], ["characteristic", "unit"], BUDAPEST
    )

    assert shown.rows() == [("mix temperature", "°C")]


def test_what_was_measured_is_kept_under_the_word_of_its_limit(transaction, people) -> None:
    by = people["OPERATOR"]
    register_lot(transaction, by=by, lot_code="L")
    for said, unit in [("Mix temperature", "°C"), ("pH", "1")]:
        record_reading(transaction, by=by, lot_code="L", characteristic=said, value=3, unit=unit)

    kept = ask(transaction, "select characteristic, unit from facts.readings order by reading_id")
    assert kept.fetchall() == [("mix_temperature", "C"), ("pH", "1")]


def test_an_entry_of_the_trail_names_fields_as_people_do() -> None:
    after = {"weight_kg": 5, "happened_at": "2026-11-26T06:50:00+00:00"}

    assert changes({"before": None, "after": after}, BUDAPEST) == [
        {"field": "Weight, kg", "old": "", "new": "5"},
        {"field": "When", "old": "", "new": "2026-11-26 07:50:00"},
    ]


def test_a_shipment_of_two_lots_is_one_shipment() -> None:
    lines = [
        {
            "customer_code": "C",
            "customer_name": "Cafe",
            "shipment_code": "S",
            "quantity_kg": D(kg),
            "returned_kg": D(2),
            "away_kg": D(kg - 2),
            "phone": None,
            "email": None,
            "suspects": (),
        }
        for kg in (5, 7)
    ]

    (customer,) = customers_reached(lines)
    assert (customer["shipments_count"], customer["quantity_kg"]) == (1, 12)
    assert (customer["returned_kg"], customer["away_kg"]) == (4, 8)
