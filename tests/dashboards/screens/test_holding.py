"""The trace says what to hold and whom to call, and holds what is here at one click, signed."""

from datetime import UTC, datetime

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import Parent, register_lot
from tests.databases import PASSWORD
from tests.plants import button

WHY = "Salmonella in the beef of Monday"


@pytest.fixture
def contacts(record, people, plant) -> None:
    """Add to the plant a lot that somebody delivered, with phones in the record."""
    with record.transaction() as transaction:
        transaction.copy(
            "facts.partners",
            ["partner_code", "name", "role", "phone", "email"],
            [("ZALA", "Zala Farm", "SUPPLIER", "+36 30 555 0100", "lots@zala.example")],
        )
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="RAW-9",
            lot_type="RAW",
            weight_kg=70,
            supplier_code="ZALA",
            supplier_lot_code="P-4471",
            metadata={"place": "cold store 2"},
        )


def frame_with(app, column: str):
    return next(one.value for one in app.dataframe if column in one.value)


def texts(app) -> list[str]:
    return [one.value for one in app.text]


def hold(app, reason: str = WHY, password: str = PASSWORD):
    app.text_input(key="hold_reason").input(reason)
    app.text_input(key="hold_password").input(password)
    button(app, "hold_save").click().run()
    assert not app.exception
    return app


def dispositions(record) -> dict[str, str]:
    codes = ["RAW-BEEF-001", "MIX-BATCH-88", "FG-DONER-X1", "RAW-SPICE-001"]
    with record.transaction() as transaction:
        return {code: transaction.one("lot_shown", lot_code=code)["disposition"] for code in codes}


def test_a_trace_says_what_to_hold_here_by_place_and_kilograms(screen, contacts) -> None:
    app = screen("trace", lot="RAW-9")

    assert "1 lot here to hold: 70 kg." in texts(app)
    places = frame_with(app, "place")
    assert places.loc[0, ["place", "standing"]].tolist() == ["cold store 2", "as received"]
    assert places.loc[0, "on_hand_kg"] == 70


def test_a_place_that_nobody_recorded_is_said_to_be_so(screen, plant) -> None:
    places = frame_with(screen("trace", lot="MIX-BATCH-88"), "place")

    assert set(places["place"]) == {"not recorded"}
    assert places["standing"].tolist() == ["finished", "in process"]
    assert places["on_hand_kg"].tolist() == [230, 10]


def test_a_trace_back_names_the_supplier_with_phone_and_own_lot(screen, contacts) -> None:
    suppliers = frame_with(screen("trace", lot="RAW-9"), "supplier_lot_code")

    row = suppliers.iloc[0]
    assert (row["supplier_name"], row["supplier_lot_code"], row["phone"], row["email"]) == (
        "Zala Farm",
        "P-4471",
        "+36 30 555 0100",
        "lots@zala.example",
    )


def test_one_click_holds_everything_here_and_nothing_else(screen, plant, record) -> None:
    app = hold(screen("trace", "AUDITOR", lot="RAW-BEEF-001"))

    assert "2 lots on HOLD now, signed by" in app.success[0].value
    assert dispositions(record) == {
        "RAW-BEEF-001": "pending",  # used up
        "MIX-BATCH-88": "hold",
        "FG-DONER-X1": "hold",
        "RAW-SPICE-001": "pending",  # another ingredient, not made from the beef
    }
    # Nothing is left to hold, so nothing offers it.
    assert "2 lots here: 240 kg; all on HOLD or rejected already." in texts(app)
    assert not [one for one in app.button if (one.key or "").startswith("hold_save")]


def test_without_the_password_nothing_is_held_and_the_reason_stays(screen, plant, record) -> None:
    for given in ("", "not the password"):
        app = hold(screen("trace", lot="RAW-BEEF-001"), password=given)

        assert "password" in app.error[0].value
        assert app.text_input(key="hold_reason").value == WHY
        assert "hold" not in dispositions(record).values()


def test_a_lot_made_since_the_person_looked_stops_the_hold(screen, plant, record, people) -> None:
    app = screen("trace", lot="MIX-BATCH-88")
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="FG-LATE",
            weight_kg=5,
            parents=[Parent("MIX-BATCH-88", 5)],
        )
    hold(app)

    assert "FG-LATE came into it" in app.error[0].value
    assert "hold" not in dispositions(record).values()
    assert "3 lots here to hold" in " ".join(texts(app))


def test_lots_stopped_before_are_named(screen, plant, record, people) -> None:
    with record.transaction() as transaction:
        decide(
            transaction,
            by=people["MANAGER"],
            lot_code="MIX-BATCH-88",
            decision="HOLD",
            notes="metal was found",
        )
    app = screen("trace", lot="MIX-BATCH-88")
    assert "2 lots here: 240 kg; 1 on HOLD or rejected already; 1 lot to hold." in texts(app)
    assert button(app, "hold_save").label == "Hold 1 lot here"
    app = hold(app)

    assert "1 lot on HOLD now" in app.success[0].value
    assert "Held as a whole already: MIX-BATCH-88." in app.success[0].value.replace("\\", "")


def test_who_only_reads_sees_what_is_here_and_no_button(screen, plant) -> None:
    app = screen("trace", "VIEWER", lot="MIX-BATCH-88")

    assert "2 lots here to hold: 240 kg." in texts(app)
    assert not [one for one in app.button if (one.key or "").startswith("hold_save")]


def test_the_past_can_be_read_and_not_held(screen, plant) -> None:
    app = screen("trace", lot="MIX-BATCH-88", as_of=datetime.now(UTC).isoformat())

    assert "2 lots here to hold: 240 kg." in texts(app)
    assert not [one for one in app.button if (one.key or "").startswith("hold_save")]
