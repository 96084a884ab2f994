"""Every password field stands in a form: elsewhere the browser keeps its text back on Tab."""

import re
from pathlib import Path

from tests.cases import each_of

DASHBOARDS = Path(__file__).resolve().parents[3] / "dashboards"
PLACE = DASHBOARDS / "views" / "passwords.py"


def drawn(screen, name: str):
    if name == "qc_decisions":
        app = screen(name, lot="RAW-BEEF-001")
        app.session_state["qc_decision_1"] = "FAIL"
        return app.run()
    return screen(name, "ADMIN", **({"lot": "FG-DONER-X1"} if name in ("lots", "trace") else {}))


@each_of(
    "name, count", [("account", 3), ("people", 2), ("qc_decisions", 1), ("lots", 2), ("trace", 1)]
)
def test_each_password_field_of_a_screen_is_in_a_form(screen, plant, name, count) -> None:
    fields = [field for field in drawn(screen, name).text_input if field.proto.type == 1]

    assert [bool(field.proto.form_id) for field in fields] == [True] * count, name


def test_one_module_draws_password_fields() -> None:
    """The screens above are all of them: whoever draws one elsewhere is found here."""
    draws = re.compile(r"type\s*=\s*[\"']password")
    calls = re.compile(r"password_field\(")
    files = [*DASHBOARDS.rglob("*.py")]

    assert [file for file in files if draws.search(file.read_text("utf-8"))] == [PLACE]
    assert {file.stem for file in files if calls.search(file.read_text("utf-8"))} == {
        "passwords",
        "sign_in",
        "account",
        "people",
        "decision_form",
        "correction_forms",
        "hold_form",
        "origin",
        "rework_form",
        "movement_form",
    }


def test_a_refused_password_does_not_stay_in_its_field(screen, plant) -> None:
    app = drawn(screen, "people")
    app.text_input(key="people_email").input("new@demo.example")
    app.text_input(key="people_password").input("short")
    app.button(key="people_save").click().run()

    assert app.error and app.text_input(key="people_password").value == ""
    assert app.text_input(key="people_email").value == "new@demo.example"
