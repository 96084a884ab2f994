"""The boards say when there is nothing yet; people are managed by administrators only."""

from dataclasses import replace

from sql.warehouse.findings import Finding, write_findings
from sql.warehouse.rules import Severity

FINE = Finding(
    table="genealogy.mass_balance",
    name="no_lot_is_odd",
    kind="rule",
    severity=Severity.BLOCKS,
    description="Odd.",
    breaches_count=0,
    rows=[],
    lot_codes=[],
)
AT = "2026-01-01T10:00:00+00:00"


def found(settings, *findings: Finding) -> None:
    """Write the report of a run that published nothing."""
    write_findings(settings.home, run_id="1", record_as_of=AT, published=False, found=findings)


def test_without_an_edition_quality_says_how_to_make_one(screen) -> None:
    assert "lotline refresh" in screen("quality", "VIEWER").info[0].value


def test_a_manager_asks_for_a_run(screen, record) -> None:
    app = screen("data_quality")
    app.button(key="run_now").click().run()

    assert "within a minute" in app.success[0].value
    with record.transaction() as transaction:
        assert transaction.value("newest_run_request") == 1


def test_an_operator_cannot_ask_for_a_run(screen) -> None:
    assert not screen("data_quality", "OPERATOR").button


def test_findings_say_what_blocks_and_how_many_are_not_shown(screen, settings) -> None:
    rows = [{"lot_code": "=A-1", "weight_kg": "5.000", "seen_at": "2026-01-01T10:00:00+00:00"}]
    failed = replace(FINE, breaches_count=3, rows=rows)
    warned = replace(FINE, name="warned", severity=Severity.WARNING, breaches_count=1)
    found(settings, replace(FINE, name="fine"), warned, failed)
    app = screen("data_quality")

    assert "BLOCKS" in app.expander[0].label and "WARNING" in app.expander[1].label
    assert len(app.expander) == 2
    assert any("first 1 of 3" in caption.value for caption in app.caption)
    seen_at = app.dataframe[0].value["seen_at"][0]
    assert f"{seen_at:%Y-%m-%d %H:%M %Z}" == "2026-01-01 11:00 CET"
    assert [metric.value for metric in app.metric] == ["1", "1", "1"]
    app.toggle(key="findings_only_failed").set_value(False).run()
    assert len(app.expander) == 3


def test_checks_that_ran_alone_are_not_called_blocked(screen, settings) -> None:
    found(settings, replace(FINE, severity=Severity.ERROR, breaches_count=1))
    assert not screen("data_quality").error

    found(settings, replace(FINE, breaches_count=1))
    assert "mend what blocks" in screen("data_quality").error[0].value


def test_an_administrator_adds_and_switches_off(screen, people) -> None:
    app = screen("people", "ADMIN")
    app.text_input(key="people_email").input("new@demo.example")
    app.text_input(key="people_full_name").input("New")
    app.text_input(key="people_password").input("long enough, surely")
    app.button(key="people_save").click().run()
    assert "new@demo.example" in list(app.dataframe[0].value["email"])

    app.selectbox(key="people_chosen").select("viewer@demo.example").run()
    app.toggle(key=f"people_active_{people['VIEWER'].user_id}").set_value(False)
    app.button(key="people_change").click().run()
    users = app.dataframe[0].value.set_index("email")
    assert users.loc["viewer@demo.example", "is_active"] == "✕ off"


def test_a_short_password_is_refused(screen) -> None:
    app = screen("people", "ADMIN")
    app.text_input(key="people_email").input("new@demo.example")
    app.text_input(key="people_password").input("short")
    app.button(key="people_save").click().run()

    assert "12" in app.error[0].value and app.text_input(key="people_email").value


def test_a_manager_manages_nobody(screen) -> None:
    app = screen("people", "MANAGER")

    assert "administrator" in app.info[0].value and not app.dataframe
