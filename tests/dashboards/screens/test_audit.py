"""The audit screen: administrators and auditors search the trail and verify it."""

import pytest
from sqlalchemy import text

from sql.record.engine import DatabaseRole, Record
from tests.engines import engine_of


@pytest.mark.parametrize("role", ["MANAGER", "OPERATOR", "VIEWER"])
def test_others_are_told_whom_to_ask(screen, plant, role) -> None:
    app = screen("audit", role)

    assert "Administrators and auditors" in app.info[0].value
    assert not app.dataframe and not app.button


@pytest.mark.parametrize("role", ["ADMIN", "AUDITOR"])
def test_the_trail_is_searched_by_lot_and_says_who_wrote(screen, plant, role) -> None:
    app = screen("audit", role)
    app.text_input(key="audit_search").input("FG-DONER-X1").run()
    app.selectbox(key="audit_what").select("qc_decisions").run()

    entries = app.dataframe[0].value
    assert not app.exception
    assert list(entries["written_by"]) == ["Manager"]
    assert list(entries["lot_code"]) == ["FG-DONER-X1"]


def test_an_untouched_record_is_whole(screen, plant) -> None:
    app = screen("audit", "AUDITOR")
    app.button(key="audit_verify").click().run()

    assert "Whole" in app.success[0].value and not app.error


def test_a_change_behind_the_trail_is_named(screen, plant, database) -> None:
    owner = Record(database, DatabaseRole.OWNER)
    with engine_of(owner).begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("update facts.lots set weight_kg = 600 where lot_id = 1"))
    owner.close()
    app = screen("audit", "AUDITOR")
    app.button(key="audit_verify").click().run()

    assert "1 break." in app.error[0].value
    assert any("weight_kg 500" in line.value and "600" in line.value for line in app.text)
