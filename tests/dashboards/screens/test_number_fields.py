"""Every number that people type is kept as typed or refused under its field; none is changed."""

import re
from pathlib import Path

import pytest

from dashboards.reader import signs
from dashboards.views import number_fields
from tests.plants import button

DASHBOARDS = Path(__file__).resolve().parents[3] / "dashboards"


def test_no_screen_has_a_field_that_drops_signs_in_silence() -> None:
    dropping = [
        file.name
        for file in DASHBOARDS.rglob("*.py")
        if re.search(r"\.number_input\(|NumberInput", file.read_text(encoding="utf-8"))
    ]
    assert dropping == []


def test_a_decimal_comma_is_a_decimal_sign_in_every_number_of_a_new_lot(
    screen, plant, record
) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input("COMMA")
    app.text_input(key="new_weight_kg").input("25,5")
    app.text_input(key="new_temperature_c").input("\u221218,5")
    app.selectbox(key="new_parent").select("RAW-SPICE-001")
    app.button(key="new_parent_add").click().run()
    app.text_input(key="new_kg_RAW-SPICE-001").input("0,25")
    button(app, "new_register").click().run()

    assert "COMMA is registered" in app.success[0].value
    with record.transaction() as transaction:
        lot = transaction.one("lot_shown", lot_code="COMMA")
        (parent,) = transaction.all("parents_of_lot", lot_id=lot["lot_id"])
    assert (str(lot["weight_kg"]), str(lot["temperature_c"])) == ("25.500000", "-18.50")
    assert str(parent["quantity_kg"]) == "0.250000"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("<10", "Weight, kg must be a number such as 12.5 or 12,5, not '<10'."),
        ("(01)09506000134352", "must be a number such as"),
        ("25,500", "can be read in two ways. Type 25500 or 25.500."),
        ("1_000", "must be a number such as"),
        ("-1", "must be 0 to 999999999.999"),
    ],
)
def test_anything_else_is_refused_under_the_field_and_stays_there(
    screen, plant, record, typed, said
) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input("ODD")
    app.text_input(key="new_weight_kg").input(typed).run()
    assert any(said in error.value.replace("\\", "") for error in app.error)

    button(app, "new_register").click().run()
    assert any(said in error.value.replace("\\", "") for error in app.error)
    assert app.text_input(key="new_weight_kg").value == typed
    with record.transaction() as transaction:
        assert transaction.one("lot_shown", lot_code="ODD") is None


def test_what_a_reader_of_another_language_types_and_sees_has_that_languages_sign(
    monkeypatch,
) -> None:
    class Context:
        locale = None

    monkeypatch.setattr(number_fields.st, "context", Context)
    monkeypatch.setattr(signs, "_askers", [number_fields.reader_sign])  # as the app has it
    for locale, sign, shown in [
        ("hu-HU", ",", "25,5"),
        ("de", ",", "25,5"),
        ("de-CH", ".", "25.5"),
        ("en-GB", ".", "25.5"),
        (None, None, "25.5"),
    ]:
        Context.locale = locale
        assert (number_fields.reader_sign(), number_fields.number_shown(25.5)) == (sign, shown)
