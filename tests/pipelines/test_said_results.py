"""What `lotline check` prints: never that all is well where a check has not looked."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.said_results import errors_in, say_results
from sql.warehouse.check_results import read_results
from sql.warehouse.findings import breach_id
from sql.warehouse.settlements import Settlement
from tests.check_results import passed, write_results
from tests.presence import present

OVER = "genealogy.mass_balance no_lot_gives_out_more_than_it_holds"
ROWS = [{"lot_code": "A", "too_much_kg": "0.351"}, {"lot_code": "B", "too_much_kg": "2.000"}]
BROKEN = replace(passed(OVER), breaches_count=2, rows=ROWS)


@pytest.fixture
def said(tmp_path, capsys):
    """Return a function that says the results written so far, and which of them are errors."""

    def say(
        settlements: dict[str, Settlement] | None = None, run_id: str = "a run"
    ) -> tuple[str, list[str]]:
        results = present(read_results(tmp_path))
        say_results(results, settlements or {}, run_id)
        errors = [one.check.key for one in errors_in(results, settlements or {})]
        return capsys.readouterr().out, errors

    return say


def test_every_check_passed_is_said_only_where_every_one_looked(tmp_path, said) -> None:
    write_results(tmp_path)
    assert "Every check passed" in said()[0] and said()[1] == []


def test_a_run_that_asked_no_check_does_not_boast_of_an_earlier_one(tmp_path, said) -> None:
    write_results(tmp_path)

    assert said(run_id="another run")[0] == "No check ran.\n"


def test_what_never_looked_is_said_and_is_no_success(tmp_path, said) -> None:
    write_results(tmp_path, without=[OVER])
    text, errors = said()

    assert "Every check passed" not in text
    assert "NOT CHECKED  genealogy.mass_balance: no lot gives out more than it holds" in text
    assert "1 of " in text and errors == [OVER]


def test_a_settled_error_is_said_with_its_settler_and_is_no_error(tmp_path, said) -> None:
    write_results(tmp_path, BROKEN)
    assert said()[1] == [OVER]

    at = datetime(2026, 1, 15, tzinfo=UTC)
    one, two = (breach_id(BROKEN.table, BROKEN.name, row) for row in ROWS)
    words = Settlement("EXPLAINED", "weighed on the other scale", "Mara", at)
    text, errors = said({one: words})
    assert errors == [OVER] and "1 settled by Mara, 2026-01-15: weighed on the other" in text

    text, errors = said({one: words, two: words})
    assert errors == [] and "SETTLED" in text and "2 settled by Mara" in text

    typed = replace(words, reason="weighed\r\nEvery check passed\ron the other scale")
    last = said({one: typed})[0].splitlines()[-1]
    assert last.endswith("2026-01-15: weighed Every check passed on the other scale")
