"""A screen that stayed open after its person left: the click on it saves nothing, of nobody.

A click runs before the screen is drawn again, so it must ask anew who acts; the person that the
last drawing found may be signed out, switched off, in another role, or idle by now.
"""

import ast
from pathlib import Path

import pytest

from dashboards.commands.people import change_user
from dashboards.commands.sessions import end_session
from dashboards.sessions.current import TOKEN_KEY
from tests.engines import ask
from tests.plants import button

SCREENS = Path(__file__).resolve().parents[3] / "dashboards" / "screens"
PASSWORD = "lotline-demo"
WROTE = """
    select
        (select count(*) from facts.lots), (select count(*) from facts.lot_genealogy),
        (select count(*) from facts.qc_decisions), (select count(*) from facts.lot_corrections),
        (select count(*) from facts.readings), (select count(*) from users),
        (select count(*) from given_answers), (select count(*) from sign_in_failures),
        (select count(*) from run_requests), (select count(*) from sessions where ended_at is null),
        (select md5(string_agg(password_hash || role, '' order by user_id)) from users)
"""


def add_parent(screen):
    app = screen("lots", lot="RAW-BEEF-001")
    app.text_input(key="parent_code").input("RAW-SPICE-001")
    app.text_input(key="parent_kg").input("5")
    return app, button(app, "parent_save")


def record_reading(screen):
    app = screen("lots", lot="RAW-BEEF-001")
    app.text_input(key="reading_characteristic").input("pH")
    app.text_input(key="reading_value").input("6")
    app.text_input(key="reading_unit").input("1")
    return app, button(app, "reading_save")


def correct(screen):
    app = screen("lots", lot="RAW-SPICE-001")
    app.text_input(key="correct_weight_kg").input("48")
    app.text_input(key="correct_reason").input("weighed the wrong pallet")
    return app, button(app, "correct_save")


def register(screen):
    app = screen("new_lot")
    app.text_input(key="new_lot_code").input("RAW-NEW-002")
    app.selectbox(key="new_lot_type").select("RAW")
    return app, button(app, "new_register")


def hold(screen):
    app = screen("qc_decisions", lot="RAW-BEEF-001")
    app.text_input(key="qc_temperature_1").input("2")
    app.text_area(key="qc_notes_1").input("a smell that should not be")
    app.session_state["qc_decision_1"] = "HOLD"
    app.run()
    return app, button(app, "qc_save")


def fail_signed(screen):
    app = screen("qc_decisions", lot="RAW-BEEF-001")
    app.text_input(key="qc_temperature_1").input("9")
    app.text_area(key="qc_notes_1").input("far too warm inside")
    app.session_state["qc_decision_1"] = "FAIL"
    app.run()
    app.text_input(key="qc_password_1").input(PASSWORD)
    return app, button(app, "qc_save")


def run_now(screen):
    app = screen("data_quality")
    return app, app.button(key="run_now")


def add_person(screen):
    app = screen("people", "ADMIN")
    for name, value in {
        "email": "new@demo.example",
        "full_name": "New One",
        "password": "a few unrelated words",
    }.items():
        app.text_input(key=f"people_{name}").input(value)
    return app, app.button(key="people_save")


def change_person(screen):
    app = screen("people", "ADMIN")
    app.selectbox(key="people_chosen").select("viewer@demo.example").run()
    role = next(one for one in app.selectbox if (one.key or "").startswith("people_role_"))
    role.select("OPERATOR")
    return app, app.button(key="people_change")


def reset_person(screen):
    app = screen("people", "ADMIN")
    app.selectbox(key="people_chosen").select("viewer@demo.example").run()
    box = next(one for one in app.text_input if (one.key or "").startswith("people_reset_"))
    box.input("a few unrelated words")
    return app, app.button(key="people_reset")


def change_own_password(screen):
    app = screen("account")
    for name, value in {
        "old": PASSWORD,
        "new": "a few unrelated words",
        "again": "a few unrelated words",
    }.items():
        app.text_input(key=f"account_{name}").input(value)
    return app, app.button(key="account_change")


def leave_everywhere(screen):
    app = screen("account")
    return app, app.button(key="account_leave")


ACTS = {
    add_parent: "MANAGER",
    record_reading: "MANAGER",
    correct: "MANAGER",
    register: "MANAGER",
    hold: "MANAGER",
    fail_signed: "MANAGER",
    run_now: "MANAGER",
    add_person: "ADMIN",
    change_person: "ADMIN",
    reset_person: "ADMIN",
    change_own_password: "MANAGER",
    leave_everywhere: "MANAGER",
}


@pytest.fixture
def another_admin(record, people):
    from dashboards.commands.authority import Person
    from dashboards.commands.people import add_user

    with record.transaction() as transaction:
        user_id = add_user(
            transaction,
            by=people["ADMIN"],
            email="second@demo.example",
            full_name="Second",
            role="ADMIN",
            password="a few unrelated words",
        )
    return Person(user_id, "second@demo.example", "Second", people["ADMIN"].role)


def leave(record, people, another_admin, app, role: str, how: str) -> None:
    """End what the open screen's person may do, behind the screen's back."""
    with record.transaction() as transaction:
        if how == "ended":
            end_session(transaction, token=app.session_state[TOKEN_KEY])
        elif how == "idle":
            ask(transaction, "update sessions set seen_at = now() - interval '16 minutes'")
        else:
            change_user(
                transaction,
                by=another_admin,
                user_id=people[role].user_id,
                role="VIEWER" if how == "demoted" else role,
                is_active=how != "switched off",
            )


def kept(owner) -> tuple:
    with owner.transaction() as transaction:
        return tuple(ask(transaction, WROTE).fetchall()[0])


@pytest.fixture
def owner(database):
    from sql.record.engine import DatabaseRole, Record

    owner = Record(database, DatabaseRole.OWNER)
    yield owner
    owner.close()


@pytest.mark.parametrize("how", ["ended", "switched off", "demoted", "idle"])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_is_clicked_after_the_person_left_is_not_saved(
    screen, plant, record, owner, people, another_admin, act, how
) -> None:
    app, click = act(screen)
    leave(record, people, another_admin, app, ACTS[act], how)
    before = kept(owner)
    click.click().run()

    assert not app.exception
    assert kept(owner) == before
    assert list(app.main)[1:] == []
    said = [message["text"] for message in app.session_state["said"]]
    assert ["Nothing was saved" in text for text in said] == [True]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_the_same_click_of_who_stayed_is_saved(screen, plant, owner, another_admin, act) -> None:
    """Else the test above would prove nothing."""
    app, click = act(screen)
    before = kept(owner)
    click.click().run()

    assert not app.exception
    assert kept(owner) != before


def test_a_trail_is_not_verified_for_who_left(screen, plant, record) -> None:
    app = screen("audit", "AUDITOR")
    with record.transaction() as transaction:
        end_session(transaction, token=app.session_state[TOKEN_KEY])
    app.button(key="audit_verify").click().run()

    assert not app.exception and "audit_verdict" not in app.session_state


@pytest.mark.parametrize("file", sorted(SCREENS.rglob("*.py")), ids=lambda file: file.stem)
def test_no_screen_acts_as_the_person_it_was_drawn_for(file) -> None:
    """What `person()` gave is old by the time of a click; a command takes whom `acting` gives."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    actors = [
        ast.unparse(keyword.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "by"
    ]

    assert set(actors) <= {"by"}
    assert not [
        node
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(ast.unparse(target) == "by" for target in node.targets)
    ]
