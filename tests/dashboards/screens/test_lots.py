"""The lots screen finds lots, opens one, and acts on it."""

import math
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from tests.engines import ask
from tests.plants import button


def codes(app) -> list[str]:
    return list(app.dataframe[0].value["lot_code"])


def test_nobody_signed_in_sees_nothing(screen, plant) -> None:
    app = screen("lots")
    app.session_state["lotline_session_token"] = None
    app.run()

    assert not app.title and not app.dataframe


def test_an_empty_record_says_what_to_do(screen) -> None:
    assert "Register the first, or bring in files on *Import*" in screen("lots").info[0].value


def test_part_of_a_code_finds_its_lots(screen, plant) -> None:
    app = screen("lots")
    app.text_input(key="lots_search").input("raw-").run()

    assert sorted(codes(app)) == ["RAW-BEEF-001", "RAW-SPICE-001"]


def test_the_list_is_as_known_at_the_moment_chosen_and_a_moment_ahead_is_refused(
    screen, plant
) -> None:
    today = datetime.now(ZoneInfo("Europe/Budapest")).date()
    app = screen("lots")

    def choose(day: date | None, clock: time | None) -> None:
        app.date_input(key="as_of_day").set_value(day)
        app.time_input(key="as_of_time").set_value(clock)
        app.button(key="as_of_show").click().run()

    choose(today - timedelta(days=1), time(12))
    assert "not as now" in app.warning[0].value
    assert not app.dataframe  # the plant's lots were recorded today
    app.button(key="as_of_now").click().run()
    assert len(codes(app)) == 4 and not app.warning

    for clock, said in ((None, "Choose a day and a time"), (time(23, 59, 59), "lies ahead")):
        choose(today, clock)
        assert said in app.error[0].value and len(codes(app)) == 4


def test_filters_narrow_the_list(screen, plant) -> None:
    app = screen("lots")
    app.selectbox(key="lots_state").select("released").run()
    assert codes(app) == ["FG-DONER-X1"]
    app.selectbox(key="lots_type").select("RAW").run()
    assert "No lot matches" in app.info[0].value


def test_a_scanned_code_opens_its_lot(screen, plant) -> None:
    app = screen("lots")
    app.text_input(key="lots_search").input("MIX-BATCH-88").run()

    assert app.header[0].value == "MIX-BATCH-88"
    assert [metric.value for metric in app.metric] == ["540 kg", "530 kg", "10 kg"]


def test_a_code_that_a_supplier_has_too_opens_nothing(screen, record, people, plant) -> None:
    with record.transaction() as transaction:
        for code, supplier_lot in (("R-1", "P 4471"), ("R-2", "R-1"), ("R-3", "p-4471")):
            register_lot(
                transaction,
                by=people["MANAGER"],
                lot_code=code,
                weight_kg=1,
                supplier_code="SUP",
                supplier_lot_code=supplier_lot,
            )
    app = screen("lots")
    app.text_input(key="lots_search").input("R-1").run()
    assert sorted(codes(app)) == ["R-1", "R-2"]

    app.text_input(key="lots_search").input("P-4471").run()
    assert sorted(codes(app)) == ["R-1", "R-3"]

    app.text_input(key="lots_search").input("R-2").run()
    assert app.header[0].value == "R-2"


def test_a_lots_label_is_shown_and_its_code_finds_the_lot(screen, plant) -> None:
    app = screen("lots", lot="MIX-BATCH-88")
    label = next(one.label for one in app.expander if one.label.startswith("Label L"))

    found = screen("trace", find=label.removeprefix("Label "))
    assert "MIX-BATCH-88 touches" in found.text[0].value


def test_what_is_left_after_an_unknown_amount_is_at_most(screen, plant, record, people) -> None:
    """Of RAW-SPICE-001 10 kg are left; then an unknown amount goes into FG-DONER-X1."""
    with record.transaction() as transaction:
        link_lots(
            transaction,
            by=people["MANAGER"],
            parent_lot_code="RAW-SPICE-001",
            child_lot_code="FG-DONER-X1",
        )
    opened = screen("lots", lot="RAW-SPICE-001")
    listed = screen("lots").dataframe[0].value
    traced = screen("trace", lot="RAW-SPICE-001")

    said = [metric.value for metric in opened.metric]
    assert said == ["50 kg", "at least 40 kg", "at most 10 kg"]
    spice = listed[listed["lot_code"] == "RAW-SPICE-001"].iloc[0]
    assert math.isnan(spice["on_hand_kg"]) and spice["on_hand_at_most_kg"] == 10
    beef = listed[listed["lot_code"] == "RAW-BEEF-001"].iloc[0]
    assert beef["on_hand_kg"] == 0 and math.isnan(beef["on_hand_at_most_kg"])
    assert not traced.success and "at most the rest" in traced.warning[0].value
    # With it, 10 kg of the mix and 230 of the finished lot.
    assert any("3 lots here to hold: at most 250 kg." in one.value for one in traced.text)


def test_a_parent_is_added_and_the_lot_drawn_anew(screen, plant) -> None:
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="parent_code").input("RAW-SPICE-001")
    app.text_input(key="parent_kg").input("4")
    button(app, "parent_save").click().run()

    assert "RAW" in app.success[0].value
    assert any("RAW-SPICE-001" in list(frame.value.get("lot_code", [])) for frame in app.dataframe)


def test_a_refusal_is_shown_and_what_was_typed_stays(screen, plant) -> None:
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="parent_code").input("RAW-SPICE-001")
    app.text_input(key="parent_kg").input("11")
    button(app, "parent_save").click().run()

    assert "10 kg left" in app.error[0].value
    assert app.text_input(key="parent_kg").value == "11"


def test_a_shipment_is_recorded(screen, plant) -> None:
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="ship_code").input("SH-2")
    app.selectbox(key="ship_customer").select("CUS")
    app.text_input(key="ship_kg").input("230")
    button(app, "ship_save").click().run()

    assert app.metric[2].value == "0 kg"


def test_a_reading_outside_its_limit_is_marked(screen, plant) -> None:
    app = screen("lots", "OPERATOR", lot="MIX-BATCH-88")
    app.text_input(key="reading_characteristic").input("mix_time")
    app.text_input(key="reading_value").input("35")
    app.text_input(key="reading_unit").input("min")
    app.selectbox(key="reading_gate").select(4)
    button(app, "reading_save").click().run()

    assert "✕ outside" in str([frame.value.to_dict() for frame in app.dataframe])


@pytest.mark.parametrize(
    ("typed", "gate", "said"),
    [
        (("mix_time", "45", "min"), 4, "✓ within"),  # at least 40 minutes
        (("mix_time", ">30", "min"), 4, "? can't be said"),
        (("mix_time", "45", "min"), None, "✓ within"),
        (("pH", "6.2", "1"), 4, "– no limit"),
    ],
)
def test_only_a_reading_with_a_limit_is_within_it(screen, plant, typed, gate, said) -> None:
    app = screen("lots", "OPERATOR", lot="MIX-BATCH-88")
    for name, text in zip(("characteristic", "value", "unit"), typed, strict=True):
        app.text_input(key=f"reading_{name}").input(text)
    app.selectbox(key="reading_gate").select(gate)
    button(app, "reading_save").click().run()

    readings = next(one.value for one in app.dataframe if "within" in one.value)
    assert readings["within"].tolist() == [said]
    assert ("No limit says" in app.success[0].value) is (said == "– no limit")
    assert any("mix time ≥ 40 min" in one.value.replace("\\", "") for one in app.caption)


def test_a_result_outside_its_limit_holds_the_lot_and_says_so(screen, plant, record) -> None:
    app = screen("lots", "OPERATOR", lot="MIX-BATCH-88")
    for name, text in (("characteristic", "mix_time"), ("value", "35"), ("unit", "min")):
        app.text_input(key=f"reading_{name}").input(text)
    app.selectbox(key="reading_gate").select(4)
    button(app, "reading_save").click().run()

    assert app.success[0].value.replace("\\", "") == (
        "The reading is recorded, and the lot is on HOLD for it: "
        "mix time 35 min: outside the limit ≥ 40 min."
    )
    assert not any("Hold the lot?" in one.value for one in app.error)
    with record.snapshot() as snapshot:
        assert snapshot.one("lot_shown", lot_code="MIX-BATCH-88")["disposition"] == "hold"


def test_an_older_result_outside_its_limit_asks_for_a_hold_until_one_answers_it(
    screen, plant, record, people
) -> None:
    """An import holds no lot about which somebody decided since: it asks."""
    with record.transaction() as transaction:
        ask(
            transaction,
            "insert into facts.readings (lot_id, characteristic, word, unit, happened_at)"
            " select lot_id, 'Listeria monocytogenes', 'detected', 'in 25 g', happened_at"
            " from facts.lots where lot_code = 'MIX-BATCH-88'",
        )

    said = "Listeria monocytogenes detected in 25 g. Hold the lot?"
    assert any(said in one.value for one in screen("lots", lot="MIX-BATCH-88").error)
    for decision, is_said in (("PASS", True), ("HOLD", False)):
        with record.transaction() as transaction:
            decide(
                transaction,
                by=people["AUDITOR"],
                lot_code="MIX-BATCH-88",
                decision=decision,
                notes="waits for the second sample",
            )
        errors = [one.value for one in screen("lots", "VIEWER", lot="MIX-BATCH-88").error]
        assert any(said in one for one in errors) == is_said, decision


def test_a_viewer_gets_no_forms(screen, plant) -> None:
    app = screen("lots", "VIEWER", lot="FG-DONER-X1")

    assert not app.text_input and not app.selectbox
    assert [one.key for one in app.button if (one.key or "").endswith("_save")] == []


def test_an_unknown_code_says_so(screen, plant) -> None:
    assert "No lot carries" in screen("lots", lot="NOBODY").warning[0].value


def test_the_second_page_goes_on_where_the_first_ended(screen, record, people) -> None:
    from datetime import UTC, datetime, timedelta

    begin = datetime(2026, 1, 1, tzinfo=UTC)
    with record.transaction() as transaction:
        rows = [(f"L{number:03}", begin + timedelta(hours=number)) for number in range(60)]
        transaction.copy("facts.lots", ["lot_code", "happened_at"], rows)
    app = screen("lots")
    assert any("60 lots" in caption.value for caption in app.caption)
    first = codes(app)
    app.session_state["lots_page"] = 2
    app.run()

    assert (first[0], first[-1], codes(app)[0], len(codes(app))) == ("L059", "L010", "L009", 10)


def test_a_shipment_typed_again_is_asked_about_where_the_person_looks(screen, plant) -> None:
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")

    def ship() -> None:
        app.text_input(key="ship_code").input("SH-3")
        app.selectbox(key="ship_customer").select("CUS")
        app.text_input(key="ship_kg").input("10")
        button(app, "ship_save").click().run()

    ship()
    assert "SH-3 is recorded" in app.success[0].value
    ship()
    asked = "Shipment SH-3 has lot FG-DONER-X1 with 10 kg already."
    assert app.warning[0].value.replace("\\", "") == asked
    assert not app.checkbox(key="ship_confirmed").value
    assert app.text_input(key="ship_code").value == "SH-3"

    app.checkbox(key="ship_confirmed").check()
    button(app, "ship_save").click().run()
    assert "SH-3 is recorded" in app.success[0].value
    assert all(box.key != "ship_confirmed" for box in app.checkbox)


def test_a_manager_voids_a_shipment_and_then_the_lot_says_so(screen, plant, record) -> None:
    app = screen("lots", lot="FG-DONER-X1")
    shipments = [key for key in app.selectbox(key="void_fact").options if "Shipment" in str(key)]
    assert shipments
    app.session_state["void_fact"] = ("shipment", 1)
    app.text_input(key="void_reason").input("typed for the wrong lot")
    button(app, "void_save").click().run()

    assert "The shipment is voided." in app.success[0].value
    assert app.metric[2].value == "530 kg"


def test_the_address_says_what_the_list_was_asked_for(screen, plant) -> None:
    app = screen("lots")
    app.text_input(key="lots_search").input("raw-").run()
    app.selectbox(key="lots_type").select("RAW").run()
    assert {name: app.query_params[name] for name in ("q", "type")} in (
        {"q": "raw-", "type": "RAW"},
        {"q": ["raw-"], "type": ["RAW"]},
    )


def test_back_and_bookmarks_find_the_same_list(screen, plant) -> None:
    app = screen("lots", q="raw-", state="pending", product="NOBODY", page="x")

    assert sorted(codes(app)) == ["RAW-BEEF-001", "RAW-SPICE-001"]
    assert app.text_input(key="lots_search").value == "raw-"


def test_closing_a_lot_goes_back_to_the_list_as_it_was_searched(screen, plant) -> None:
    app = screen("lots", q="raw-", lot="RAW-BEEF-001")
    app.button(key="lots_close").click().run()
    assert sorted(codes(app)) == ["RAW-BEEF-001", "RAW-SPICE-001"]

    app = screen("lots")
    app.text_input(key="lots_search").input("MIX-BATCH-88").run()
    app.button(key="lots_close").click().run()
    assert len(codes(app)) == 4
    assert app.text_input(key="lots_search").value == ""
