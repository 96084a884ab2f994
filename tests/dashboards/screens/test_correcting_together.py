"""The form "Correct this lot": what others did meanwhile stays, and so does what nobody typed."""

from datetime import UTC, datetime, time

import pytest

from dashboards.commands.corrections import Corrected
from dashboards.commands.lots import register_lot
from tests.plants import button, correct_as_known

WHY = "typed at the wrong terminal"


def reads(record, code="RAW-SPICE-001"):
    with record.transaction() as transaction:
        return transaction.one("lot_shown", lot_code=code)


def send(app, **typed):
    for name, value in typed.items():
        app.text_input(key=f"correct_{name}").input(str(value))
    app.text_input(key="correct_reason").input(WHY)
    return button(app, "correct_save").click().run()


def correct_elsewhere(record, by, weight_kg) -> None:
    with record.transaction() as transaction:
        lot = transaction.one("lot_shown", lot_code="RAW-SPICE-001")
        correct_as_known(
            transaction,
            by=by,
            lot_code="RAW-SPICE-001",
            reason=WHY,
            corrected=Corrected(None, weight_kg, None, None, lot["happened_at"]),
        )


def test_a_form_filled_before_another_corrected_does_not_undo_it(
    screen, plant, record, people
) -> None:
    app = screen("lots", lot="RAW-SPICE-001")
    correct_elsewhere(record, people["ADMIN"], 48)
    send(app, temperature_c=4.0)

    assert "was corrected meanwhile" in app.error[0].value and "by Admin" in app.error[0].value
    assert reads(record)["weight_kg"] == 48
    # The form now shows what the other wrote; the reason stays typed.
    assert app.text_input(key="correct_weight_kg").value == "48"
    assert app.text_input(key="correct_reason").value == WHY

    send(app, temperature_c=4.0)
    assert "corrected" in app.success[0].value
    assert (reads(record)["weight_kg"], reads(record)["temperature_c"]) == (48, 4)


def test_one_person_corrects_twice_in_a_row(screen, plant, record) -> None:
    app = screen("lots", lot="RAW-SPICE-001")
    send(app, weight_kg=48.0)
    send(app, weight_kg=47.0)

    assert not app.error and reads(record)["weight_kg"] == 47


@pytest.mark.parametrize(
    "happened_at",
    [
        datetime(2026, 1, 15, 8, 30, 17, 123456, tzinfo=UTC),
        # The second of the two hours that autumn's clock shows as 02:30.
        datetime(2025, 10, 26, 1, 30, 17, tzinfo=UTC),
    ],
)
def test_a_time_nobody_touched_stays_to_the_second(
    screen, plant, record, people, happened_at
) -> None:
    with record.transaction() as transaction:
        register_lot(
            transaction, by=people["OPERATOR"], lot_code="OLD", weight_kg=9, happened_at=happened_at
        )
    app = screen("lots", lot="OLD")
    send(app, temperature_c=4.0)

    assert reads(record, "OLD")["temperature_c"] == 4
    assert reads(record, "OLD")["happened_at"] == happened_at


def test_a_time_typed_anew_is_taken_to_the_minute(screen, plant, record, people) -> None:
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="OLD",
            weight_kg=9,
            happened_at=datetime(2026, 1, 15, 8, 30, 17, tzinfo=UTC),
        )
    app = screen("lots", lot="OLD")
    app.time_input(key="correct_time").set_value(time(9, 31))
    send(app)

    assert reads(record, "OLD")["happened_at"] == datetime(2026, 1, 15, 8, 31, tzinfo=UTC)


def test_a_form_left_and_opened_again_is_filled_again(screen, plant, record) -> None:
    app = screen("lots", lot="RAW-SPICE-001")
    app.button(key="lots_close").click().run()
    app.query_params["lot"] = "RAW-SPICE-001"
    app.run()

    assert app.text_input(key="correct_weight_kg").value == "50"
    send(app, temperature_c=4.0)
    assert (reads(record)["weight_kg"], reads(record)["temperature_c"]) == (50, 4)
