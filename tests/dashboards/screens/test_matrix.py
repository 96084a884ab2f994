"""Every screen for every kind of person: it opens, or says who may, and strangers see nothing."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.commands.authority import PERMITTED, Action, Face
from dashboards.commands.people import change_user
from dashboards.commands.sessions import end_session, start_session
from dashboards.sessions.current import TOKEN_KEY
from sql.record.engine import DatabaseRole, Record
from sql.vocabulary import Role
from tests.cases import each_of
from tests.engines import ask, engine_of

SCREENS = Path(__file__).resolve().parents[3] / "dashboards" / "screens"
# `sql/domain.md, Roles` by screen: who sees what is on it. Written down here, not read from the
# app.
SEES = {
    "lots": set(Role),
    "trace": set(Role),
    "quality": set(Role),
    "readings": set(Role),
    "data_quality": set(Role),
    "common_ancestors": set(Role),
    "master_data": set(Role),
    "exposure": set(Role),
    "stock": set(Role),
    "productions": set(Role),
    "packing": set(Role),
    "plant": set(Role),
    "qc_decisions": set(Role),
    "account": set(Role),
    "scanner": set(Role),
    "new_lot": {Role.ADMIN, Role.MANAGER, Role.OPERATOR},
    "audit": {Role.ADMIN, Role.AUDITOR},
    "imports": {Role.ADMIN, Role.MANAGER},
    "people": {Role.ADMIN},
}
NAMES = sorted(
    file.stem for file in SCREENS.glob("*.py") if file.stem not in ("__init__", "sign_in")
)


def test_every_screen_is_in_the_matrix() -> None:
    assert set(NAMES) == set(SEES)


@pytest.mark.parametrize("role", list(Role))
@each_of("name", NAMES)
def test_a_screen_shows_itself_to_who_may_see_it(screen, plant, name, role) -> None:
    app = screen(name, role)
    widgets = [*app.button, *app.text_input, *app.selectbox, *app.dataframe, *app.metric]

    if role in SEES[name]:
        assert widgets or app.info
    else:
        assert not widgets and app.info


def test_every_page_names_the_sites_zone(plant, whole_app) -> None:
    app = whole_app("ADMIN").run()
    for name in NAMES:
        app.switch_page(f"screens/{name}.py").run()
        assert not app.exception
        assert "Times: Europe/Budapest" in [said.value for said in app.sidebar.caption], name


@each_of("name", NAMES)
def test_a_stranger_is_sent_nothing(settings, record, plant, name) -> None:
    app = AppTest.from_file(str(SCREENS / f"{name}.py"), default_timeout=30)
    app.query_params["role"] = "ADMIN"
    app.query_params["user"] = "1"
    app.query_params["lot"] = "FG-DONER-X1"
    app.run()

    assert not app.exception
    assert list(app.main)[1:] == []


@pytest.mark.parametrize(
    "how", ["ended", "switched off", "demoted", "another token", "idle", "older than a shift"]
)
def test_a_session_that_counts_no_more_shows_nothing(
    screen, plant, record, people, database, how
) -> None:
    """Also the socket that was open before: its next message is answered with nothing."""
    app = screen("audit", "AUDITOR")
    token = app.session_state[TOKEN_KEY]
    auditor = people["AUDITOR"]
    with record.transaction() as transaction:
        if how == "ended":
            end_session(transaction, token=token)
        elif how == "switched off":
            change_user(
                transaction,
                by=people["ADMIN"],
                user_id=auditor.user_id,
                role="AUDITOR",
                is_active=False,
            )
        elif how == "demoted":
            change_user(
                transaction,
                by=people["ADMIN"],
                user_id=auditor.user_id,
                role="VIEWER",
                is_active=True,
            )
        elif how == "another token":
            app.session_state[TOKEN_KEY] = start_session(
                transaction, user_id=auditor.user_id, face=Face.API
            )
        elif how == "idle":
            ask(transaction, "update sessions set seen_at = now() - interval '16 minutes'")
        else:
            owners(database, "update sessions set started_at = now() - interval '13 hours'")
    app.button(key="audit_verify").click().run()

    assert not app.exception and list(app.main)[1:] == []


def owners(database: str, statement: str) -> None:
    """Turn the clock back, which only the record's owner can."""
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).begin() as connection:
        connection.exec_driver_sql(statement)
    owner.close()


def test_who_may_see_a_screen_is_who_may_act_on_it() -> None:
    """The app's own table agrees with the one above."""
    assert PERMITTED[Action.READ_AUDIT] == SEES["audit"]
    assert PERMITTED[Action.MANAGE_USERS] == SEES["people"]
    assert PERMITTED[Action.WRITE_LOTS] == SEES["new_lot"]
