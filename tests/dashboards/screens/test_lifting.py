"""Where a HOLD or FAIL stands opens, is shown with its reason, and is lifted there, signed."""

import pytest

from dashboards.commands.decisions import decide as decide_about
from dashboards.commands.holds import hold_lots
from tests.plants import button, gate_id_of, just_confirmed

FG, SHIPMENT, NONE = 8, 10, 0
CODE = "FG-DONER-X1"
GLASS = "glass found at line 2"
FINE = "core temperature checked"
PASSWORD = "lotline-demo"


@pytest.fixture
def hold(plant, record, people):
    """Return a function that holds a lot, at a gate or as such from a trace."""

    def at(number: int | None = None, code: str = CODE) -> int:
        by = people["OPERATOR"]
        with record.transaction() as transaction:
            if number is None:
                hold_lots(
                    transaction,
                    by=by,
                    lot_codes=[code],
                    still_here=lambda: [code],
                    reason=GLASS,
                    confirmation=just_confirmed(by),
                )
                return NONE
            found = gate_id_of(transaction, number)
            decide_about(
                transaction,
                by=by,
                lot_code=code,
                decision="HOLD",
                gate_id=found,
                notes=GLASS,
                temperature_c=-20,
            )
            return found

    return at


def scan(app, code: str = CODE):
    app.text_input(key="qc_scan").input(code)
    return app.run()


def fill(app, gate: int, decision: str = "PASS", notes: str = FINE):
    for box in app.checkbox:
        box.check()
    app.text_area(key=f"qc_notes_{gate}").input(notes)
    app.session_state[f"qc_decision_{gate}"] = decision
    return app.run()


def save(app, gate: int):
    app.text_input(key=f"qc_password_{gate}").input(PASSWORD)
    return button(app, "qc_save").click().run()


def said(app) -> str:
    parts = [*app.error, *app.warning, *app.info, *app.success, *app.caption, *app.markdown]
    return " ".join(part.value for part in parts).replace("\\", "")


def disposition(record) -> str:
    with record.transaction() as transaction:
        return transaction.one("lot_shown", lot_code=CODE)["disposition"]


def test_a_hold_saved_while_a_pass_was_filled_in_refuses_it_and_is_shown(
    screen, hold, record
) -> None:
    app = fill(scan(screen("qc_decisions", "ADMIN")), FG)
    hold(8)
    save(app, FG)

    assert GLASS in app.error[0].value and "Nothing was saved" in app.error[0].value
    assert disposition(record) == "hold"
    assert any(GLASS in one.value for one in app.warning)
    assert app.text_area(key="qc_notes_8").value == FINE
    save(app, FG)
    assert "lifts a HOLD" in app.success[0].value
    assert disposition(record) == "released"


def test_a_hold_of_the_lot_as_such_opens_and_is_lifted_signed(screen, hold, record) -> None:
    hold()
    app = scan(screen("qc_decisions"))

    assert app.session_state["qc_gate"] == NONE
    assert GLASS in said(app) and "waits nowhere" not in said(app)
    save(fill(app, NONE), NONE)
    assert "lifts a HOLD" in app.success[0].value and "Released" in app.success[0].value
    assert disposition(record) == "released"
    assert app.session_state["qc_gate"] is None


def test_a_hold_at_the_gate_of_shipment_opens_that_gate(screen, hold) -> None:
    gate = hold(10)
    app = screen("qc_decisions", lot=CODE)

    assert app.session_state["qc_gate"] == gate
    assert GLASS in said(app) and "waits nowhere" not in said(app)


def test_a_pass_at_the_last_gate_says_that_the_lot_stays_held(screen, hold, record) -> None:
    hold()
    app = screen("qc_decisions", lot=CODE)
    app.session_state["qc_gate"] = FG
    app.session_state["qc_lot_8"] = CODE
    app.run()
    assert GLASS in said(app)
    save(fill(app, FG), FG)

    words = app.warning[0].value.replace("\\", "")
    assert ": release" not in words and "On HOLD" in words
    assert disposition(record) == "hold"


def test_lots_held_as_such_are_listed_with_reason_and_person(screen, hold) -> None:
    assert "Held without a gate" not in said(screen("qc_decisions", "VIEWER"))
    hold()
    app = screen("qc_decisions", "VIEWER")

    assert "Held without a gate (1)" in said(app)
    (row,) = next(one.value for one in app.dataframe if "age_hours" in one.value).to_dict("records")
    assert (row["lot_code"], row["notes"], row["decided_by"]) == (CODE, GLASS, "Operator")


@pytest.mark.parametrize(
    ("number", "place"), [(None, "as such"), (8, "8 Final release"), (10, "10 Shipment")]
)
def test_the_lots_page_says_where_why_and_by_whom_it_is_held(screen, hold, number, place) -> None:
    hold(number)
    app = screen("lots", "VIEWER", lot=CODE)

    (stop,) = [one.value.replace("\\", "") for one in app.warning if "HOLD" in one.value]
    assert place in stop and GLASS in stop and "Operator" in stop


def test_an_operator_is_told_who_lifts_the_hold(screen, hold, record) -> None:
    hold()
    app = save(fill(scan(screen("qc_decisions", "OPERATOR")), NONE), NONE)

    assert CODE in app.error[0].value.replace("\\", "") and "manager" in app.error[0].value
    assert disposition(record) == "hold"


@pytest.mark.parametrize("code", ["SKW-", "(10)NOBODY"])
def test_a_scan_that_fails_leaves_no_lot_chosen(screen, plant, code) -> None:
    """Else a PASS goes to the lot before, under the warning about the one in hand."""
    app = scan(fill(scan(screen("qc_decisions")), FG), code)

    assert app.selectbox(key="qc_lot_8").value is None
    assert app.text_area(key="qc_notes_8").value == ""
    assert app.warning or app.error
