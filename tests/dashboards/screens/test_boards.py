"""The boards say when there is nothing yet; people are managed by administrators only."""

from dataclasses import replace

from dashboards.commands.lots import register_lot
from sql.warehouse.checks import all_checks
from sql.warehouse.findings import Finding
from sql.warehouse.result_book import begin_run
from tests.check_results import passed, write_results
from tests.engines import ask
from tests.plants import button

BLOCKING = "genealogy.mass_balance one_row_for_each_lot_id"
ERROR = "genealogy.mass_balance no_lot_gives_out_more_than_it_holds"
WARNING = "genealogy.mass_balance every_yield_is_within_tolerance"


def broken(key: str, breaches_count: int = 1, rows: list[dict] | None = None) -> Finding:
    """Make a finding."""
    return replace(passed(key), breaches_count=breaches_count, rows=rows or [])


def test_without_an_edition_quality_says_how_to_make_one(screen) -> None:
    assert "lotline refresh" in screen("quality", "VIEWER").info[0].value


def test_a_manager_asks_for_a_run(screen, record) -> None:
    app = screen("data_quality")
    app.button(key="run_now").click().run()

    assert "within a minute" in app.success[0].value
    with record.transaction() as transaction:
        assert ask(transaction, "select count(*) from run_requests").fetchone() == (1,)


def test_an_operator_cannot_ask_for_a_run(screen) -> None:
    assert not screen("data_quality", "OPERATOR").button


def test_findings_say_what_blocks_and_how_many_are_not_shown(screen, settings, record) -> None:
    rows = [{"lot_code": "=A-1", "weight_kg": "5.000", "seen_at": "2026-01-01T10:00:00+00:00"}]
    write_results(settings.home, broken(WARNING), broken(BLOCKING, 3, rows), record=record)
    app = screen("data_quality")

    assert "BLOCKS" in app.expander[0].label and "WARNING" in app.expander[1].label
    assert len(app.expander) == 2
    assert any("first 1 of 3" in caption.value for caption in app.caption)
    seen_at = app.dataframe[0].value["seen_at"][0]
    assert f"{seen_at:%Y-%m-%d %H:%M %Z}" == "2026-01-01 11:00 CET"
    every = len(all_checks())
    assert [metric.value for metric in app.metric] == [str(every - 2), "1", "1", "0", "0"]
    app.toggle(key="findings_only_failed").set_value(False).run()
    assert len(app.expander) == every


def test_checks_that_ran_alone_are_not_called_blocked(screen, settings, record) -> None:
    write_results(settings.home, broken(ERROR), record=record)
    assert not screen("data_quality").error

    write_results(settings.home, broken(BLOCKING), record=record)
    assert "mend what blocks" in screen("data_quality").error[0].value


def test_every_check_passed_is_said_where_every_one_looked(screen, settings, record) -> None:
    write_results(settings.home, record=record)
    app = screen("data_quality")

    assert "Every check passed" in app.success[-1].value and not app.warning


def test_checks_that_did_not_look_are_not_said_to_have_passed(screen, settings, record) -> None:
    write_results(settings.home, without=[ERROR], record=record)
    app = screen("data_quality")

    assert "1 check of" in app.warning[0].value and "not looked" in app.warning[0].value
    assert not any("Every check" in said.value for said in [*app.success, *app.info])
    app.toggle(key="findings_only_failed").set_value(False).run()
    assert "NOT CHECKED" in app.expander[0].label


def test_an_interrupted_run_is_said_and_nothing_then_passed(screen, settings, record) -> None:
    write_results(settings.home, broken(ERROR), record=record)
    begin_run(settings.home, "killed")
    app = screen("data_quality")

    assert "interrupted" in app.error[0].value
    assert "not checked again since" in app.expander[0].label
    every = len(all_checks())
    assert [metric.value for metric in app.metric] == ["0", "1", "0", "0", str(every - 1)]


def test_checks_of_another_record_are_not_said_to_have_passed(screen, settings, record) -> None:
    write_results(settings.home, record=record, of_another=True)
    app = screen("data_quality")

    assert "another record" in app.warning[0].value
    assert "Passed" not in [metric.label for metric in app.metric]
    assert not any("Every check" in said.value for said in [*app.success, *app.info])


def test_facts_written_since_are_counted_and_not_said_to_be_checked(
    screen, settings, record, people
) -> None:
    write_results(settings.home, record=record)
    with record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="NEW", weight_kg=1)
    app = screen("data_quality")

    assert "1 fact" in app.warning[0].value and "not checked" in app.warning[0].value
    assert not any("Every check" in said.value for said in [*app.success, *app.info])
    app.toggle(key="findings_only_failed").set_value(False).run()
    assert "passed as of" in app.expander[0].label and "PASSED" not in app.expander[0].label


def test_a_manager_settles_a_finding_and_the_screen_says_by_whom(screen, settings, record) -> None:
    rows = [{"lot_code": "A", "too_much_kg": "0.351"}, {"lot_code": "B", "too_much_kg": "2.000"}]
    write_results(settings.home, broken(ERROR, 2, rows), record=record)
    app = screen("data_quality")
    choice = app.selectbox(key="settle_breach")
    choice.select(next(named for named in choice.options if named.startswith("A ·")))
    app.text_input(key="settle_reason").input("weighed on the other scale")
    button(app, "settle").click().run()

    assert any("in the record" in said.value for said in app.success)
    assert "1 found" in app.expander[0].label and "1 settled" in app.expander[0].label
    settled = next(one.value for one in app.dataframe if "settled_by" in one.value)
    assert settled["lot_code"].tolist() == ["A"] and settled["settled_by"].tolist() == ["Manager"]
    assert not screen("data_quality", "OPERATOR").selectbox


def test_a_reason_that_is_too_short_settles_nothing(screen, settings, record) -> None:
    rows = [{"lot_code": "A", "too_much_kg": "0.351"}]
    write_results(settings.home, broken(ERROR, 1, rows), record=record)
    app = screen("data_quality")
    app.selectbox(key="settle_breach").select_index(0)
    app.text_input(key="settle_reason").input("short")
    button(app, "settle").click().run()

    assert any("10 characters" in said.value for said in app.error)
    assert "settled" not in app.expander[0].label
    assert app.text_input(key="settle_reason").value == "short"


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


def test_an_address_that_a_role_may_not_use_says_who_may(screen, whole_app) -> None:
    """And is no way round: its screen shows nothing else, and the sidebar doesn't name it."""
    for name, said in (("people", "administrator"), ("new_lot", "Your role reads lots")):
        app = whole_app("VIEWER").run().switch_page(f"screens/{name}.py").run()

        assert not app.exception and said in app.info[0].value
        assert not app.dataframe and not app.text_input
